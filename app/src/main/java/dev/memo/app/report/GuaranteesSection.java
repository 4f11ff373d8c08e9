package dev.memo.app.report;

import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.guarantee.Guarantee;
import dev.memo.learner.guarantee.Guarantees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What each mode earns at least and costs at most. */
final class GuaranteesSection {
    private GuaranteesSection() {}

    /** Writes nothing where nothing was calibrated. */
    static void write(Html html, Path folder) {
        RunFolder run = new RunFolder(folder);
        if (Files.exists(run.checkpoint())) {
            Guarantees.read(run).ifPresent(guarantees -> write(html, guarantees));
        }
    }

    private static void write(Html html, Guarantees guarantees) {
        html.section("guarantees", "What is guaranteed");
        html.element(
                "p",
                ("Return and cost from %d episodes of each mode on fresh layouts of %s. Each bound holds by itself"
                                + " with a confidence of %s; all of them together hold less often,"
                                + " and none in another world. What was measured stands beside it.")
                        .formatted(
                                guarantees.episodes(),
                                guarantees.scenario(),
                                Figures.percent(guarantees.confidence())));
        Tables.open(html, "Bounds by mode", "");
        Tables.heads(
                html,
                List.of(
                        "mode",
                        "mean return at least",
                        "in one episode",
                        "mean cost at most",
                        "in one episode",
                        "above %s at most".formatted(Figures.count(guarantees.costLimit()))));
        html.open("tbody");
        for (Guarantee mode : guarantees.modes()) {
            html.open("tr").element("th", mode.mode(), "scope", "row");
            bound(html, mode.episodeReturn().betting(), mode.episodeReturn().measured());
            Tables.cell(html, Figures.number(mode.episodeReturn().oneEpisode()));
            bound(html, mode.episodeCost().betting(), mode.episodeCost().measured());
            Tables.cell(html, Figures.number(mode.episodeCost().oneEpisode()));
            Tables.cell(html, "%.1f %%".formatted(100 * mode.overLimit().clopperPearson()));
            html.close();
        }
        html.close();
        Tables.close(html);
        guarantees.modes().stream()
                .filter(mode -> !mode.asExpert().isEmpty())
                .forEach(mode -> html.element("p", asExpert(mode)));
        html.close();
    }

    private static String asExpert(Guarantee mode) {
        boolean shown = mode.asExpert().stream().allMatch(one -> one.test().shown());
        String measures =
                mode.asExpert().stream()
                        .map(
                                one ->
                                        "%s differs by %s, the margin is %s"
                                                .formatted(
                                                        one.measure(),
                                                        Figures.number(one.test().difference()),
                                                        Figures.number(one.test().margin())))
                        .collect(Collectors.joining(", "));
        return "%s %s as well as expert %s: %s."
                .formatted(
                        capitalised(mode.mode()),
                        shown ? "performs" : "is not shown to perform",
                        Figures.words(mode.asExpert().getFirst().expert()),
                        measures);
    }

    private static String capitalised(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static void bound(Html html, double bound, double measured) {
        html.open("td", "class", "number").text(Figures.number(bound) + " ");
        html.element("span", "measured " + Figures.number(measured), "class", "interval").close();
    }
}
