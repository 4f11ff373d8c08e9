package dev.memo.learner.metrics;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How well a score tells cases of one kind, which it should put high, from those of another: the
 * area under the receiver operating characteristic. It is the probability that a high case has a
 * larger score than a low one, ties counted half (Mann, Whitney 1947; Hanley, McNeil 1982).
 *
 * <p>Where scores can be compared within strata only, every high case is held against the low ones
 * of its own stratum, and the area is the mean over the high cases.
 */
public final class Auroc {
    private static final double ERROR = 0.05;

    /** Halvings of an interval of at most 1: to the last digit of a double. */
    private static final int HALVINGS = 60;

    private Auroc() {}

    /**
     * Cases that can be compared.
     *
     * @param low scores of those that should be low; at least one, or there are no high ones
     * @param high scores of those that should be high
     */
    public record Stratum(double[] low, double[] high) {}

    /**
     * The area, and where the true one lies with 95 % confidence.
     *
     * <p>The interval is Newcombe's (2006, part 2, method 5): all areas A that are at most 1.96 of
     * their own standard deviations from what was found, by Hanley and McNeil's variance, which of
     * m high and n low cases is
     *
     * <pre>
     *   A (1 - A) / (m n) (1 + (N - 1) ((1 - A) / (2 - A) + A / (1 + A))),   N = (m + n) / 2
     * </pre>
     *
     * Unlike an interval by the variance of what was found it has a width where nothing overlaps.
     *
     * <p>For several strata the variance is our extension: the sum over strata of their variances
     * by the square of their share of the high cases. It assumes that all cases are independent,
     * that the true area is the same in every stratum, and that the shares are fixed. Low cases
     * that are in two strata break the first.
     *
     * @param strata with at least one high case together
     */
    public static Interval of(List<Stratum> strata) {
        double found = 0;
        double all = highCases(strata);
        for (Stratum stratum : strata) {
            found += above(stratum) / all;
        }
        // Sums of many shares end a hair beyond.
        double area = Math.clamp(found, 0, 1);
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(ERROR / 2);
        return new Interval(area, end(area, 0, z, strata), end(area, 1, z, strata));
    }

    /**
     * The share of the high cases that are taken for low ones at the threshold that takes at least
     * such a share of the low ones for low, in each stratum by itself. With 0.95, and high cases
     * those that are out of distribution: the FPR at 95 % TPR of Liang, Li and Srikant (ICLR 2018,
     * ODIN).
     *
     * @param share above 0, at most 1
     * @param strata with at least one high case together
     */
    public static double missed(double share, List<Stratum> strata) {
        long missed = 0;
        for (Stratum stratum : strata) {
            if (stratum.high.length > 0) {
                double[] low = stratum.low.clone();
                Arrays.sort(low);
                double threshold = low[(int) Math.ceil(share * low.length) - 1];
                missed += Arrays.stream(stratum.high).filter(high -> high <= threshold).count();
            }
        }
        return missed / highCases(strata);
    }

    private static double highCases(List<Stratum> strata) {
        return strata.stream().mapToInt(stratum -> stratum.high.length).sum();
    }

    /** The sum over the high cases of the share of the low ones below them. */
    private static double above(Stratum stratum) {
        double[] low = stratum.low.clone();
        Arrays.sort(low);
        // Halves, so that the sum is exact.
        long halves = 0;
        for (double high : stratum.high) {
            halves += below(low, high, false) + below(low, high, true);
        }
        return stratum.high.length == 0 ? 0 : halves / 2.0 / low.length;
    }

    /** How many of the sorted values lie below a number, or with it. */
    private static long below(double[] sorted, double number, boolean equal) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] < number || equal && sorted[middle] == number) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** Between what was found and a limit, the farthest area that could have led to it. */
    private static double end(double found, double limit, double z, List<Stratum> strata) {
        double inside = found;
        double outside = limit;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (inside + outside) / 2;
            if (Math.abs(middle - found) <= z * Math.sqrt(variance(middle, strata))) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return outside;
    }

    private static double variance(double area, List<Stratum> strata) {
        double all = highCases(strata);
        double sum = 0;
        for (Stratum stratum : strata) {
            double high = stratum.high.length;
            if (high > 0) {
                double low = stratum.low.length;
                double pairs = (1 - area) / (2 - area) + area / (1 + area);
                double one =
                        area * (1 - area) / (high * low) * (1 + ((high + low) / 2 - 1) * pairs);
                sum += high / all * (high / all) * one;
            }
        }
        return sum;
    }
}
