package dev.memo.learner.metrics;

import java.util.Arrays;

/**
 * How often each class fell into each cluster, and how well the two agree.
 *
 * @param counts [M][K]: rows of each class and cluster
 */
public record ConfusionTable(long[][] counts) {

    /**
     * Counts rows.
     *
     * @param classes [N] numbers from 0 of what is known
     * @param clusters [N] numbers from 0 of what was found; numbers may be left out
     */
    public static ConfusionTable of(int[] classes, int[] clusters) {
        if (classes.length != clusters.length || classes.length == 0) {
            throw new IllegalArgumentException(
                    "%d classes and %d clusters: as many of both, at least one"
                            .formatted(classes.length, clusters.length));
        }
        int rows = Arrays.stream(classes).max().orElseThrow() + 1;
        int columns = Arrays.stream(clusters).max().orElseThrow() + 1;
        long[][] counts = new long[rows][columns];
        for (int i = 0; i < classes.length; i++) {
            counts[classes[i]][clusters[i]]++;
        }
        return new ConfusionTable(counts);
    }

    /** The share of rows that belong to the largest class of their cluster, in (0, 1]. */
    public double purity() {
        long agreeing = 0;
        for (int k = 0; k < counts[0].length; k++) {
            long largest = 0;
            for (long[] row : counts) {
                largest = Math.max(largest, row[k]);
            }
            agreeing += largest;
        }
        return (double) agreeing / total();
    }

    /**
     * Normalised mutual information: that of classes and clusters over the mean of their entropies,
     * in [0, 1]; 1 where neither has any entropy.
     */
    public double nmi() {
        double n = total();
        long[] ofClass = classTotals();
        long[] ofCluster = clusterTotals();
        double shared = 0;
        for (int m = 0; m < counts.length; m++) {
            for (int k = 0; k < counts[m].length; k++) {
                double count = counts[m][k];
                if (count > 0) {
                    shared += count / n * Math.log(count * n / ofClass[m] / ofCluster[k]);
                }
            }
        }
        double entropies = entropy(ofClass) + entropy(ofCluster);
        return entropies == 0 ? 1 : Math.max(0, shared / (entropies / 2));
    }

    /**
     * Adjusted Rand index: the share of pairs of rows on which classes and clusters agree,
     * corrected for chance; 1 for equal partitions, about 0 for independent ones, below 0 for
     * worse.
     *
     * <p>Source: Hubert and Arabie 1985.
     */
    public double ari() {
        double together = 0;
        for (long[] row : counts) {
            together += pairs(row);
        }
        double inClasses = pairs(classTotals());
        double inClusters = pairs(clusterTotals());
        double all = pairs(total());
        if (inClasses == inClusters && (inClasses == 0 || inClasses == all)) {
            return 1; // Both are all singles, or both one cluster: equal, and the formula is 0 / 0.
        }
        double expected = inClasses * inClusters / all;
        return (together - expected) / ((inClasses + inClusters) / 2 - expected);
    }

    /** How many clusters are in use, counted by their share: exp of the entropy, in [1, K]. */
    public double perplexity() {
        return StrictMath.exp(entropy(clusterTotals()));
    }

    private long total() {
        return Arrays.stream(classTotals()).sum();
    }

    private long[] classTotals() {
        return Arrays.stream(counts).mapToLong(row -> Arrays.stream(row).sum()).toArray();
    }

    private long[] clusterTotals() {
        long[] totals = new long[counts[0].length];
        for (long[] row : counts) {
            Arrays.setAll(totals, k -> totals[k] + row[k]);
        }
        return totals;
    }

    /** In nats. */
    private static double entropy(long[] counts) {
        double total = Arrays.stream(counts).sum();
        double entropy = 0;
        for (long count : counts) {
            if (count > 0) {
                entropy -= count / total * StrictMath.log(count / total);
            }
        }
        return entropy;
    }

    private static double pairs(long... counts) {
        return Arrays.stream(counts).mapToDouble(count -> count * (count - 1) / 2.0).sum();
    }

    /**
     * The most frequent cluster of each episode; the lowest number where several are.
     *
     * @param episodes [N] numbers from 0, each below the count
     * @param clusters [N]
     * @param count how many episodes there are, each with at least one row
     * @return [count]
     */
    public static int[] majority(int[] episodes, int[] clusters, int count) {
        int[][] votes = new int[count][Arrays.stream(clusters).max().orElseThrow() + 1];
        for (int i = 0; i < episodes.length; i++) {
            votes[episodes[i]][clusters[i]]++;
        }
        int[] majority = new int[count];
        for (int e = 0; e < count; e++) {
            for (int k = 1; k < votes[e].length; k++) {
                if (votes[e][k] > votes[e][majority[e]]) {
                    majority[e] = k;
                }
            }
        }
        return majority;
    }
}
