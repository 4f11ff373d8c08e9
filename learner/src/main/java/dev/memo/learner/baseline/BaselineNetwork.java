package dev.memo.learner.baseline;

import dev.memo.kernels.Activation;
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
 * The baselines' mathematics as programs that share their parameters by name. Letters as in the
 * package's description; G is {@link BaselineConfig#rowsPerSample}, and a mode's context is
 * one-hot.
 *
 * @param config what is learned how
 * @param observationSize O
 * @param actionSize A
 */
record BaselineNetwork(BaselineConfig config, int observationSize, int actionSize) {
    /** Parameters that no gradient changes: fitted to the data. */
    private static final String FIXED = "fixed.";

    static final String OBSERVATION_MEAN = FIXED + "observation.mean";
    static final String OBSERVATION_DEVIATION = FIXED + "observation.deviation";

    /** [A], or [K][A] if every mode has deviations of its own. */
    static final String LOG_DEVIATION = "actor.log_deviation";

    /** Standardised columns are cut off at so many deviations. */
    private static final double CLIP = 5;

    /**
     * One gradient step.
     *
     * <p>Inputs: observations [N][G O], actions [N][G A] and, but for MIXTURE and CATEGORICAL_VAE,
     * weights [N][K]. Scalar input: learning_rate. Scalar output: loss, nats per row.
     */
    Program training() {
        Program.Builder b = Program.builder("baseline-training");
        Node observations = observations(b, config.rowsPerSample());
        Node actions = actions(b, config.rowsPerSample());
        Node loss =
                switch (config.kind()) {
                    case CLONING, LABELLED, K_MEANS ->
                            logDensity(b, observations, actions, weights(b)).mean().negate();
                    case HARD_EM, SOFT_EM ->
                            expected(weights(b), logDensities(b, observations, actions)).negate();
                    case MIXTURE -> logMarginal(b, observations, actions).mean().negate();
                    case CATEGORICAL_VAE -> bound(b, observations, actions).negate();
                };
        Node[] trained =
                Arrays.stream(b.parameters())
                        .filter(node -> !nameOf(node).startsWith(FIXED))
                        .toArray(Node[]::new);
        b.minimise(loss, b.scalar("learning_rate"), Optimiser.adam(), trained);
        b.output("loss", loss);
        return b.build();
    }

    /** The policy. Inputs: observations [N][O], context [N][K]. Output: mean [N][A]. */
    Program acting() {
        Program.Builder b = Program.builder("baseline-acting");
        Node observations = observations(b, 1);
        Node context = b.input("context", config.modes());
        if (told()) {
            b.output("mean", mean(b, observations, context));
        } else {
            Node means = means(b, observations).split(config.modes());
            b.output("mean", means.times(context.split(config.modes())).groupSum());
        }
        return b.build();
    }

    /**
     * How likely actions are in a mode. Inputs: observations [N][O], actions [N][A], context
     * [N][K]. Output: log_density [N][1].
     */
    Program likelihood() {
        Program.Builder b = Program.builder("baseline-likelihood");
        Node context = b.input("context", config.modes());
        Node observations = observations(b, 1);
        Node actions = actions(b, 1);
        Node density =
                told()
                        ? logDensity(b, observations, actions, context)
                        : logDensities(b, observations, actions).times(context).rowSum();
        b.output("log_density", density);
        return b.build();
    }

    /**
     * How likely actions are if nobody chooses a mode. Inputs: observations [N][O], actions [N][A].
     * Output: log_density [N][1].
     */
    Program marginal() {
        Program.Builder b = Program.builder("baseline-marginal");
        b.output("log_density", logMarginal(b, observations(b, 1), actions(b, 1)));
        return b.build();
    }

    /**
     * The encoder of CATEGORICAL_VAE. Inputs: observations [N][W O], actions [N][W A], the probes
     * of an episode in a row. Output: posterior [N][K].
     */
    Program recognition() {
        Program.Builder b = Program.builder("baseline-recognition");
        Node observations = observations(b, config.probes());
        Node actions = actions(b, config.probes());
        b.output("posterior", logits(b, observations, actions).softmax());
        return b.build();
    }

    /** Whether one policy is told its mode, or there are means for every mode side by side. */
    private boolean told() {
        return switch (config.kind()) {
            case CLONING, LABELLED, K_MEANS, CATEGORICAL_VAE -> true;
            case MIXTURE, HARD_EM, SOFT_EM -> false;
        };
    }

    private static String nameOf(Node parameter) {
        return ((Leaf.Parameter) parameter.operation()).name();
    }

    /** Standardised: [rows x perSample][O]. */
    private Node observations(Program.Builder b, int perSample) {
        Node raw = b.input("observations", perSample * observationSize).split(perSample);
        Node mean = b.parameter(OBSERVATION_MEAN, Initialiser.zeros(), observationSize);
        Node deviation =
                b.parameter(OBSERVATION_DEVIATION, Initialiser.constant(1), observationSize);
        return raw.minus(mean).over(deviation).clamp(-CLIP, CLIP);
    }

    /** [rows x perSample][A]. */
    private Node actions(Program.Builder b, int perSample) {
        return b.input("actions", perSample * actionSize).split(perSample);
    }

    private Node weights(Program.Builder b) {
        return b.input("weights", config.modes());
    }

    /** The mean over rows of the sum over modes: a scalar from two [rows][K]. */
    private static Node expected(Node weights, Node values) {
        return weights.times(values).rowSum().mean();
    }

    /** Both hidden layers of an actor. */
    private Node features(Program.Builder b, String actor, Node x) {
        Node first = b.linear(actor + ".0", x, config.hidden(), Activation.RELU);
        return b.linear(actor + ".1", first, config.hidden(), Activation.RELU);
    }

