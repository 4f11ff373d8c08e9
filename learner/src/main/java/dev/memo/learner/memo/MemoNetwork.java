package dev.memo.learner.memo;

import dev.memo.kernels.Activation;
import dev.memo.kernels.Gaussian;
import dev.memo.kernels.Initialiser;
import dev.memo.kernels.Leaf;
import dev.memo.kernels.Node;
import dev.memo.kernels.Optimiser;
import dev.memo.kernels.Program;
import java.util.Arrays;

/**
 * MEMO's mathematics as programs that share their parameters by name. Letters as in the package's
 * description.
 *
 * @param config what is learned how
 * @param observationSize O
 * @param differenceSize D
 * @param actionSize A
 */
record MemoNetwork(MemoConfig config, int observationSize, int differenceSize, int actionSize) {
    /** Parameters that no gradient changes: fitted to the data, or a table of contexts. */
    private static final String FIXED = "fixed.";

    static final String OBSERVATION_MEAN = FIXED + "observation.mean";
    static final String OBSERVATION_DEVIATION = FIXED + "observation.deviation";
    static final String DIFFERENCE_MEAN = FIXED + "difference.mean";
    static final String DIFFERENCE_DEVIATION = FIXED + "difference.deviation";

    /** [K][K] row m is the context that stands for mode m. */
    static final String STEERING = FIXED + "steering";

    /** [K][Z]. */
    static final String CODEBOOK = "codebook";

    static final String LOG_DEVIATION = "actor.log_deviation";

    /** Standardised columns are cut off at so many deviations. */
    private static final double CLIP = 5;

    /** kappa of the author's loss: keeps the ratio finite and lets outliers go. */
    private static final double KAPPA = 0.1;

    /** Initial log deviation of an action, as in feloundou/memo: 0.61. */
    private static final double START_LOG_DEVIATION = -0.5;

    /** Experts without noise would drive the deviation to 0 and the density to infinity. */
    private static final double MIN_LOG_DEVIATION = -3;

    private static final double MAX_LOG_DEVIATION = 0.5;

    /** Keeps roots and quotients of distances differentiable at 0. */
    static final double TINY = 1e-8;

    /**
     * One gradient step.
     *
     * <p>Inputs: observations [N][O], differences [N][D], actions [N][A], code [N][1] (the assigned
     * code; read by episode-level assignment only), replaced [N][1] (1 where the steering context
     * replaces the row's own). Scalar input: learning_rate. Scalar outputs: loss, vq_loss,
     * reconstruction, codebook_loss, commitment, nll.
     */
    Program training() {
        Program.Builder b = Program.builder("memo-training");
        Node differences = differences(b);
        Node z = encoder(b, differences);
        Node codebook = codebook(b);
        Node distances = z.squaredDistances(codebook);
        Node code =
                switch (config.assignment()) {
                    case STEP -> distances.argMin();
                    case EPISODE -> b.input("code", 1);
                };
        Node chosen = code.oneHot(config.modes());
        Node quantised = chosen.product(codebook);
        Node reconstructed = decoder(b, z.straightThrough(quantised));

        Node reconstruction = differences.minus(reconstructed).square().mean();
        Node codebookLoss = z.stopGradient().minus(quantised).square().mean();
        Node commitment = z.minus(quantised.stopGradient()).square().mean();
        Node vq = reconstruction.plus(codebookLoss).plus(commitment.times(config.beta()));

        Node replaced = b.input("replaced", 1);
        Node own = context(distances).times(replaced.negate().plus(1));
        Node context = own.plus(chosen.product(steeringTable(b)).times(replaced));
        Node density = logDensity(b, context);
        Node nll = density.rowSum().mean().negate();
        Node loss =
                switch (config.loss()) {
                    case AUTHOR -> density.exp().plus(KAPPA).reciprocal().rowSum().mean().times(vq);
                    case STABLE -> vq.plus(nll);
                };
        b.minimise(loss, b.scalar("learning_rate"), optimiser(), trained(b));
        b.output("loss", loss);
        b.output("vq_loss", vq);
        b.output("reconstruction", reconstruction);
        b.output("codebook_loss", codebookLoss);
        b.output("commitment", commitment);
        b.output("nll", nll);
        return b.build();
    }

    /**
     * What the encoder makes of differences. Input: differences [N][D]. Outputs: z [N][Z],
     * distances [N][K], context [N][K].
     */
    Program recognition() {
        Program.Builder b = Program.builder("memo-recognition");
        Node z = encoder(b, differences(b));
        Node distances = z.squaredDistances(codebook(b));
        b.output("z", z);
        b.output("distances", distances);
        b.output("context", context(distances));
        return b.build();
    }

