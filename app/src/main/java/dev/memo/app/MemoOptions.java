package dev.memo.app;

import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.memo.MemoConfig;
import dev.memo.learner.memo.MemoConfig.Assignment;
import dev.memo.learner.memo.MemoConfig.Codebook;
import dev.memo.learner.memo.MemoConfig.Context;
import dev.memo.learner.memo.MemoConfig.Encoder;
import dev.memo.learner.memo.MemoConfig.Loss;
import dev.memo.learner.memo.MemoConfig.Networks;
import dev.memo.learner.memo.MemoConfig.OptimiserKind;
import dev.memo.learner.memo.MemoConfig.Steering;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A flag for every component of {@link MemoConfig} but the seed, which every command has. */
final class MemoOptions {
    @Option(
            names = "--original",
            description =
                    "Start from the settings of feloundou/memo (docs/memo.md) instead of "
                            + "MEMO's own defaults; other flags come after it.")
    private boolean original;

    @Option(
            names = "--modes",
            paramLabel = "K",
            converter = CommonOptions.AtLeastOne.class,
            description =
                    "How many codes: an upper bound on the behaviours that can be "
                            + "told apart; default 3.")
    private Integer modes;

    @Option(
            names = "--step",
            paramLabel = "N",
            split = ",",
            converter = CommonOptions.AtLeastOne.class,
            description =
                    "Over how many steps a difference is taken, or over several, with "
                            + "commas between them; default 25.")
    private List<Integer> step;

    @Option(
            names = "--features",
            paramLabel = "NAMES",
            description =
                    "What differences are made of: pose (egocentric motion), "
                            + "observation (all of it), or parts of the observation with "
                            + "commas between them; default pose.")
    private String features;

    @Option(
            names = "--standardise",
            negatable = true,
            description = "Standardise observations and differences; default true.")
    private Boolean standardise;

    @Option(
            names = "--encoder",
            paramLabel = "KIND",
            description =
                    "What makes a code's place of differences: mlp, gru or attention; "
                            + "default mlp.")
    private Encoder encoder;

    @Option(
            names = "--window",
            paramLabel = "W",
            converter = CommonOptions.AtLeastOne.class,
            description = "How many rows of an episode the encoder sees at once; default 1.")
    private Integer window;

    @Option(
            names = "--stride",
            paramLabel = "N",
            converter = CommonOptions.AtLeastOne.class,
            description = "Steps from row to row of a window; default 1.")
    private Integer stride;

    @Option(
            names = "--assignment",
            paramLabel = "KIND",
            description = "Who shares a code: step or episode; default episode.")
    private Assignment assignment;

    @Option(
            names = "--recognition",
            paramLabel = "W",
            description =
                    "Weight of telling an episode's code from a window, with --assignment "
                            + "episode; default 1.0.")
    private Double recognition;

    @Option(
            names = "--probes",
            paramLabel = "N",
            converter = CommonOptions.AtLeastOne.class,
            description =
                    "Rows of an episode that stand for it when codes are assigned; "
                            + "default 64.")
    private Integer probes;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Of the draws of episodes' codes in the last epoch; default 0.004.")
    private Double temperature;

    @Option(
            names = "--loss",
            paramLabel = "KIND",
            description =
                    "How autoencoder and policy are joined: author, log_product, "
                            + "stable or literal; default stable.")
    private Loss loss;

    @Option(
            names = "--context",
            paramLabel = "KIND",
            description =
                    "What the policy is told of the distances to the codes: "
                            + "squared, euclidean, normalised or softmax; default normalised.")
    private Context context;

    @Option(
            names = "--steering",
            paramLabel = "KIND",
            description =
                    "Which context stands for a mode: naught_hot, calibrated, "
                            + "centroid or cluster_mean; default naught_hot.")
    private Steering steering;

    @Option(
            names = "--naught-hot",
            paramLabel = "B",
            description =
                    "The distance that naught_hot steering gives to the modes that "
                            + "are not wanted; default 1.0.")
    private Double naughtHot;

    @Option(
            names = "--replacement",
            paramLabel = "P",
            description =
                    "Probability that a training row gets the steering context of "
                            + "its code; default 1.0.")
    private Double replacement;

    @Option(
            names = "--k-means-start",
            negatable = true,
            description = "Start the codes as centres of clusters; default true.")
    private Boolean kMeansStart;

    @Option(
            names = "--reset-dead-codes",
            negatable = true,
            description = "Move codes that nothing is assigned to; default true.")
    private Boolean resetDeadCodes;

