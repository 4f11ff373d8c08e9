package dev.memo.app.report;

import dev.memo.app.picture.ChartPainter;
import dev.memo.app.picture.Picture;
import dev.memo.app.report.ChartGroups.Group;
import dev.memo.learner.metrics.Interval;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How training went over the steps. */
final class PpoTrainingSection {
    private static final String COST_NOW = "cost_sum";

    private static final String COST_BY_NAME = "cost_";

    private static final List<Group> GROUPS =
            List.of(
                    new Group("Return per episode", "return"),
                    new Group("Cost per episode", "cost"),
                    new Group("Cost per episode, at the rate of now", COST_NOW),
                    new Group("Multiplier of the cost", "multiplier"),
                    new Group("KL divergence of an update in nats", "divergence"),
                    new Group("Entropy of the policy in nats", "entropy"),
                    new Group("Loss of the policy", "policy_loss"),
                    new Group("Loss of the critic", "value_loss"),
                    new Group("Share of clipped ratios", "clip_fraction"),
                    new Group("Epochs per update", "epochs"),
                    new Group("Steps per episode", "length"));

    /** Where costs by name stand among the groups. */
    private static final int AFTER_COSTS = 3;

    /** What the cost limit is on. */
    private static final Set<String> LIMITED = Set.of("cost", COST_NOW);

    private PpoTrainingSection() {}

    static void write(Html html, PpoFolder run) {
        html.section("training", "Training");
        List<List<JsonNode>> seeds = run.seeds().stream().map(PpoFolder.Seed::metrics).toList();
        if (seeds.stream().allMatch(List::isEmpty)) {
            html.element("p", "This run has no metrics.").close();
            return;
        }
        LearningCurves curves = new LearningCurves(seeds);
        html.element("p", explained(run, curves));
        html.open("div", "class", "panels");
        for (Group group : charts(curves.longest())) {
            chart(html, run, curves, group);
        }
        html.close().close();
    }

    /** One cost alone is the sum of all. */
    private static List<Group> charts(List<JsonNode> lines) {
        List<String> costs =
                lines.getFirst().propertyNames().stream()
                        .filter(name -> name.startsWith(COST_BY_NAME) && !name.equals(COST_NOW))
                        .toList();
        Set<String> hidden = new HashSet<>(Set.of("iteration", "steps"));
        List<Group> groups = new ArrayList<>(GROUPS);
        if (costs.size() == 1) {
            hidden.addAll(costs);
        } else {
            groups.add(AFTER_COSTS, new Group("Costs by name, at the rate of now", costs));
        }
        return new ChartGroups(hidden, groups).of(lines);
    }

    private static String explained(PpoFolder run, LearningCurves curves) {
        String text =
                "Return, cost and length are means over the episodes that ended in an iteration;"
                        + " costs at the rate of now are what the steps of an iteration cost, for"
                        + " an episode of full length.";
        if (curves.perPoint() > 1) {
            text += " Each point is the mean of %d iterations.".formatted(curves.perPoint());
        }
        if (run.isGroup()) {
            text +=
                    " Lines are means over the seeds that got so far, bands their 95 % intervals; a band"
                            + " that reaches far beyond the lines is cut.";
        }
        return text;
    }

    private static void chart(Html html, PpoFolder run, LearningCurves curves, Group group) {
        Map<String, List<Interval>> series = new LinkedHashMap<>();
        List<String> ends = new ArrayList<>();
        for (String name : group.names()) {
            List<Interval> values = curves.of(name);
            series.put(Figures.words(name.replaceFirst("^" + COST_BY_NAME, "")), values);
            ends.add(Figures.words(name) + " ends at " + Figures.significant(last(values)));
        }
        Map<String, Double> levels = new LinkedHashMap<>();
        if (LIMITED.containsAll(group.names())) {
            run.costLimit().ifPresent(limit -> levels.put("limit", limit));
        }
        Picture picture =
                ChartPainter.bands(
                        group.title(),
                        curves.unit(),
                        curves.steps(),
                        series,
                        levels,
                        group.names().equals(List.of("value_loss")));
        html.open("figure");
        Pictures.image(
                html,
                picture,
                "%s over training: %s".formatted(group.title(), String.join(", ", ends)));
        html.close();
    }

    /** Some iterations have no episode that ended. */
    private static double last(List<Interval> values) {
        return values.reversed().stream()
                .mapToDouble(Interval::mean)
                .filter(Double::isFinite)
                .findFirst()
                .orElse(Double.NaN);
    }
}
