package dev.memo.app.report;

import static dev.memo.app.report.PpoEvaluation.COST;
import static dev.memo.app.report.PpoEvaluation.RETURN;

import dev.memo.learner.metrics.Interval;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The figures: of every seed, and of every measure. */
final class SeedsSection {
    private SeedsSection() {}

    static void write(Html html, PpoFolder run) {
        html.section("seeds", "Figures");
        if (run.seeds().stream().allMatch(seed -> seed.evaluation().isEmpty())) {
            html.element("p", "Not evaluated yet.").close();
            return;
        }
        if (run.isGroup()) {
            seeds(html, run);
        }
        run.evaluation().ifPresent(evaluation -> measures(html, run, evaluation));
        html.close();
    }

    private static void seeds(Html html, PpoFolder run) {
        Tables.open(html, "Every seed, with 95 % intervals", "");
        Tables.heads(
                html,
                List.of(
                        "seed",
                        "return, mean action",
                        "cost, mean action",
                        "return, sampled",
                        "cost, sampled"));
        html.open("tbody");
        for (PpoFolder.Seed seed : run.seeds()) {
            row(html, Long.toString(seed.seed()), seed.evaluation());
        }
        html.close().open("tbody");
        row(html, "all, over seeds", run.evaluation());
        html.close();
        Tables.close(html);
        html.element(
                "p",
                "The interval of a seed is over its episodes; that of all is Student's, over the"
                        + " means of the seeds. A dash stands where nothing was evaluated yet.",
                "class",
                "note");
    }

    private static void row(Html html, String name, Optional<PpoEvaluation> evaluation) {
        html.open("tr").element("th", name, "scope", "row");
        cells(html, evaluation.map(PpoEvaluation::meanAction).orElse(Map.of()));
        cells(html, evaluation.map(PpoEvaluation::sampledAction).orElse(Map.of()));
        html.close();
    }

    private static void cells(Html html, Map<String, Interval> measures) {
        Tables.interval(html, measures.get(RETURN));
        Tables.interval(html, measures.get(COST));
    }

    private static void measures(Html html, PpoFolder run, PpoEvaluation evaluation) {
        Tables.open(html, "Every measure, with 95 % intervals over " + run.intervalsOver(), "");
        Tables.heads(html, List.of("measure", "mean action", "sampled"));
        html.open("tbody");
        Set<String> names = new LinkedHashSet<>(evaluation.meanAction().keySet());
        names.addAll(evaluation.sampledAction().keySet());
        for (String name : names) {
            html.open("tr").element("th", Figures.words(name), "scope", "row");
            Tables.interval(html, evaluation.meanAction().get(name));
            Tables.interval(html, evaluation.sampledAction().get(name));
            html.close();
        }
        html.close();
        Tables.close(html);
    }
}
