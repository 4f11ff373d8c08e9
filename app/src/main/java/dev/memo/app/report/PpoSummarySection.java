package dev.memo.app.report;

import static dev.memo.app.report.PpoEvaluation.COST;
import static dev.memo.app.report.PpoEvaluation.RETURN;

import dev.memo.learner.metrics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was learned and how well, in plain words. */
final class PpoSummarySection {
    private PpoSummarySection() {}

    static void write(Html html, PpoFolder run) {
        html.section("summary", "In short");
        html.element("p", trained(run) + unfinished(run) + outcome(run), "class", "lead");
        run.evaluation().ifPresent(evaluation -> keyFigures(html, run, evaluation));
        html.close();
    }

    private static String trained(PpoFolder run) {
        String limit =
                run.costLimit().isEmpty()
                        ? "with no limit on the cost"
                        : "under a limit of %s on the mean cost of an episode"
                                .formatted(Figures.count(run.costLimit().getAsDouble()));
        String seeds =
                run.isGroup() ? ", once with each of %d seeds".formatted(run.seeds().size()) : "";
        return "PPO trained a policy in the scenario %s for %s environment steps%s, %s."
                .formatted(run.scenario(), Figures.count(run.steps()), seeds, limit);
    }

    private static String unfinished(PpoFolder run) {
        List<String> behind = new ArrayList<>();
        for (PpoFolder.Seed seed : run.seeds()) {
            if (seed.steps() < run.steps()) {
                behind.add("seed %d after %s".formatted(seed.seed(), Figures.count(seed.steps())));
            }
        }
        return behind.isEmpty()
                ? ""
                : " Training has not ended: it stands at %s.".formatted(Figures.list(behind));
    }

    private static String outcome(PpoFolder run) {
        if (run.evaluation().isEmpty()) {
            return " It was not evaluated yet; memo evaluate measures it.";
        }
        PpoEvaluation evaluation = run.evaluation().get();
        Map<String, Interval> mean = evaluation.meanAction();
        Map<String, Interval> sampled = evaluation.sampledAction();
        String found =
                (" In %d episodes%s%s on layouts that were not trained on, its mean action earns a"
                                + " return of %s at a cost of %s; actions sampled as in training"
                                + " earn %s at a cost of %s.")
                        .formatted(
                                evaluation.episodes(),
                                run.isGroup() ? " of each seed" : "",
                                run.evaluatedIn().equals(run.scenario())
                                        ? ""
                                        : " in the scenario " + run.evaluatedIn(),
                                interval(mean.get(RETURN)),
                                interval(mean.get(COST)),
                                interval(sampled.get(RETURN)),
                                interval(sampled.get(COST)));
        return run.costLimit().isEmpty()
                ? found
                : found
                        + limited(
                                kept(mean.get(COST), run.costLimit().getAsDouble()),
                                kept(sampled.get(COST), run.costLimit().getAsDouble()));
    }

    private static String limited(String mean, String sampled) {
        return mean.equals(sampled)
                ? " The cost limit is %s with both.".formatted(mean)
                : " The cost limit is %s with the mean action, and %s with sampled actions."
                        .formatted(mean, sampled);
    }

    private static String interval(Interval value) {
        return "%s (95 %% interval %s to %s)"
                .formatted(
                        Figures.number(value.mean()),
                        Figures.number(value.low()),
                        Figures.number(value.high()));
    }

    private static String kept(Interval cost, double limit) {
        if (cost.mean() <= limit) {
            return cost.high() <= limit
                    ? "kept"
                    : "kept on average (the interval reaches beyond it)";
        }
        return cost.low() > limit
                ? "missed"
                : "missed on average (the interval reaches down to it)";
    }

    private static void keyFigures(Html html, PpoFolder run, PpoEvaluation evaluation) {
        String over = "95 %% over %s: ".formatted(run.intervalsOver());
        html.open("dl", "class", "figures");
        for (String measure : List.of(RETURN, COST)) {
            figure(html, measure + ", mean action", evaluation.meanAction().get(measure), over);
            figure(html, measure + ", sampled", evaluation.sampledAction().get(measure), over);
        }
        run.costLimit()
                .ifPresent(
                        limit ->
                                SummarySection.figure(
                                        html,
                                        "cost limit",
                                        Figures.count(limit),
                                        "on the mean per episode"));
        html.close();
    }

    private static void figure(Html html, String name, Interval value, String over) {
        SummarySection.figure(
                html,
                name,
                Figures.number(value.mean()),
                over + Figures.number(value.low()) + " to " + Figures.number(value.high()));
    }
}
