package dev.memo.learner.memo;

import dev.memo.base.InputException;
import dev.memo.learner.checkpoint.ConfigJson;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Everything that decides what MEMO learns from a dataset. Two runs with equal configuration, data
 * and kind of machine give equal bytes.
 *
 * @param seed of initial weights, batches and the split into training and held-out episodes
 * @param modes K, how many codes: an upper bound on the behaviours that can be told apart
 * @param step over how many steps differences are taken; those of several lengths stand side by
 *     side
 * @param features what a difference is made of: "pose" (egocentric motion), "observation" (all of
 *     it), or names of the observation's parts with commas between them
 * @param standardise whether observations and differences are standardised by the training rows and
 *     cut off at 5 deviations
 * @param encoder what makes z of differences
 * @param window W, how many rows of an episode the encoder sees at once
 * @param stride steps from row to row of a window
 * @param assignment who shares a code: every row for itself, or all rows of an episode
 * @param recognition weight of the cross-entropy between a row's assigned code and the softmax of
 *     its negative distances, with episode-level assignment: what lets the encoder recognise an
 *     expert from a window
 * @param probes rows of an episode that stand for all of it when codes are assigned
 * @param temperature of the draws of episodes' codes in the last epoch
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
 * @param codebook what moves the codes
 * @param usageEntropy weight of the entropy of the codes' mean responsibilities, which rewards
 *     using all
 * @param residualCodes R, how many codes of a second level quantise what the first leaves; 0 for
 *     none
 * @param beta weight of the commitment loss
 * @param codeSize Z
 * @param networks which layers
 * @param hidden width of both hidden layers of the actor
 * @param autoencoderHidden width of the hidden layers of encoder and decoder
 * @param optimiser whose steps
 * @param learningRate at the start; it falls linearly
 * @param lastRate where the learning rate ends, as a share of where it began
 * @param batch rows per gradient step
 * @param epochs how often metrics are taken, codes assigned and checkpoints written
 * @param iterations gradient steps per epoch
 * @param redraw whether every gradient step has rows of its own, or all of an epoch the same
 * @param heldOut share of the episodes that are not learned from
 */
