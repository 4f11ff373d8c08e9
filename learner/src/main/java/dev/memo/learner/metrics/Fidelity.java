package dev.memo.learner.metrics;

import java.util.Arrays;
import java.util.List;

/**
 * How closely a steered mode repeats its expert in one measure (return, cost, path length, mean
 * speed), both run on the same layouts. At most 1 means: no further away than the expert is from
 * itself, or than a twentieth of what sets the experts apart.
 *
 * @param value |difference|: 0 is the same, infinite where the experts agree with each other to the
 *     last digit and the mode does not
 * @param difference mode - expert in units of the scale, with its interval over the layouts
 */
public record Fidelity(double value, Interval difference) {
    /**
     * Scripted experts hardly vary, so a share of the measure's range over the experts bounds the
     * scale from below.
     */
    private static final double RANGE_SHARE = 0.05;

    /**
     * Compares a mode with its expert, in units of {@link #scale}.
     *
     * @param mode the measure in each layout
     * @param expert the measure in the same layouts, in the same order
     * @param range the measure's range over the experts, see {@link #range}
     */
    public static Fidelity of(double[] mode, double[] expert, double range) {
        if (mode.length != expert.length) {
            throw new IllegalArgumentException(
                    "%d layouts of the mode and %d of the expert: must be the same ones"
                            .formatted(mode.length, expert.length));
        }
        double scale = scale(expert, range);
        double[] differences = new double[mode.length];
        Arrays.setAll(differences, i -> mode[i] - expert[i]);
        Interval interval = Interval.of(differences);
        Interval scaled =
                new Interval(
                        ratio(interval.mean(), scale),
                        ratio(interval.low(), scale),
                        ratio(interval.high(), scale));
        return new Fidelity(Math.abs(scaled.mean()), scaled);
    }

    /**
     * The unit of differences: the larger of the expert's standard deviation over episodes and 5 %
     * of the measure's range over the experts.
     *
     * @param expert the measure in each episode
     * @param range the measure's range over the experts, see {@link #range}
     */
    public static double scale(double[] expert, double range) {
        return Math.max(Samples.standardDeviation(expert), RANGE_SHARE * range);
    }

    /** No difference is none in any unit, even in one of 0. */
    private static double ratio(double difference, double scale) {
        return difference == 0 ? 0 : difference / scale;
    }

    /**
     * The largest less the smallest of the experts' means.
     *
     * @param experts the measure in each episode of each expert
     */
    public static double range(List<double[]> experts) {
        double[] means = experts.stream().mapToDouble(Samples::mean).toArray();
        return Arrays.stream(means).max().orElseThrow() - Arrays.stream(means).min().orElseThrow();
    }
}
