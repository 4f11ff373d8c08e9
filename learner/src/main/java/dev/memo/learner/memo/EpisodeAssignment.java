package dev.memo.learner.memo;

import dev.memo.base.RandomStream;
import dev.memo.base.Seeds;

/**
 * Which code each training episode has: annealed expectation-maximisation by sampling. With L[e][m]
 * the mean log likelihood per row of episode e under mode m, the responsibility of m for e is
 * softmax over m of L[e][m] / T, and the episode's code is drawn from it. T falls geometrically
 * over the epochs, so that codes may change hands early and settle late.
 */
final class EpisodeAssignment {
    private static final double FIRST_TEMPERATURE = 0.5;
    private static final double LAST_TEMPERATURE = 0.02;
    private static final int STREAM = 3;

    private final MemoConfig config;
    private final long seed;

    EpisodeAssignment(MemoConfig config) {
        this.config = config;
        seed = Seeds.derive(config.seed(), "assignment");
    }

    /** T of an epoch, from 1. */
    double temperature(int epoch) {
        double progress = config.epochs() == 1 ? 1 : (epoch - 1.0) / (config.epochs() - 1);
        return FIRST_TEMPERATURE * StrictMath.pow(LAST_TEMPERATURE / FIRST_TEMPERATURE, progress);
    }

    /**
     * Draws the codes of all episodes.
     *
     * @param likelihood [episodes][K]
     * @param epoch from 1
     * @param codes [episodes], modified
     * @return how many codes changed
     */
    int draw(double[][] likelihood, int epoch, int[] codes) {
        double temperature = temperature(epoch);
        int changed = 0;
        for (int e = 0; e < codes.length; e++) {
            RandomStream random = new RandomStream(seed, STREAM, e, epoch);
            int code = sample(likelihood[e], temperature, random.uniform());
            changed += code != codes[e] ? 1 : 0;
            codes[e] = code;
        }
        return changed;
    }

    private static int sample(double[] scores, double temperature, double uniform) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        for (double score : scores) {
            sum += StrictMath.exp((score - largest) / temperature);
        }
        double left = uniform * sum;
        int code = 0;
        for (; code < scores.length - 1; code++) {
            left -= StrictMath.exp((scores[code] - largest) / temperature);
            if (left < 0) {
                break;
            }
        }
        return code;
    }
}