    @Option(
            names = "--codebook",
            paramLabel = "KIND",
            description =
                    "What moves the codes: gradient, or average (of their rows); "
                            + "default gradient.")
    private Codebook codebook;

    @Option(
            names = "--usage-entropy",
            paramLabel = "W",
            description = "Weight of a reward for using all codes; default 0.0.")
    private Double usageEntropy;

    @Option(
            names = "--residual-codes",
            paramLabel = "R",
            description = "Codes of a second level, for what the modes share; default 0.")
    private Integer residualCodes;

    @Option(
            names = "--beta",
            paramLabel = "B",
            description = "Weight of the commitment loss; default 1.0.")
    private Double beta;

    @Option(names = "--code-size", paramLabel = "Z", description = "Numbers per code; default 16.")
    private Integer codeSize;

    @Option(
            names = "--networks",
            paramLabel = "KIND",
            description =
                    "Which layers: small, or original (those of feloundou/memo); "
                            + "default small.")
    private Networks networks;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            converter = CommonOptions.AtLeastOne.class,
            description = "Width of the policy's hidden layers; default 256.")
    private Integer hidden;

    @Option(
            names = "--autoencoder-hidden",
            paramLabel = "N",
            converter = CommonOptions.AtLeastOne.class,
            description = "Width of the hidden layers of encoder and decoder; default 64.")
    private Integer autoencoderHidden;

    @Option(
            names = "--optimiser",
            paramLabel = "KIND",
            description = "Whose gradient steps: adam or adabelief; default adam.")
    private OptimiserKind optimiser;

    @Option(
            names = "--learning-rate",
            paramLabel = "LR",
            description = "At the start, falling linearly; default 0.003.")
    private Double learningRate;

    @Option(
            names = "--last-rate",
            paramLabel = "SHARE",
            description = "The learning rate at the end, as a share of the first; default 0.01.")
    private Double lastRate;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Rows per gradient step; default 256.")
    private Integer batch;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            converter = CommonOptions.AtLeastOne.class,
            description = "How many epochs, each with metrics and a checkpoint; default 60.")
    private Integer epochs;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "Gradient steps per epoch; default 400.")
    private Integer iterations;

    @Option(
            names = "--redraw",
            negatable = true,
            description = "New rows for every gradient step, not for every epoch; default true.")
    private Boolean redraw;

    @Option(
            names = "--held-out",
            paramLabel = "SHARE",
            description = "Share of the episodes that are kept for evaluation; default 0.2.")
    private Double heldOut;

    /** How many modes were asked for; null if that was not said. */
    Integer modes() {
        return modes;
    }

    /**
     * The configuration that the flags ask for.
     *
     * @param base what holds where no flag was given
     * @param seed the common flag, if given
     */
    MemoConfig over(MemoConfig base, Optional<Long> seed) {
        Map<String, Object> values = new HashMap<>();
        put(values, "seed", seed.orElse(null));
        put(values, "modes", modes);
        put(values, "step", step);
        put(values, "features", features);
        put(values, "standardise", standardise);
        put(values, "encoder", encoder);
        put(values, "window", window);
        put(values, "stride", stride);
        put(values, "assignment", assignment);
        put(values, "recognition", recognition);
        put(values, "probes", probes);
        put(values, "temperature", temperature);
        put(values, "loss", loss);
        put(values, "context", context);
        put(values, "steering", steering);
        put(values, "naught_hot", naughtHot);
        put(values, "replacement", replacement);
        put(values, "k_means_start", kMeansStart);
        put(values, "reset_dead_codes", resetDeadCodes);
        put(values, "codebook", codebook);
        put(values, "usage_entropy", usageEntropy);
        put(values, "residual_codes", residualCodes);
        put(values, "beta", beta);
        put(values, "code_size", codeSize);
        put(values, "networks", networks);
        put(values, "hidden", hidden);
        put(values, "autoencoder_hidden", autoencoderHidden);
        put(values, "optimiser", optimiser);
        put(values, "learning_rate", learningRate);
        put(values, "last_rate", lastRate);
        put(values, "batch", batch);
        put(values, "epochs", epochs);
        put(values, "iterations", iterations);
        put(values, "redraw", redraw);
        put(values, "held_out", heldOut);
        return ConfigJson.with(original ? MemoConfig.ORIGINAL : base, values);
    }

    private static void put(Map<String, Object> values, String key, Object value) {
        if (value != null) {
            values.put(key, value);
        }
    }
}
