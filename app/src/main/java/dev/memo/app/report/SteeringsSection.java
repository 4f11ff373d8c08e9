package dev.memo.app.report;

import java.util.ArrayList;
import java.util.List;

/** What the policy does away from a mode and between two. */
final class SteeringsSection {
    private SteeringsSection() {}

    /** Writes nothing where nothing was measured. */
    static void write(Html html, RunFolder run) {
        Finding.STEERINGS.read(run.folder()).ifPresent(found -> write(html, found));
    }

    private static void write(Html html, Steerings found) {
        html.section("steerings", "Away from modes and between them");
        html.element(
                "p",
                ("The policy, steered in different ways on %d layouts of %s. Unsteered, episodes have"
                                + " all modes in turn; away from a mode, all others. Between two,"
                                + " the policy gets the mean of their contexts, which it never saw."
                                + " Near a mode are the steps that the encoder takes for it. Beside"
                                + " it stands how likely the actions are under the mode's policy,"
                                + " in nats per step.")
                        .formatted(found.ways().getFirst().episodes(), found.scenario()));
        int modes = found.ways().getFirst().near().length;
        Tables.open(html, "What it then does; return and cost with 95 % intervals", "");
        List<String> heads = new ArrayList<>(List.of("steered", "return", "cost"));
        for (int mode = 0; mode < modes; mode++) {
            heads.add("near mode %d, nats per step".formatted(mode));
        }
        Tables.heads(html, heads);
        html.open("tbody");
        for (Steerings.Way way : found.ways()) {
            html.open("tr").element("th", way.steering(), "scope", "row");
            Tables.interval(html, way.episodeReturn());
            Tables.interval(html, way.episodeCost());
            for (int mode = 0; mode < modes; mode++) {
                html.open("td", "class", "number").text(Figures.percent(way.near()[mode]) + " ");
                String likely = Figures.number(way.logDensity()[mode]);
                html.element("span", likely, "class", "interval").close();
            }
            html.close();
        }
        html.close();
        Tables.close(html);
        html.close();
    }
}
