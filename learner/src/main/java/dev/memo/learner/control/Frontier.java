package dev.memo.learner.control;

import java.util.Arrays;

/** Those options that a best mixture at some limit on the mean cost is made of. */
final class Frontier {
    private Frontier() {}

    /**
     * The upper left convex hull of options in the plane of cost and return, from the cheapest one
     * to the one that earns most: each next one earns most per cost beyond the one before.
     *
     * @param returns [options] at least one
     * @param costs [options]
     * @return indices of options, by rising cost and return
     */
    static int[] of(double[] returns, double[] costs) {
        int[] hull = new int[returns.length];
        int size = 0;
        for (int next = cheapest(returns, costs);
                next >= 0;
                next = steepest(returns, costs, next)) {
            hull[size++] = next;
        }
        return Arrays.copyOf(hull, size);
    }

    /** The one that earns most of those that cost least. */
    private static int cheapest(double[] returns, double[] costs) {
        int best = 0;
        for (int i = 1; i < costs.length; i++) {
            if (costs[i] < costs[best] || costs[i] == costs[best] && returns[i] > returns[best]) {
                best = i;
            }
        }
        return best;
    }

    /** Where return rises most per cost, the furthest of several; -1 if none earns more. */
    private static int steepest(double[] returns, double[] costs, int from) {
        int best = -1;
        double most = 0;
        for (int i = 0; i < costs.length; i++) {
            if (returns[i] > returns[from] && costs[i] > costs[from]) {
                double slope = (returns[i] - returns[from]) / (costs[i] - costs[from]);
                if (slope > most || slope == most && costs[i] > costs[best]) {
                    most = slope;
                    best = i;
                }
            }
        }
        return best;
    }
}