    private static Node head(Program.Builder b, String name, Node features, int units) {
        return b.linear(name, features, units, Activation.NONE);
    }

    /** The mean of a policy that is told its mode: [R][O] and [R][K] to [R][A]. */
    private Node mean(Program.Builder b, Node observations, Node context) {
        Node features = features(b, "actor", observations.concat(context));
        return head(b, "actor.2", features, actionSize);
    }

    /** The means of all modes: heads of the mixture's network, or networks of their own. */
    private Node means(Program.Builder b, Node observations) {
        if (config.kind() == BaselineConfig.Kind.MIXTURE) {
            return heads(b, features(b, "actor", observations));
        }
        Node[] means = new Node[config.modes()];
        for (int mode = 0; mode < means.length; mode++) {
            String actor = "actor.mode" + mode;
            means[mode] = head(b, actor + ".2", features(b, actor, observations), actionSize);
        }
        return beside(means);
    }

    /** [rows][K A] */
    private Node heads(Program.Builder b, Node features) {
        return head(b, "actor.2", features, config.modes() * actionSize);
    }

    /** Columns of the first, then of the next. */
    private static Node beside(Node... parts) {
        return parts[0].concat(Arrays.copyOfRange(parts, 1, parts.length));
    }

    /** The log deviations in the modes that one-hot rows [R][K] say: [R][A], or [A] for all. */
    private Node logDeviations(Program.Builder b, Node context) {
        Initialiser start = Initialiser.constant(LogDeviations.START);
        boolean own = config.hasModeDeviations();
        Node free =
                own
                        ? b.parameter(LOG_DEVIATION, start, config.modes(), actionSize)
                        : b.parameter(LOG_DEVIATION, start, actionSize);
        Node limited = LogDeviations.limited(free);
        return own ? context.product(limited) : limited;
    }

    /** The log density of a policy that is told its mode: [R][1]. */
    private Node logDensity(Program.Builder b, Node observations, Node actions, Node context) {
        Node mean = mean(b, observations, context);
        return Gaussian.logDensity(mean, logDeviations(b, context), actions).rowSum();
    }

    /** A sample's rows once for each mode, mode after mode: [rows x G][D] to [rows x K G][D]. */
    private Node forEachMode(Node x) {
        Node[] same = new Node[config.modes()];
        Arrays.fill(same, x.join());
        return beside(same).split(config.modes() * x.shape().height());
    }

    /** The modes of such rows, one-hot: [rows x K G][K]. */
    private Node contexts(Program.Builder b, int perSample) {
        Node[] modes = new Node[config.modes()];
        Arrays.setAll(modes, mode -> b.constant(mode, perSample));
        return beside(modes).split(config.modes() * perSample).oneHot(config.modes());
    }

    /** The mean over a sample's rows of their log density, in each mode: [rows][K]. */
    private Node logDensities(Program.Builder b, Node observations, Node actions) {
        if (!told()) {
            return logDensitiesAbout(b, means(b, observations), actions);
        }
        Node densities =
                logDensity(
                        b,
                        forEachMode(observations),
                        forEachMode(actions),
                        contexts(b, observations.shape().height()));
        return densities.join().split(config.modes()).rowMean().join();
    }

    /** The log density about each mode's mean: [rows][K A] and [rows][A] to [rows][K]. */
    private Node logDensitiesAbout(Program.Builder b, Node means, Node actions) {
        Node each = means.split(config.modes());
        Node logDeviations = logDeviations(b, contexts(b, 1));
        return Gaussian.logDensity(each, logDeviations, forEachMode(actions)).rowSum().join();
    }

    /**
     * log sum over modes of pi p(action | observation, mode): [rows][1]. pi is a head of the
     * mixture; of the others it is 1 / K.
     */
    private Node logMarginal(Program.Builder b, Node observations, Node actions) {
        if (config.kind() == BaselineConfig.Kind.MIXTURE) {
            Node features = features(b, "actor", observations);
            Node logWeights = head(b, "actor.weights", features, config.modes()).logSoftmax();
            Node densities = logDensitiesAbout(b, heads(b, features), actions);
            return logWeights.plus(densities).logSumExp();
        }
        Node densities = logDensities(b, observations, actions);
        return densities.logSumExp().plus(-Math.log(config.modes()));
    }

    /**
     * The evidence lower bound per row, with a free weight beta: E_q log p(action | observation,
     * code) - beta KL(q || 1 / K). The expectation is a sum over all codes, not a sample.
     */
    private Node bound(Program.Builder b, Node observations, Node actions) {
        Node logits = logits(b, observations, actions);
        Node posterior = logits.softmax();
        Node fit = expected(posterior, logDensities(b, observations, actions));
        Node ratio = logits.logSoftmax().plus(Math.log(config.modes()));
        return fit.minus(expected(posterior, ratio).times(config.klWeight()));
    }

    /** What the encoder makes of episodes: [rows x W][O], [rows x W][A] to [rows][K]. */
    private Node logits(Program.Builder b, Node observations, Node actions) {
        Node steps = observations.concat(actions);
        int width = steps.shape().width();
        Node window = steps.join();
        Node[] backwards = new Node[config.probes()];
        for (int i = 0; i < backwards.length; i++) {
            int step = backwards.length - 1 - i;
            backwards[i] = window.slice(step * width, (step + 1) * width);
        }
        Node ahead = encoded(b, "encoder.forward", window, width);
        Node back = encoded(b, "encoder.backward", beside(backwards), width);
        return head(b, "encoder.logits", ahead.concat(back), config.modes());
    }

    private Node encoded(Program.Builder b, String name, Node window, int width) {
        return Gru.of(b, name, width, config.encoderHidden()).last(window, config.probes());
    }
}
