package dev.memo.learner.baseline;

import dev.memo.base.InputException;

/**
 * Everything that decides what a baseline learns from a dataset. Two runs with equal configuration,
 * data and kind of machine give equal bytes.
 *
 * @param seed of initial weights, batches and the split into training and held-out episodes
 * @param kind which baseline
 * @param modes K; 1 for CLONING
 * @param step n, over how many steps a difference is taken; the last n - 1 steps of an episode are
 *     no rows, as in MEMO
 * @param features what a difference is made of, see {@link
 *     dev.memo.learner.dataset.Features#parse}; read by K_MEANS and SOFT_EM
 * @param hidden width of both hidden layers of the actor
 * @param modeDeviations whether every mode has deviations of its own instead of MEMO's one set for
 *     all; MIXTURE always has
 * @param probes W, evenly spaced rows that stand for an episode: where it is clustered, where a
 *     mode is chosen by likelihood, and what the encoder reads
 * @param encoderHidden width of each of the two directions of the encoder of CATEGORICAL_VAE
 * @param klWeight weight of the divergence of CATEGORICAL_VAE, in nats per episode, against the
 *     mean log density of a row
 * @param learningRate at the start; it falls linearly to a hundredth of that
 * @param batch rows per gradient step; a multiple of W for CATEGORICAL_VAE, which draws episodes
 * @param epochs how often modes are chosen by likelihood
 * @param iterations gradient steps per epoch, each on rows drawn anew
 * @param heldOut share of the episodes that are not learned from
 */
public record BaselineConfig(
        long seed,
        Kind kind,
        int modes,
        int step,
        String features,
        int hidden,
        boolean modeDeviations,
        int probes,
        int encoderHidden,
        double klWeight,
        double learningRate,
        int batch,
        int epochs,
        int iterations,
        double heldOut) {

    /** Sizes and steps of MEMO's default. */
    public static final BaselineConfig DEFAULT =
            new BaselineConfig(
                    0,
                    Kind.SOFT_EM,
                    3,
                    25,
                    "pose",
                    256,
                    false,
                    32,
                    32,
                    0.01,
                    3e-3,
                    256,
                    60,
                    400,
                    0.2);

    /** Where the modes come from. */
    public enum Kind {
        /** There is one for all: behaviour cloning, the floor (Pomerleau 1991). */
        CLONING,
        /** From outside, who acted: the ceiling. */
        LABELLED,
        /** Clusters of the episodes by mean and deviation of their differences. */
        K_MEANS,
        /**
         * The components of a mixture of Gaussians with weights that depend on the observation: a
         * mixture density network (Bishop 1994). Every row for itself.
         */
        MIXTURE,
        /**
         * A categorical code of the episode, from an encoder that reads it (Hsiao, Kuo, Sun 2019,
         * arXiv 1903.10304).
         */
        CATEGORICAL_VAE,
        /**
         * After every epoch each episode takes the mode under which it is most likely; at the start
         * one at random. Every mode has a network of its own: PG-Kmeans (Hu, Wang, Du 2025, arXiv
         * 2506.09202).
         */
        HARD_EM,
        /**
         * After every epoch each episode is shared out among the modes by likelihood, more sharply
         * from epoch to epoch; at the start it belongs to its cluster as K_MEANS has it. Every mode
         * has a network of its own. The alternation of SORL (Mao et al. 2024), annealed, and
         * without its advantages.
         */
        SOFT_EM
    }

    /** Refuses what cannot be learned with. */
    public BaselineConfig {
        require(modes >= 1, "modes", modes, "must be at least 1");
        require(kind != Kind.CLONING || modes == 1, "modes", modes, "must be 1 for cloning");
        require(step >= 1, "step", step, "must be at least 1");
        require(hidden >= 1, "hidden", hidden, "must be at least 1");
        require(probes >= 1, "probes", probes, "must be at least 1");
        require(encoderHidden >= 1, "encoder-hidden", encoderHidden, "must be at least 1");
        requireFinite(klWeight >= 0, "kl-weight", klWeight, "must be a number from 0 on");
        requireFinite(learningRate > 0, "learning-rate", learningRate, "must be a number above 0");
        require(batch >= 1, "batch", batch, "must be at least 1");
        require(
                kind != Kind.CATEGORICAL_VAE || batch % probes == 0,
                "batch",
                batch,
                "must be a multiple of the %d probes of an episode".formatted(probes));
        require(epochs >= 1, "epochs", epochs, "must be at least 1");
        require(iterations >= 1, "iterations", iterations, "must be at least 1");
        require(heldOut > 0 && heldOut < 1, "held-out", heldOut, "must be between 0 and 1");
    }

    /** Rows of one episode that a sample of a batch has: W for CATEGORICAL_VAE, else 1. */
    int rowsPerSample() {
        return kind == Kind.CATEGORICAL_VAE ? probes : 1;
    }

    /** Whether every mode has deviations of its own. */
    boolean hasModeDeviations() {
        return modeDeviations || kind == Kind.MIXTURE;
    }

    private static void requireFinite(boolean holds, String name, double value, String rule) {
        require(holds && Double.isFinite(value), name, value, rule);
    }

    private static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new InputException("--%s %s: %s".formatted(name, value, rule));
        }
    }
}
