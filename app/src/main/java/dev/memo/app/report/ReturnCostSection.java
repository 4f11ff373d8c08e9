package dev.memo.app.report;

import static dev.memo.app.report.PpoEvaluation.COST;
import static dev.memo.app.report.PpoEvaluation.RETURN;

import dev.memo.app.picture.PlanePainter;
import dev.memo.app.picture.PlanePainter.Kind;
import dev.memo.app.picture.PlanePainter.Spot;
import dev.memo.learner.metrics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What is earned and at which cost, beside what others published. */
final class ReturnCostSection {
    /** The scenario whose world the published results are of. */
    private static final String PUBLISHED_SCENARIO = "goal1";

    /** PointGoal1 after 10 million steps; those with a cost limit had one of 25. */
    private static final List<Spot> PUBLISHED =
            List.of(
                    published("PPO", 25.4, 55.7),
                    published("TRPO", 27.2, 45.9),
                    published("PPO-Lagrangian", 13.0, 25.8),
                    published("TRPO-Lagrangian", 18.5, 23.0),
                    published("CPO", 20.5, 28.8),
                    published("PPO, Safety Gym", 25.2, 53.1),
                    published("scripted goal-seeker", 28.3, 59.6));

    private static final String SOURCES =
            "Squares: PointGoal1 after 10 million steps, cost limit 25 for those that have one. PPO,"
                    + " TRPO, PPO-Lagrangian, TRPO-Lagrangian and CPO: Ji et al., OmniSafe, 2023, on"
                    + " SafetyPointGoal1-v0. PPO, Safety Gym: Ray, Achiam and Amodei, Benchmarking"
                    + " Safe Exploration in Deep Reinforcement Learning, 2019. Our scripted"
                    + " goal-seeker drives both ways, ignores hazards and learns nothing; it was"
                    + " measured on SafetyPointGoal1-v0.";

    private ReturnCostSection() {}

    private static Spot published(String name, double earned, double cost) {
        return new Spot(Kind.PUBLISHED, name, exactly(cost), exactly(earned));
    }

    private static Interval exactly(double value) {
        return new Interval(value, value, value);
    }

    static void write(Html html, PpoFolder run) {
        html.section("plane", "Return and cost");
        List<Spot> spots = spots(run);
        if (spots.isEmpty()) {
            html.element("p", "Not evaluated yet.").close();
            return;
        }
        boolean compared = run.evaluatedIn().equals(PUBLISHED_SCENARIO);
        if (compared) {
            spots.addAll(PUBLISHED);
        }
        html.open("figure", "style", "max-width: %dpx".formatted(PlanePainter.WIDTH));
        Pictures.image(
                html,
                PlanePainter.paint(
                        "cost per episode",
                        "return per episode",
                        spots,
                        List.of(),
                        run.costLimit()),
                alt(run, compared));
        html.element("figcaption", caption(run)).close();
        if (compared) {
            html.element("p", SOURCES, "class", "note");
        }
        html.close();
    }

    private static List<Spot> spots(PpoFolder run) {
        List<Spot> spots = new ArrayList<>();
        if (run.isGroup()) {
            for (PpoFolder.Seed seed : run.seeds()) {
                seed.evaluation()
                        .ifPresent(
                                one -> {
                                    spots.add(seed(Kind.MEAN_ACTION, one.meanAction()));
                                    spots.add(seed(Kind.SAMPLED_ACTION, one.sampledAction()));
                                });
            }
        }
        run.evaluation()
                .ifPresent(
                        all -> {
                            spots.add(whole(Kind.MEAN_ACTION, all.meanAction()));
                            spots.add(whole(Kind.SAMPLED_ACTION, all.sampledAction()));
                        });
        return spots;
    }

    private static Spot seed(Kind kind, Map<String, Interval> measures) {
        return new Spot(
                kind, "", exactly(measures.get(COST).mean()), exactly(measures.get(RETURN).mean()));
    }

    private static Spot whole(Kind kind, Map<String, Interval> measures) {
        return new Spot(kind, "", measures.get(COST), measures.get(RETURN));
    }

    private static String caption(PpoFolder run) {
        String marks =
                run.isGroup()
                        ? "A small mark is a seed, an open one with a cross the mean over the seeds and its 95 % interval."
                        : "A mark with a cross is the mean over the episodes and its 95 % interval.";
        OptionalDouble limit = run.costLimit();
        return marks
                + " Better is up and to the left"
                + (limit.isEmpty() ? "." : "; right of the dashed line the cost limit is missed.");
    }

    private static String alt(PpoFolder run, boolean compared) {
        return "Return over cost of %d %s%s"
                .formatted(
                        run.seeds().size(),
                        run.seeds().size() == 1 ? "run" : "runs",
                        compared ? ", and published results: " + names() : "");
    }

    private static String names() {
        return Figures.list(
                PUBLISHED.stream()
                        .map(
                                spot ->
                                        "%s %s at %s"
                                                .formatted(
                                                        spot.label(),
                                                        Figures.number(spot.y().mean()),
                                                        Figures.number(spot.x().mean())))
                        .toList());
    }
}
