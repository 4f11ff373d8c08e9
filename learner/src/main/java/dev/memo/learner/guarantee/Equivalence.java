package dev.memo.learner.guarantee;

import dev.memo.base.InputException;
import dev.memo.learner.metrics.Samples;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Whether two means are as good as the same: two one-sided t-tests refute that they differ by the
 * margin or more. Without enough values nothing is shown, and that is not a difference.
 *
 * <p>Source: Schuirmann, A comparison of the two one-sided tests procedure (J. Pharmacokinet.
 * Biopharm. 1987), with Welch's t for unequal variances (Biometrika 1947).
 *
 * @param difference of the means, first less second
 * @param margin differences below it do not matter
 * @param probability the larger of both tests' p-values: how likely, at most, such values are if
 *     the means differ by the margin or more
 * @param shown whether that is no more than the error that was allowed
 */
public record Equivalence(double difference, double margin, double probability, boolean shown) {
    /**
     * Tests.
     *
     * @param first independent values, at least 2
     * @param second independent of them, at least 2
     * @param margin at 0 nothing can be shown
     * @throws InputException if there are too few values, one is NaN, or the margin is below 0
     */
    public static Equivalence of(
            double[] first, double[] second, double margin, Confidence confidence) {
        if (first.length < 2 || second.length < 2) {
            throw new InputException(
                    "%d and %d values: a test of their means needs at least 2 of each"
                            .formatted(first.length, second.length));
        }
        double difference = Samples.mean(first) - Samples.mean(second);
        if (Double.isNaN(difference)) {
            throw new InputException("value NaN: must be a number");
        }
        if (!(margin >= 0)) {
            throw new InputException("margin " + margin + ": must be 0 or more");
        }
        double probability = probability(first, second, margin - Math.abs(difference));
        return new Equivalence(difference, margin, probability, probability <= confidence.error());
    }

    /**
     * The p-value of the side on which the difference is nearer to the margin; the other's is less.
     *
     * @param room from the difference to the margin
     */
    private static double probability(double[] first, double[] second, double room) {
        double ofFirst = squaredError(first);
        double ofSecond = squaredError(second);
        double squared = ofFirst + ofSecond;
        if (squared == 0) {
            return room > 0 ? 0 : 1;
        }
        double freedom =
                squared
                        * squared
                        / (ofFirst * ofFirst / (first.length - 1)
                                + ofSecond * ofSecond / (second.length - 1));
        return TDistribution.of(freedom).survivalProbability(room / Math.sqrt(squared));
    }

    /** Of the mean. */
    private static double squaredError(double[] values) {
        double deviation = Samples.standardDeviation(values);
        return deviation * deviation / values.length;
    }
}
