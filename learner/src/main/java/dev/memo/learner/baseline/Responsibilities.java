package dev.memo.learner.baseline;

import dev.memo.base.RandomStream;
import java.util.Arrays;

/** How episodes are shared out among modes: [episodes][K], every row sums to 1. */
final class Responsibilities {
    private static final double FIRST_TEMPERATURE = 0.5;
    private static final double LAST_TEMPERATURE = 0.02;

    private Responsibilities() {}

    /** Each episode has one mode. */
    static float[][] certain(int[] modeOfEpisode, int modes) {
        float[][] shares = new float[modeOfEpisode.length][modes];
        for (int e = 0; e < shares.length; e++) {
            shares[e][modeOfEpisode[e]] = 1;
        }
        return shares;
    }

    /** A mode for each episode, all alike. */
    static int[] random(int episodes, int modes, RandomStream random) {
        int[] modeOfEpisode = new int[episodes];
        Arrays.setAll(modeOfEpisode, _ -> random.below(modes));
        return modeOfEpisode;
    }

    /**
     * softmax over the modes of likelihood / temperature.
     *
     * @param likelihood [episodes][K] mean log density of a row
     */
    static float[][] softened(double[][] likelihood, double temperature) {
        int modes = likelihood[0].length;
        float[][] shares = new float[likelihood.length][modes];
        for (int e = 0; e < shares.length; e++) {
            double largest = Arrays.stream(likelihood[e]).max().orElseThrow();
            double sum = 0;
            double[] odds = new double[modes];
            for (int mode = 0; mode < modes; mode++) {
                odds[mode] = StrictMath.exp((likelihood[e][mode] - largest) / temperature);
                sum += odds[mode];
            }
            for (int mode = 0; mode < modes; mode++) {
                shares[e][mode] = (float) (odds[mode] / sum);
            }
        }
        return shares;
    }

    /** T after an epoch, from 1: falls geometrically, so that modes settle late. */
    static double temperature(int epoch, int epochs) {
        double progress = epochs == 1 ? 1 : (epoch - 1.0) / (epochs - 1);
        return FIRST_TEMPERATURE * StrictMath.pow(LAST_TEMPERATURE / FIRST_TEMPERATURE, progress);
    }
}
