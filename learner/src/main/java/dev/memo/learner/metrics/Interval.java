package dev.memo.learner.metrics;

import java.util.Locale;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean and where the true one lies with 95 % confidence.
 *
 * @param mean of the values
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double mean, double low, double high) {
    private static final double ERROR = 0.05;

    /**
     * Student's interval of the mean of independent values, such as a measure over seeds: mean -+
     * t(0.975, n - 1) s / sqrt(n). Without width for one value, which says nothing about spread.
     */
    public static Interval of(double[] values) {
        return of(values.length, Samples.mean(values), Samples.standardDeviation(values), 1);
    }

    /** For people, to two digits: {@code 1.25 [1.10, 1.40]}. */
    public String text() {
        return String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", mean, low, high);
    }

    /**
     * The interval of at least one value with that mean and standard deviation, of so many that all
     * hold together with 95 % confidence (Bonferroni).
     */
    static Interval of(long count, double mean, double deviation, int together) {
        if (count == 1) {
            return new Interval(mean, mean, mean);
        }
        double t = TDistribution.of(count - 1).inverseSurvivalProbability(ERROR / together / 2);
        double half = t * deviation / Math.sqrt(count);
        return new Interval(mean, mean - half, mean + half);
    }
}
