package dev.memo.app.report;

import dev.memo.learner.metrics.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Metrics over training, neighbouring iterations averaged to a number of points that a picture can
 * show, with their interval over the seeds that got that far.
 */
final class LearningCurves {
    private static final int MOST_POINTS = 200;
    private static final double MILLION = 1e6;

    private final List<List<JsonNode>> seeds;
    private final List<JsonNode> longest;
    private final int perPoint;
    private final int points;

    /**
     * Aligns seeds by iteration.
     *
     * @param seeds the lines of each; at least one line in one of them
     */
    LearningCurves(List<List<JsonNode>> seeds) {
        this.seeds = seeds;
        longest = seeds.stream().max(Comparator.comparingInt(List::size)).orElseThrow();
        perPoint = Math.ceilDiv(longest.size(), MOST_POINTS);
        points = Math.ceilDiv(longest.size(), perPoint);
    }

    /** Iterations of the seed that got farthest. */
    List<JsonNode> longest() {
        return longest;
    }

    /** Iterations whose mean is a point. */
    int perPoint() {
        return perPoint;
    }

    /** What {@link #steps} counts in. */
    String unit() {
        return isMillions() ? "million environment steps" : "thousand environment steps";
    }

    private boolean isMillions() {
        return longest.getLast().path("steps").asDouble() >= MILLION;
    }

    /** [points] in the unit. */
    double[] steps() {
        double scale = isMillions() ? 1 / MILLION : 1e3 / MILLION;
        return IntStream.range(0, points)
                .mapToDouble(i -> scale * mean(longest, "steps", i))
                .toArray();
    }

    /** [points], NaN where no seed has the metric. */
    List<Interval> of(String metric) {
        return IntStream.range(0, points)
                .mapToObj(
                        point ->
                                seeds.stream()
                                        .mapToDouble(lines -> mean(lines, metric, point))
                                        .filter(Double::isFinite)
                                        .toArray())
                .map(
                        values ->
                                values.length == 0
                                        ? new Interval(Double.NaN, Double.NaN, Double.NaN)
                                        : Interval.of(values))
                .toList();
    }

    /** Over the iterations of a point that have the metric; NaN if none has. */
    private double mean(List<JsonNode> lines, String metric, int point) {
        int from = Math.min(lines.size(), point * perPoint);
        int to = Math.min(lines.size(), from + perPoint);
        return lines.subList(from, to).stream()
                .map(line -> line.path(metric))
                .filter(JsonNode::isNumber)
                .mapToDouble(JsonNode::asDouble)
                .average()
                .orElse(Double.NaN);
    }
}
