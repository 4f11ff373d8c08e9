package dev.memo.app.report;

import dev.memo.learner.evaluation.SwitchReport;
import java.util.List;
import java.util.OptionalDouble;

/** What it costs to change modes in mid-episode. */
final class SwitchesSection {
    private SwitchesSection() {}

    /** Writes nothing where nothing was measured. */
    static void write(Html html, RunFolder run) {
        Finding.SWITCHES.read(run.folder()).ifPresent(found -> write(html, found));
    }

    private static void write(Html html, Switches found) {
        SwitchReport report = found.report();
        html.section("switches", "Changing modes in mid-episode");
        html.element(
                "p",
                ("On %d layouts of %s each mode acted for %d steps, then another one. The cost is of"
                                + " the %d steps after the change; the extra cost is what it is"
                                + " over the mean of what both modes cost in these steps when they"
                                + " act all the time. The change is recognised once the encoder"
                                + " takes what is done for the new mode for a while; beside it how"
                                + " often it does so if the first mode acts on.")
                        .formatted(
                                found.layouts(),
                                found.scenario(),
                                report.switchAt(),
                                SwitchReport.AFTER));
        Tables.open(html, "All changes, with 95 % intervals", "");
        Tables.heads(
                html,
                List.of(
                        "change",
                        "cost",
                        "extra cost",
                        "recognised",
                        "without a change",
                        "after steps, median"));
        html.open("tbody");
        for (SwitchReport.Pair pair : report.pairs()) {
            if (pair.from() != pair.to()) {
                String name = "mode %d, then %d".formatted(pair.from(), pair.to());
                html.open("tr").element("th", name, "scope", "row");
                Tables.interval(html, pair.cost());
                Tables.interval(html, pair.extraCost());
                Tables.cell(html, share(pair.recognised()));
                Tables.cell(html, share(pair.mistaken()));
                OptionalDouble steps = pair.medianSteps();
                Tables.cell(html, steps.isEmpty() ? "–" : Figures.count(steps.getAsDouble()));
                html.close();
            }
        }
        html.close();
        Tables.close(html);
        html.close();
    }

    private static String share(OptionalDouble share) {
        return share.isEmpty() ? "–" : Figures.percent(share.getAsDouble());
    }
}
