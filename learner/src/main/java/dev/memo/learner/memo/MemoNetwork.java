package dev.memo.learner.memo;

import dev.memo.kernels.Activation;
import dev.memo.kernels.Attention;
import dev.memo.kernels.Gaussian;
import dev.memo.kernels.Gru;
import dev.memo.kernels.Initialiser;
import dev.memo.kernels.Leaf;
import dev.memo.kernels.Node;
import dev.memo.kernels.Optimiser;
import dev.memo.kernels.Program;
import dev.memo.learner.rollout.LogDeviations;
import java.util.Arrays;

/**
 * MEMO's mathematics as programs that share their parameters by name. Letters as in the package's
 * description; a window of W rows has its differences side by side, [N][W D], and so its states.
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

    /** [K][1] moving averages of how many rows of a batch have each code. */
    static final String CODE_COUNTS = FIXED + "codebook.counts";

    /** [K][Z] moving averages of the sums of their z. */
    static final String CODE_SUMS = FIXED + "codebook.sums";

    /** [K][D] and [K]: the natural parameters of each mode's Gaussian of differences. */
    static final String MOTION_SQUARE = FIXED + "motion.square";

    static final String MOTION_SLOPE = FIXED + "motion.slope";
    static final String MOTION_REST = FIXED + "motion.rest";

    static final String LOG_DEVIATION = "actor.log_deviation";

    /** Standardised columns are cut off at so many deviations. */
    private static final double CLIP = 5;

    /** kappa of the author's loss: keeps the ratio finite and lets outliers go. */
    private static final double KAPPA = 0.1;

    /** The literal loss keeps log densities so far from its pole at 0. */
    private static final double POLE = 1e-2;

    /** The literal loss's gradients are cut to this norm. */
    private static final double LITERAL_NORM = 1;

    /** Share of a batch in the moving averages of codes (van den Oord et al. 2017). */
    private static final double AVERAGE_RATE = 0.01;

    /** Keeps roots, quotients and logarithms of distances differentiable at 0. */
    static final double TINY = 1e-8;

    /**
     * One gradient step.
     *
     * <p>Inputs: observations [N][O], differences [N][W D], states [N][W O] (read by encoders that
     * see states only), actions [N][A], code [N][1] (the assigned code; read by episode-level
     * assignment only), replaced [N][1] (1 where the steering context replaces the row's own).
     * Scalar input: learning_rate. Scalar outputs: loss, vq_loss, reconstruction, codebook_loss,
     * commitment, nll.
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
        Node codebookLoss = z.stopGradient().minus(quantised).square().mean();
        if (config.residualCodes() > 0) {
            Node left = z.minus(quantised).stopGradient();
            Node fine = residual(b, left);
            codebookLoss = codebookLoss.plus(left.minus(fine).square().mean());
            quantised = quantised.plus(fine);
        }
        Node reconstructed = decoder(b, z.straightThrough(quantised));
        Node reconstruction = differences.minus(reconstructed).square().mean();
        Node commitment = z.minus(quantised.stopGradient()).square().mean();
        Node vq = reconstruction.plus(codebookLoss).plus(commitment.times(config.beta()));

        Node replaced = b.input("replaced", 1);
        Node own = context(distances).times(replaced.negate().plus(1));
        Node context = own.plus(chosen.product(steeringTable(b)).times(replaced));
        Node density = logDensity(b, context);
        Node nll = density.rowSum().mean().negate();
        Node loss = loss(b, vq, density, nll);
        if (recognises()) {
            Node recognition =
                    distances.negate().logSoftmax().times(chosen).rowSum().mean().negate();
            loss = loss.plus(recognition.times(config.recognition()));
            b.output("recognition", recognition);
        }
        if (config.usageEntropy() > 0) {
            Node usage = distances.negate().softmax().columnMean();
            Node entropy = usage.times(usage.plus(TINY).log()).sum().negate();
            loss = loss.minus(entropy.times(config.usageEntropy()));
        }
        b.minimise(loss, b.scalar("learning_rate"), optimiser(), trained(b));
        if (config.codebook() == MemoConfig.Codebook.AVERAGE) {
            average(b, codebook, chosen, z);
        }
        b.output("loss", loss);
        b.output("vq_loss", vq);
        b.output("reconstruction", reconstruction);
        b.output("codebook_loss", codebookLoss);
        b.output("commitment", commitment);
        b.output("nll", nll);
        return b.build();
    }

    /** What is minimised. */
    private Node loss(Program.Builder b, Node vq, Node density, Node nll) {
        return switch (config.loss()) {
            case AUTHOR -> ratio(density).times(vq);
            case LOG_PRODUCT -> vq.log().plus(ratio(density).log());
            case STABLE -> vq.plus(nll);
            case LITERAL -> vq.times(awayFromPole(b, density.rowSum()).reciprocal().mean());
        };
    }

    /** The mean over rows of the sum over dimensions of 1 / (p + kappa). */
    private static Node ratio(Node density) {
        return density.exp().plus(KAPPA).reciprocal().rowSum().mean();
    }

    /** Numbers within (-POLE, POLE) become the nearer end, 0 the upper one, without a gradient. */
    private static Node awayFromPole(Program.Builder b, Node x) {
        Node positive = b.constant(0).atMost(x);
        Node above = x.max(b.constant(POLE)).times(positive);
        return above.plus(x.min(b.constant(-POLE)).times(positive.negate().plus(1)));
    }

    /** Lets the codes follow the means of their rows; a code without rows stays where it is. */
    private void average(Program.Builder b, Node codebook, Node chosen, Node z) {
        Node counts = b.parameter(CODE_COUNTS, Initialiser.constant(1), config.modes(), 1);
        Node sums = b.parameter(CODE_SUMS, Initialiser.zeros(), config.modes(), config.codeSize());
        Node nextCounts = moved(counts, chosen.transposedProduct(chosen.rowSum()));
        Node nextSums = moved(sums, chosen.transposedProduct(z));
        b.assign(counts, nextCounts);
        b.assign(sums, nextSums);
        b.assign(codebook, nextSums.over(nextCounts));
    }

    private static Node moved(Node average, Node value) {
        return average.plus(value.minus(average).times(AVERAGE_RATE));
    }

    /**
     * What the encoder makes of windows. Inputs: differences [N][W D], states [N][W O] (read by
     * encoders that see states only). Outputs: z [N][Z], distances [N][K], context [N][K], and with
     * residual codes residual [N][1], the code of the second level.
     */
    Program recognition() {
        Program.Builder b = Program.builder("memo-recognition");
        Node z = encoder(b, differences(b));
        Node codebook = codebook(b);
        Node distances = z.squaredDistances(codebook);
        if (config.residualCodes() > 0) {
            Node nearest = distances.argMin().oneHot(config.modes()).product(codebook);
            b.output("residual", z.minus(nearest).squaredDistances(residuals(b)).argMin());
        }
        b.output("z", z);
        b.output("distances", distances);
        b.output("context", context(distances));
        return b.build();
    }

    /**
     * How likely differences are under each mode's Gaussian, over their lengths and but for a
     * constant: log N(x; mu, sigma^2) as -x^2 / (2 sigma^2) + x mu / sigma^2 + rest. Input:
     * differences [N][D]. Output: log_density [N][K].
     */
    Program motion() {
        Program.Builder b = Program.builder("memo-motion");
        Node raw = b.input("differences", differenceSize);
        Node differences = standardised(b, raw, DIFFERENCE_MEAN, DIFFERENCE_DEVIATION);
        int modes = config.modes();
        Initialiser zeros = Initialiser.zeros();
        Node squares = b.parameter(MOTION_SQUARE, zeros, modes, differenceSize);
        Node slopes = b.parameter(MOTION_SLOPE, zeros, modes, differenceSize);
        Node rest = b.parameter(MOTION_REST, zeros, modes);
        Node ofSquares = differences.square().linear(squares);
        b.output("log_density", ofSquares.plus(differences.linear(slopes, rest, Activation.NONE)));
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

    /** Whether the encoder learns to tell a row's assigned code from its distances. */
    boolean recognises() {
        return config.assignment() == MemoConfig.Assignment.EPISODE && config.recognition() > 0;
    }

    /** Whether the encoder sees states. */
    boolean seesStates() {
        return config.encoder() != MemoConfig.Encoder.MLP;
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

    /** The window's differences, standardised if they are to be: [N][W D]. */
    private Node differences(Program.Builder b) {
        Node raw = b.input("differences", config.window() * differenceSize).split(config.window());
        return standardised(b, raw, DIFFERENCE_MEAN, DIFFERENCE_DEVIATION).join();
    }

    private Node encoder(Program.Builder b, Node differences) {
        int hidden = config.autoencoderHidden();
        Node last =
                switch (config.encoder()) {
                    case MLP -> layers(b, differences);
                    case GRU -> {
                        int width = differenceSize + observationSize;
                        Gru cell = Gru.of(b, "encoder.gru", width, hidden);
                        yield cell.last(rows(b, differences).join(), config.window());
                    }
                    case ATTENTION -> {
                        Node rows =
                                b.linear(
                                        "encoder.0", rows(b, differences), hidden, Activation.NONE);
                        int all = config.window() * hidden;
                        Node places = b.parameter("encoder.places", Initialiser.fanIn(all), all);
                        Node marked = rows.join().plus(places).tanh().split(config.window());
                        Node seen = b.linear("encoder.1", marked, hidden, Activation.TANH);
                        Node scores = b.linear("encoder.scores", seen, 1, Activation.NONE);
                        yield Attention.pool(seen, scores);
                    }
                };
        return b.linear("encoder.2", last, config.codeSize(), Activation.NONE);
    }

    private Node layers(Program.Builder b, Node differences) {
        int width = differences.shape().width();
        boolean small = config.networks() == MemoConfig.Networks.SMALL;
        int first = small ? config.autoencoderHidden() : Math.max(1, width / 2);
        int second = small ? config.autoencoderHidden() : width;
        Node narrow = b.linear("encoder.0", differences, first, Activation.TANH);
        return b.linear("encoder.1", narrow, second, Activation.TANH);
    }

    /** A window's differences and states, step by step: [N x W][D + O]. */
    private Node rows(Program.Builder b, Node differences) {
        Node raw = b.input("states", config.window() * observationSize).split(config.window());
        Node states = standardised(b, raw, OBSERVATION_MEAN, OBSERVATION_DEVIATION);
        return differences.split(config.window()).concat(states);
    }

    private Node decoder(Program.Builder b, Node quantised) {
        int hidden = config.autoencoderHidden();
        Node first = b.linear("decoder.0", quantised, hidden, Activation.TANH);
        Node second = b.linear("decoder.1", first, hidden, Activation.TANH);
        int width = config.window() * differenceSize;
        return switch (config.networks()) {
            case SMALL -> b.linear("decoder.2", second, width, Activation.NONE);
            case ORIGINAL -> {
                Node third = b.linear("decoder.2", second, hidden, Activation.TANH);
                yield b.linear("decoder.3", third, width, Activation.NONE);
            }
        };
    }

    private Node codebook(Program.Builder b) {
        Initialiser start = Initialiser.uniform(1.0 / config.modes());
        return b.parameter(CODEBOOK, start, config.modes(), config.codeSize());
    }

    /** The nearest code of the second level to what the first level leaves: [N][Z]. */
    private Node residual(Program.Builder b, Node left) {
        Node residuals = residuals(b);
        Node nearest = left.squaredDistances(residuals).argMin();
        return nearest.oneHot(config.residualCodes()).product(residuals);
    }

    private Node residuals(Program.Builder b) {
        int codes = config.residualCodes();
        Initialiser start = Initialiser.uniform(1.0 / codes);
        return b.parameter("codebook.residual", start, codes, config.codeSize());
    }

    private Node steeringTable(Program.Builder b) {
        return b.parameter(STEERING, Initialiser.zeros(), config.modes(), config.modes());
    }

    private Node mean(Program.Builder b, Node context) {
        Node raw = b.input("observations", observationSize);
        Node observations = standardised(b, raw, OBSERVATION_MEAN, OBSERVATION_DEVIATION);
        Node told = observations.concat(context);
        Activation activation =
                switch (config.networks()) {
                    // Experts' laws have edges, which rectifiers fit in far fewer steps than tanh.
                    case SMALL -> Activation.RELU;
                    case ORIGINAL -> Activation.TANH;
                };
        Node first = b.linear("actor.0", told, config.hidden(), activation);
        Node second = b.linear("actor.1", first, config.hidden(), activation);
        return b.linear("actor.2", second, actionSize, Activation.NONE);
    }

    /** [N][A]: each action dimension's log density. */
    private Node logDensity(Program.Builder b, Node context) {
        Node mean = mean(b, context);
        Initialiser start = Initialiser.constant(LogDeviations.START);
        Node logDeviation = b.parameter(LOG_DEVIATION, start, actionSize);
        return Gaussian.logDensity(
                mean, LogDeviations.limited(logDeviation), b.input("actions", actionSize));
    }

    private Node standardised(Program.Builder b, Node x, String mean, String deviation) {
        if (!config.standardise()) {
            return x;
        }
        int width = x.shape().width();
        Node centred = x.minus(fitted(b, mean, Initialiser.zeros(), width));
        return centred.over(fitted(b, deviation, Initialiser.constant(1), width))
                .clamp(-CLIP, CLIP);
    }

    /** A parameter that several parts of a program read, declared by the first of them. */
    private static Node fitted(Program.Builder b, String name, Initialiser start, int width) {
        return Arrays.stream(b.parameters())
                .filter(parameter -> name(parameter).equals(name))
                .findFirst()
                .orElseGet(() -> b.parameter(name, start, width));
    }

    private Optimiser optimiser() {
        Optimiser optimiser =
                switch (config.optimiser()) {
                    case ADAM -> Optimiser.adam();
                    case ADABELIEF -> Optimiser.adaBelief();
                };
        return config.loss() == MemoConfig.Loss.LITERAL
                ? optimiser.clipped(LITERAL_NORM)
                : optimiser;
    }

    /** What gradients move; codes that are moving averages are not. */
    private Node[] trained(Program.Builder b) {
        boolean average = config.codebook() == MemoConfig.Codebook.AVERAGE;
        return Arrays.stream(b.parameters())
                .filter(node -> !name(node).startsWith(FIXED))
                .filter(node -> !(average && name(node).equals(CODEBOOK)))
                .toArray(Node[]::new);
    }

    private static String name(Node parameter) {
        return ((Leaf.Parameter) parameter.operation()).name();
    }
}