    /** The policy. Inputs: observations [N][O], context [N][K]. Output: mean [N][A]. */
    Program acting() {
        Program.Builder b = Program.builder("memo-acting");
        b.output("mean", mean(b, b.input("context", config.modes())));
        return b.build();
    }

    /**
     * How likely actions are. Inputs: observations [N][O], actions [N][A], context [N][K]. Output:
     * log_density [N][1].
     */
    Program likelihood() {
        Program.Builder b = Program.builder("memo-likelihood");
        Node context = b.input("context", config.modes());
        b.output("log_density", logDensity(b, context).rowSum());
        return b.build();
    }

    /** The context that squared distances to the codes make. */
    private Node context(Node distances) {
        return switch (config.context()) {
            case SQUARED -> distances;
            case EUCLIDEAN -> distances.plus(TINY).sqrt();
            case NORMALISED -> distances.over(distances.rowMean().plus(TINY));
            case SOFTMAX -> distances.negate().softmax();
        };
    }

    private Node differences(Program.Builder b) {
        Node raw = b.input("differences", differenceSize);
        return standardised(b, raw, DIFFERENCE_MEAN, DIFFERENCE_DEVIATION);
    }

    private Node encoder(Program.Builder b, Node differences) {
        Node first =
                b.linear("encoder.0", differences, config.autoencoderHidden(), Activation.TANH);
        Node second = b.linear("encoder.1", first, config.autoencoderHidden(), Activation.TANH);
        return b.linear("encoder.2", second, config.codeSize(), Activation.NONE);
    }

    private Node decoder(Program.Builder b, Node quantised) {
        Node first = b.linear("decoder.0", quantised, config.autoencoderHidden(), Activation.TANH);
        Node second = b.linear("decoder.1", first, config.autoencoderHidden(), Activation.TANH);
        return b.linear("decoder.2", second, differenceSize, Activation.NONE);
    }

    private Node codebook(Program.Builder b) {
        Initialiser start = Initialiser.uniform(1.0 / config.modes());
        return b.parameter(CODEBOOK, start, config.modes(), config.codeSize());
    }

    private Node steeringTable(Program.Builder b) {
        return b.parameter(STEERING, Initialiser.zeros(), config.modes(), config.modes());
    }

    private Node mean(Program.Builder b, Node context) {
        Node raw = b.input("observations", observationSize);
        Node observations = standardised(b, raw, OBSERVATION_MEAN, OBSERVATION_DEVIATION);
        Node told = observations.concat(context);
        // Experts' laws have edges, which rectifiers fit in far fewer steps than tanh.
        Node first = b.linear("actor.0", told, config.hidden(), Activation.RELU);
        Node second = b.linear("actor.1", first, config.hidden(), Activation.RELU);
        return b.linear("actor.2", second, actionSize, Activation.NONE);
    }

    /** [N][A]: each action dimension's log density. */
    private Node logDensity(Program.Builder b, Node context) {
        Node mean = mean(b, context);
        Initialiser start = Initialiser.constant(START_LOG_DEVIATION);
        Node logDeviation = b.parameter(LOG_DEVIATION, start, actionSize);
        return Gaussian.logDensity(
                mean,
                logDeviation.clamp(MIN_LOG_DEVIATION, MAX_LOG_DEVIATION),
                b.input("actions", actionSize));
    }

    private static Node standardised(Program.Builder b, Node x, String mean, String deviation) {
        int width = x.shape().width();
        Node centred = x.minus(b.parameter(mean, Initialiser.zeros(), width));
        return centred.over(b.parameter(deviation, Initialiser.constant(1), width))
                .clamp(-CLIP, CLIP);
    }

    private Optimiser optimiser() {
        return switch (config.optimiser()) {
            case ADAM -> Optimiser.adam();
            case ADABELIEF -> Optimiser.adaBelief();
        };
    }

    private static Node[] trained(Program.Builder b) {
        return Arrays.stream(b.parameters())
                .filter(node -> !((Leaf.Parameter) node.operation()).name().startsWith(FIXED))
                .toArray(Node[]::new);
    }

    /** The log standard deviation of an action, from the parameter's value. */
    static double limited(float logDeviation) {
        return Math.clamp(logDeviation, MIN_LOG_DEVIATION, MAX_LOG_DEVIATION);
    }
}
