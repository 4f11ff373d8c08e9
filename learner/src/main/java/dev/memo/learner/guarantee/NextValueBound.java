package dev.memo.learner.guarantee;

import dev.memo.base.InputException;
import java.util.Arrays;

/**
 * One-sided bounds of one further value of the same kind: an order statistic of the values so far.
 * The confidence is over the values and the further one together. No range is needed.
 *
 * <p>Source: split conformal prediction, Vovk, Gammerman, Shafer, Algorithmic Learning in a Random
 * World (2005); Lei, G'Sell, Rinaldo, Tibshirani, Wasserman, Distribution-Free Predictive Inference
 * for Regression (JASA 2018), Theorem 2.2, with the value itself as its score.
 */
public final class NextValueBound {
    /** Of the rank before it is rounded up: 0.95 * 20 must be 19, whatever its last digit. */
    private static final double ROUNDING = 1e-9;

    private NextValueBound() {}

    /**
     * What the further value is not above: the value of rank ceil((n + 1) confidence).
     *
     * @param values exchangeable with the further one
     * @throws InputException if that rank is above n, so that there are too few, or a value is NaN
     */
    public static double upper(double[] values, Confidence confidence) {
        requireEnough(values.length, confidence);
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        // Sorted last.
        if (Double.isNaN(sorted[sorted.length - 1])) {
            throw new InputException("value NaN: must be a number");
        }
        return sorted[rank(values.length, confidence) - 1];
    }

    /** What the further value is not below; arguments as of {@link #upper}. */
    public static double lower(double[] values, Confidence confidence) {
        return -upper(Arrays.stream(values).map(value -> -value).toArray(), confidence);
    }

    /**
     * Refuses so few values that none of them bounds the next.
     *
     * @throws InputException saying how many are needed
     */
    public static void requireEnough(int count, Confidence confidence) {
        int needed = (int) Math.ceil(confidence.level() / confidence.error() - ROUNDING);
        if (count < needed) {
            throw new InputException(
                    "%d episodes: a bound of one more with confidence %s needs at least %d"
                            .formatted(count, confidence.level(), needed));
        }
    }

    private static int rank(int count, Confidence confidence) {
        return (int) Math.ceil((count + 1) * confidence.level() - ROUNDING);
    }
}
