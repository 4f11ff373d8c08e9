package dev.memo.learner.guarantee;

import dev.memo.base.InputException;
import dev.memo.learner.metrics.Samples;
import java.util.Arrays;

/**
 * One-sided bounds of the mean of a bounded number, from independent values of it. They hold for
 * every distribution and every count, not only for many values.
 */
public enum MeanBound {
    /**
     * Of n values in [0, 1] with variance V, mean - sqrt(2 V ln(2 / error) / n) - 7 ln(2 / error) /
     * (3 (n - 1)).
     *
     * <p>Source: Maurer, Pontil, Empirical Bernstein Bounds and Sample Variance Penalization (COLT
     * 2009), Theorem 4.
     */
    EMPIRICAL_BERNSTEIN {
        @Override
        double unitLower(double[] values, double error) {
            int n = values.length;
            double deviation = Samples.standardDeviation(values);
            double log = Math.log(2 / error);
            return Samples.mean(values)
                    - deviation * Math.sqrt(2 * log / n)
                    - 7 * log / (3 * (n - 1));
        }
    },
    /**
     * The least mean m that a gambler does not refute, who bets on values above m: a capital that
     * begins at 1 and is multiplied by 1 + l (x - m) with every value x is in the mean not above 1
     * if m is the mean or more, so it ever reaches 1 / error with no more than that probability.
     * The stake l follows from the values before, l = min(sqrt(2 ln(1 / error) / (n v)), 0.9 / m),
     * with v their variance about their running means, a prior value of 1/4 included.
     *
     * <p>Source: Waudby-Smith, Ramdas, Estimating means of bounded random variables by betting
     * (JRSS B 2024), one side of the hedged capital process with its predictable plug-in stakes for
     * a fixed n.
     */
    BETTING {
        @Override
        double unitLower(double[] values, double error) {
            double[] stakes = stakes(values, error);
            // The capital falls as m grows, so one m parts those refuted from the others.
            double refuted = 0;
            double open = 1;
            for (int i = 0; i < HALVINGS; i++) {
                double middle = (refuted + open) / 2;
                if (mostCapital(values, stakes, middle) >= 1 / error) {
                    refuted = middle;
                } else {
                    open = middle;
                }
            }
            return refuted;
        }
    };

    /** Of [0, 1], until nothing is left of a double's digits. */
    private static final int HALVINGS = 60;

    /**
     * Share of the largest stake that can never lose everything. The paper's 1/2 and 3/4 serve
     * values all over their range; costs lie far below the most that they can be, and there a
     * larger stake wins.
     */
    private static final double CAUTION = 0.9;

    private static final double PRIOR_MEAN = 0.5;
    private static final double PRIOR_VARIANCE = 0.25;

    /** The bound of values in [0, 1], at least two. */
    abstract double unitLower(double[] values, double error);

    /** [n] what is staked on each value, before the limit that depends on m. */
    private static double[] stakes(double[] values, double error) {
        int n = values.length;
        double[] stakes = new double[n];
        double sum = PRIOR_MEAN;
        double squares = PRIOR_VARIANCE;
        for (int i = 0; i < n; i++) {
            // Of the values before this one, i of them and the prior.
            double variance = squares / (i + 1);
            stakes[i] = Math.sqrt(2 * Math.log(1 / error) / (n * variance));
            sum += values[i];
            double mean = sum / (i + 2);
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return stakes;
    }

    private static double mostCapital(double[] values, double[] stakes, double mean) {
        double capital = 1;
        double most = 1;
        for (int i = 0; i < values.length; i++) {
            capital *= 1 + Math.min(stakes[i], CAUTION / mean) * (values[i] - mean);
            most = Math.max(most, capital);
        }
        return most;
    }

    /**
     * What the mean is not below.
     *
     * @param values independent, at least 2, in the order in which they were drawn
     * @param range where all values lie
     * @throws InputException if there are too few values, or one is NaN or out of range
     */
    public double lower(double[] values, Range range, Confidence confidence) {
        if (values.length < 2) {
            throw new InputException(
                    values.length + " values: a bound of their mean needs at least 2");
        }
        double unit = unitLower(range.unit(values), confidence.error());
        return range.value(Math.max(0, unit));
    }

    /** What the mean is not above; arguments as of {@link #lower}. */
    public double upper(double[] values, Range range, Confidence confidence) {
        double[] negative = Arrays.stream(values).map(value -> -value).toArray();
        return -lower(negative, range.negative(), confidence);
    }
}
