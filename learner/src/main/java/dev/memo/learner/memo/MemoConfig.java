package dev.memo.learner.memo;

import dev.memo.base.InputException;

/**
 * Everything that decides what MEMO learns from a dataset. Two runs with equal configuration, data
 * and kind of machine give equal bytes.
 *
 * @param seed of initial weights, batches and the split into training and held-out episodes
 * @param modes K, how many codes: an upper bound on the behaviours that can be told apart
 * @param step n, over how many steps a difference is taken
 * @param features what a difference is made of: "pose" (egocentric motion), "observation" (all of
 *     it), or names of the observation's parts with commas between them
 * @param assignment who shares a code: every row for itself, or all rows of an episode
 * @param loss how autoencoder and policy are joined
 * @param context what the policy is told of the distances
 * @param steering which context stands for a mode when the policy is steered
 * @param naughtHot b, the distance that naught-hot steering gives to the modes that are not wanted
 * @param replacement probability that a training row gets the steering context of its code instead
 *     of its own distances, so that steering is not foreign to the policy
 * @param kMeansStart whether the codes start as the centres of clusters of what the untrained
 *     encoder makes of the data, instead of uniformly in +-1/K
 * @param resetDeadCodes whether a code that nothing is assigned to moves to what fits its own code
 *     worst
 * @param beta weight of the commitment loss
 * @param codeSize Z
 * @param hidden width of both hidden layers of the actor
 * @param autoencoderHidden width of the hidden layers of encoder and decoder
 * @param optimiser whose steps
 * @param learningRate at the start; it falls linearly to a hundredth of that
 * @param batch rows per gradient step
 * @param epochs how often metrics are taken, codes assigned and checkpoints written
 * @param iterations gradient steps per epoch, each on rows drawn anew
 * @param heldOut share of the episodes that are not learned from
 */
public record MemoConfig(
        long seed,
        int modes,
        int step,
        String features,
        Assignment assignment,
        Loss loss,
        Context context,
        Steering steering,
        double naughtHot,
        double replacement,
        boolean kMeansStart,
        boolean resetDeadCodes,
        double beta,
        int codeSize,
        int hidden,
        int autoencoderHidden,
        OptimiserKind optimiser,
        double learningRate,
        int batch,
        int epochs,
        int iterations,
        double heldOut) {

    /** What MEMO does unless told otherwise. */
    public static final MemoConfig DEFAULT =
            new MemoConfig(
                    0,
                    3,
                    25,
                    "pose",
                    Assignment.EPISODE,
                    Loss.STABLE,
                    Context.NORMALISED,
                    Steering.NAUGHT_HOT,
                    1,
                    1,
                    true,
                    true,
                    1,
                    16,
                    256,
                    64,
                    OptimiserKind.ADAM,
                    3e-3,
                    256,
                    60,
                    400,
                    0.2);

    /** Refuses what cannot be learned with. */
    public MemoConfig {
        require(modes >= 1, "modes", modes, "must be at least 1");
        require(step >= 1, "step", step, "must be at least 1");
        require(naughtHot > 0, "naught-hot", naughtHot, "must be above 0");
        require(
                replacement >= 0 && replacement <= 1,
                "replacement",
                replacement,
                "is a probability");
        require(beta >= 0, "beta", beta, "must be at least 0");
        require(codeSize >= 1, "code-size", codeSize, "must be at least 1");
        require(hidden >= 1, "hidden", hidden, "must be at least 1");
        require(
                autoencoderHidden >= 1,
                "autoencoder-hidden",
                autoencoderHidden,
                "must be at least 1");
        require(learningRate > 0, "learning-rate", learningRate, "must be above 0");
        require(batch >= 1, "batch", batch, "must be at least 1");
        require(epochs >= 1, "epochs", epochs, "must be at least 1");
        require(iterations >= 1, "iterations", iterations, "must be at least 1");
        require(heldOut > 0 && heldOut < 1, "held-out", heldOut, "must be between 0 and 1");
    }

    /** The same with another seed, number of modes and number of epochs. */
    public MemoConfig with(long seed, int modes, int epochs) {
        return new MemoConfig(
                seed,
                modes,
                step,
                features,
                assignment,
                loss,
                context,
                steering,
                naughtHot,
                replacement,
                kMeansStart,
                resetDeadCodes,
                beta,
                codeSize,
                hidden,
                autoencoderHidden,
                optimiser,
                learningRate,
                batch,
                epochs,
                iterations,
                heldOut);
    }

    private static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new InputException("--%s %s: %s".formatted(name, value, rule));
        }
    }

    /** Who shares a code. */
    public enum Assignment {
        /** Every row takes the code that is nearest to it, as in feloundou/memo. */
        STEP,
        /**
         * All rows of a training episode share the code under which the policy and the distances
         * make the episode most likely. Experts that pass through the same states with the same
         * motion can be told apart by whole episodes only.
         */
        EPISODE
    }

    /** How the autoencoder's loss VQ and the policy's density p are joined. */
    public enum Loss {
        /** VQ times the mean over rows of the sum over action dimensions of 1 / (p + 0.1). */
        AUTHOR,
        /** VQ minus the mean log density. */
        STABLE
    }

    /** What the policy is told of a row's squared distances d to the codes. */
    public enum Context {
        /** d. */
        SQUARED,
        /** The square root of d. */
        EUCLIDEAN,
        /** d divided by its mean over the codes. */
        NORMALISED,
        /** The softmax of -d. */
        SOFTMAX
    }

    /** Which context stands for mode m. */
    public enum Steering {
        /** 0 at m and b elsewhere, whatever the context means: the author's way. */
        NAUGHT_HOT,
        /** The context of the code itself: 0 at m, the distances between codes elsewhere. */
        CENTROID,
        /** The mean context of the training rows that have code m. */
        CLUSTER_MEAN
    }

    /** Whose optimiser takes the gradient steps. */
    public enum OptimiserKind {
        /** Adam. */
        ADAM,
        /** AdaBelief, rectified, as in feloundou/memo. */
        ADABELIEF
    }
}
