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
    private static final double FIRST_TEMPERATURE = 0.1;

    /** Share of the epochs before codes are drawn for the first time. */
    private static final double WARM_UP = 0.1;

    private static final int STREAM = 3;

    private final MemoConfig config;
    private final long seed;

    EpisodeAssignment(MemoConfig config) {
        this.config = config;
        seed = Seeds.derive(config.seed(), "assignment");
    }

    /**
     * Whether codes stay what they are after an epoch, from 1. Codes that started as clusters are
     * learned first: a policy that has seen too little of them would send episodes anywhere.
     */
    boolean warmsUp(int epoch) {
        return epoch <= warmUp();
    }

    private int warmUp() {
        return config.kMeansStart() ? (int) Math.ceil(WARM_UP * config.epochs()) : 0;
    }

    /** T of an epoch after the warm-up, from 1. */
    double temperature(int epoch) {
        int first = warmUp() + 1;
        double progress =
                config.epochs() <= first ? 1 : (double) (epoch - first) / (config.epochs() - first);
        return FIRST_TEMPERATURE
                * StrictMath.pow(config.temperature() / FIRST_TEMPERATURE, progress);
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
