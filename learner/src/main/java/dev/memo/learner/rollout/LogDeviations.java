package dev.memo.learner.rollout;

import dev.memo.kernels.Node;

/** The log standard deviations of actions where experts are cloned. */
public final class LogDeviations {
    /** Where they start, as in feloundou/memo: 0.61. */
    public static final double START = -0.5;

    /** Experts without noise would drive the deviation to 0 and the density to infinity. */
    private static final double MIN = -3;

    private static final double MAX = 0.5;

    private LogDeviations() {}

    /** Within their limits, in a program. */
    public static Node limited(Node logDeviations) {
        return logDeviations.clamp(MIN, MAX);
    }

    /** Within their limits, from the parameter's value. */
    public static double limited(float logDeviation) {
        return Math.clamp(logDeviation, MIN, MAX);
    }

    /**
     * The deviations of one mode.
     *
     * @param logDeviations of one mode or several, the parameter's values
     * @param from the mode's first
     * @param count A
     * @return [A]
     */
    public static double[] deviations(float[] logDeviations, int from, int count) {
        double[] deviations = new double[count];
        for (int i = 0; i < count; i++) {
            deviations[i] = StrictMath.exp(limited(logDeviations[from + i]));
        }
        return deviations;
    }
}
