package dev.memo.learner.baseline;

import dev.memo.base.RandomStream;
import dev.memo.learner.clustering.KMeans;
import dev.memo.learner.dataset.Standardisation;

/**
 * Clusters of episodes by mean and deviation of their standardised differences: what an episode
 * does, and how steadily.
 *
 * @param standardisation of differences, fitted to the rows that were clustered
 * @param centres [K][2 D]
 * @param probes rows of an episode that stand for it
 */
record EpisodeClusters(Standardisation standardisation, float[] centres, int probes) {
    /** Finds clusters. */
    static EpisodeClusters fit(
            EpisodeRows episodes, int probes, int clusters, RandomStream random) {
        int width = episodes.rows().differenceSize();
        Standardisation fitted = Standardisation.fit(episodes.rows().differences(), width);
        float[] features = features(episodes, fitted, probes);
        float[] centres = KMeans.centres(features, 2 * width, clusters, random);
        return new EpisodeClusters(fitted, centres, probes);
    }

    /** The nearest cluster of each episode. */
    int[] nearest(EpisodeRows episodes) {
        float[] features = features(episodes, standardisation, probes);
        int[] nearest = new int[episodes.count()];
        for (int e = 0; e < nearest.length; e++) {
            nearest[e] = KMeans.nearest(features, e, centres, features.length / nearest.length);
        }
        return nearest;
    }

    /** [episodes][2 D]. */
    private static float[] features(
            EpisodeRows episodes, Standardisation standardisation, int probes) {
        int width = episodes.rows().differenceSize();
        float[] values = episodes.probes(episodes.rows().differences(), width, probes);
        standardisation.apply(values);
        float[] features = new float[episodes.count() * 2 * width];
        for (int e = 0; e < episodes.count(); e++) {
            for (int c = 0; c < width; c++) {
                describe(
                        values, e * probes * width + c, width, probes, features, e * 2 * width + c);
            }
        }
        return features;
    }

    /** Mean and, a width further, deviation of every width-th entry from one on. */
    private static void describe(
            float[] values, int from, int width, int count, float[] out, int at) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            sum += values[from + i * width];
        }
        double mean = sum / count;
        for (int i = 0; i < count; i++) {
            double gap = values[from + i * width] - mean;
            squares += gap * gap;
        }
        out[at] = (float) mean;
        out[at + width] = (float) Math.sqrt(squares / count);
    }
}
