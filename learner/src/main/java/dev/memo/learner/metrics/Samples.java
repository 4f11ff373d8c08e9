package dev.memo.learner.metrics;

import java.util.Arrays;

/** Measures of a sample of a number. */
public final class Samples {
    private Samples() {}

    /** The mean of at least one value. */
    public static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** The standard deviation, with n - 1; 0 for one value. */
    public static double standardDeviation(double[] values) {
        if (values.length == 1) {
            return 0;
        }
        double mean = mean(values);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.length - 1));
    }
}
