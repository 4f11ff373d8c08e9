package dev.memo.learner.metrics;

/**
 * Count, mean and spread of values that come one by one and are not kept.
 *
 * <p>Source: Welford, Note on a method for calculating corrected sums of squares and products
 * (Technometrics 1962).
 */
public final class Moments {
    private long count;
    private double mean;

    /** Sum of squared differences from the mean. */
    private double squares;

    /** Takes a value. */
    public void add(double value) {
        count++;
        double difference = value - mean;
        mean += difference / count;
        squares += difference * (value - mean);
    }

    /** How many values there were. */
    public long count() {
        return count;
    }

    /** Their mean; NaN if there were none. */
    public double mean() {
        return count == 0 ? Double.NaN : mean;
    }

    /** The interval of their mean, see {@link Interval#of}; null if there were none. */
    public Interval interval() {
        return intervalOf(1);
    }

    /**
     * The interval of their mean if it is one of several that are to hold together with 95 %
     * confidence; null if there were none.
     *
     * @param together how many, at least one; each has an error of 5 % over them (Bonferroni)
     */
    public Interval intervalOf(int together) {
        return count == 0 ? null : Interval.of(count, mean, standardDeviation(), together);
    }

    /** Their standard deviation, with n - 1; 0 for one value or none. */
    public double standardDeviation() {
        return count < 2 ? 0 : Math.sqrt(squares / (count - 1));
    }
}
