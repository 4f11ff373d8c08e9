package dev.memo.app;

import dev.memo.learner.memo.MemoConfig;
import dev.memo.learner.memo.MemoConfig.Assignment;
import dev.memo.learner.memo.MemoConfig.Context;
import dev.memo.learner.memo.MemoConfig.Loss;
import dev.memo.learner.memo.MemoConfig.OptimiserKind;
import dev.memo.learner.memo.MemoConfig.Steering;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A flag for every component of {@link MemoConfig} but the seed, which every command has. */
final class MemoOptions {
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
            converter = CommonOptions.AtLeastOne.class,
            description = "Over how many steps a difference is taken; default 25.")
    private Integer step;

    @Option(
            names = "--features",
            paramLabel = "NAMES",
            description =
                    "What differences are made of: pose (egocentric motion), "
                            + "observation (all of it), or parts of the observation with "
                            + "commas between them; default pose.")
    private String features;

    @Option(
            names = "--assignment",
            paramLabel = "KIND",
            description = "Who shares a code: step or episode; default episode.")
    private Assignment assignment;

    @Option(
            names = "--loss",
            paramLabel = "KIND",
            description =
                    "How autoencoder and policy are joined: author or stable; " + "default stable.")
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
                    "Which context stands for a mode: naught_hot, centroid or "
                            + "cluster_mean; default naught_hot.")
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
            names = "--beta",
            paramLabel = "B",
            description = "Weight of the commitment loss; default 1.0.")
    private Double beta;

    @Option(names = "--code-size", paramLabel = "Z", description = "Numbers per code; default 16.")
    private Integer codeSize;

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
            description = "At the start, falling linearly to a hundredth; default 0.003.")
    private Double learningRate;

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
            names = "--held-out",
            paramLabel = "SHARE",
            description = "Share of the episodes that are kept for evaluation; default " + "0.2.")
    private Double heldOut;

    /**
     * The configuration that the flags ask for.
     *
     * @param base what holds where no flag was given
     * @param seed the common flag, if given
     */
    MemoConfig over(MemoConfig base, Optional<Long> seed) {
        return new MemoConfig(
                seed.orElse(base.seed()),
                or(modes, base.modes()),
                or(step, base.step()),
                or(features, base.features()),
                or(assignment, base.assignment()),
                or(loss, base.loss()),
                or(context, base.context()),
                or(steering, base.steering()),
                or(naughtHot, base.naughtHot()),
                or(replacement, base.replacement()),
                or(kMeansStart, base.kMeansStart()),
                or(resetDeadCodes, base.resetDeadCodes()),
                or(beta, base.beta()),
                or(codeSize, base.codeSize()),
                or(hidden, base.hidden()),
                or(autoencoderHidden, base.autoencoderHidden()),
                or(optimiser, base.optimiser()),
                or(learningRate, base.learningRate()),
                or(batch, base.batch()),
                or(epochs, base.epochs()),
                or(iterations, base.iterations()),
                or(heldOut, base.heldOut()));
    }

    private static <T> T or(T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