public record MemoConfig(
        long seed,
        int modes,
        List<Integer> step,
        String features,
        boolean standardise,
        Encoder encoder,
        int window,
        int stride,
        Assignment assignment,
        double recognition,
        int probes,
        double temperature,
        Loss loss,
        Context context,
        Steering steering,
        double naughtHot,
        double replacement,
        boolean kMeansStart,
        boolean resetDeadCodes,
        Codebook codebook,
        double usageEntropy,
        int residualCodes,
        double beta,
        int codeSize,
        Networks networks,
        int hidden,
        int autoencoderHidden,
        OptimiserKind optimiser,
        double learningRate,
        double lastRate,
        int batch,
        int epochs,
        int iterations,
        boolean redraw,
        double heldOut) {

    /** What MEMO does unless told otherwise. */
    public static final MemoConfig DEFAULT =
            new MemoConfig(
                    0,
                    3,
                    List.of(25),
                    "pose",
                    true,
                    Encoder.MLP,
                    1,
                    1,
                    Assignment.EPISODE,
                    1,
                    64,
                    0.004,
                    Loss.STABLE,
                    Context.NORMALISED,
                    Steering.NAUGHT_HOT,
                    1,
                    1,
                    true,
                    true,
                    Codebook.GRADIENT,
                    0,
                    0,
                    1,
                    16,
                    Networks.SMALL,
                    256,
                    64,
                    OptimiserKind.ADAM,
                    3e-3,
                    0.01,
                    256,
                    60,
                    400,
                    true,
                    0.2);

    /**
     * What feloundou/memo does at commit dc988d3, but that a batch is used for 5 gradient steps,
     * there for 50 to 200: that takes hours on a few cores.
     */
    public static final MemoConfig ORIGINAL =
            ConfigJson.with(
                    DEFAULT,
                    Map.ofEntries(
                            Map.entry("step", List.of(1)),
                            Map.entry("features", "observation"),
                            Map.entry("standardise", false),
                            Map.entry("assignment", Assignment.STEP),
                            Map.entry("loss", Loss.AUTHOR),
                            Map.entry("context", Context.SQUARED),
                            Map.entry("replacement", 0),
                            Map.entry("k_means_start", false),
                            Map.entry("reset_dead_codes", false),
                            Map.entry("code_size", 60),
                            Map.entry("networks", Networks.ORIGINAL),
                            Map.entry("autoencoder_hidden", 1_000),
                            Map.entry("optimiser", OptimiserKind.ADABELIEF),
                            Map.entry("learning_rate", 3e-5),
                            Map.entry("last_rate", 1),
                            Map.entry("batch", 500),
                            Map.entry("epochs", 1_000),
                            Map.entry("iterations", 5),
                            Map.entry("redraw", false)));

    /** Refuses what cannot be learned with. */
    public MemoConfig {
        step = List.copyOf(step);
        require(modes >= 1, "modes", modes, "must be at least 1");
        require(!step.isEmpty(), "step", step, "must be at least one number");
        for (int length : step) {
            require(length >= 1, "step", step, "must be at least 1");
        }
        require(
                step.stream().distinct().count() == step.size(),
                "step",
                step,
                "has a number twice");
        require(window >= 1, "window", window, "must be at least 1");
        require(stride >= 1, "stride", stride, "must be at least 1");
        require(
                encoder == Encoder.MLP || window > 1,
                "window",
                window,
                "--encoder %s reads several rows: must be at least 2".formatted(lower(encoder)));
        require(
                encoder == Encoder.MLP || networks == Networks.SMALL,
                "networks",
                lower(networks),
                "has no --encoder " + lower(encoder));
        require(recognition >= 0, "recognition", recognition, "must be at least 0");
        require(probes >= 1, "probes", probes, "must be at least 1");
        require(temperature > 0, "temperature", temperature, "must be above 0");
        require(naughtHot > 0, "naught-hot", naughtHot, "must be above 0");
        require(
                replacement >= 0 && replacement <= 1,
                "replacement",
                replacement,
                "is a probability");
        require(usageEntropy >= 0, "usage-entropy", usageEntropy, "must be at least 0");
        require(residualCodes >= 0, "residual-codes", residualCodes, "must be at least 0");
        require(beta >= 0, "beta", beta, "must be at least 0");
        require(codeSize >= 1, "code-size", codeSize, "must be at least 1");
        require(hidden >= 1, "hidden", hidden, "must be at least 1");
        require(
                autoencoderHidden >= 1,
                "autoencoder-hidden",
                autoencoderHidden,
                "must be at least 1");
        require(learningRate > 0, "learning-rate", learningRate, "must be above 0");
        require(lastRate > 0 && lastRate <= 1, "last-rate", lastRate, "must be above 0, at most 1");
        require(batch >= 1, "batch", batch, "must be at least 1");
        require(epochs >= 1, "epochs", epochs, "must be at least 1");
        require(iterations >= 1, "iterations", iterations, "must be at least 1");
        require(heldOut > 0 && heldOut < 1, "held-out", heldOut, "must be between 0 and 1");
    }

    /** How many steps a window spans, from its first row's state to its last difference's end. */
    public int reach() {
        return Collections.max(step) + (window - 1) * stride;
    }

    /** The same with another seed, number of modes and number of epochs. */
    public MemoConfig with(long seed, int modes, int epochs) {
        return ConfigJson.with(this, Map.of("seed", seed, "modes", modes, "epochs", epochs));
    }

    private static String lower(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new InputException("--%s %s: %s".formatted(name, value, rule));
        }
    }

    /** What makes z of a window. */
    public enum Encoder {
        /** Layers on the window's differences, side by side. */
        MLP,
        /** A recurrent network over the window's states and differences (Cho et al. 2014). */
        GRU,
        /**
         * Attention pooling over the window's states and differences, each with a learned mark of
         * its place (Bahdanau et al. 2015).
         */
        ATTENTION
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
        /** The logarithm of the author's, so that neither factor slows the other down. */
        LOG_PRODUCT,
        /** VQ minus the mean log density. */
        STABLE,
        /**
         * As written in the post: VQ times the mean over rows of 1 / log p, kept away from its
         * pole. It has no lower bound and is there to be looked at.
         */
        LITERAL
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
        /** 0 at m and elsewhere the mean of what rows with code m are told there. */
        CALIBRATED,
        /** The context of the code itself: 0 at m, the distances between codes elsewhere. */
        CENTROID,
        /** The mean context of the training rows that have code m. */
        CLUSTER_MEAN
    }

    /** What moves the codes. */
    public enum Codebook {
        /** The gradient of the codebook loss, and of the policy's where it sees distances. */
        GRADIENT,
        /** Moving averages of the rows that have the code (van den Oord et al. 2017, appendix). */
        AVERAGE
    }

    /** Which layers the networks have. */
    public enum Networks {
        /** Encoder and decoder with two tanh layers each, an actor of two ReLU layers. */
        SMALL,
        /**
         * As in feloundou/memo, D numbers a difference: encoder D/2, D, decoder three wide layers,
         * the actor two, all tanh.
         */
        ORIGINAL
    }

    /** Whose optimiser takes the gradient steps. */
    public enum OptimiserKind {
        /** Adam. */
        ADAM,
        /** AdaBelief, rectified, as in feloundou/memo. */
        ADABELIEF
    }
}
