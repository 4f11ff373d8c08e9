package dev.memo.learner.ppo;

import dev.memo.base.Seeds;
import dev.memo.kernels.Activation;
import dev.memo.kernels.Gaussian;
import dev.memo.kernels.Initialiser;
import dev.memo.kernels.Leaf;
import dev.memo.kernels.Node;
import dev.memo.kernels.Optimiser;
import dev.memo.kernels.Ppo;
import dev.memo.kernels.Program;
import java.util.Arrays;

/**
 * PPO's mathematics as programs that share their parameters by name. A policy and a critic of two
 * tanh layers each, on observations that are standardised by running moments.
 *
 * @param config what is learned how
 * @param observationSize O
 * @param actionSize A
 */
record PpoNetwork(PpoConfig config, int observationSize, int actionSize) {
    /** Parameters that no gradient changes. */
    private static final String FIXED = "fixed.";

    static final String OBSERVATION_MEAN = FIXED + "observation.mean";
    static final String OBSERVATION_DEVIATION = FIXED + "observation.deviation";

    private static final String POLICY = "policy.";
    private static final String CRITIC = "critic.";
    static final String LOG_DEVIATION = POLICY + "log_deviation";

    /** Standardised columns are cut off at so many deviations. */
    private static final double CLIP = 10;

    /** The policy's last layer starts small, so that the first actions are noise about 0. */
    private static final double LAST_LAYER = 0.01;

    /** Of Adam; PPO's implementations take more than Adam's own. */
    private static final double EPSILON = 1e-5;

    /** Random stream of the actions that are learned from. */
    private static final int STREAM = 1;

    /** V: what the critic values, rewards and where there is a limit the cost. */
    int values() {
        return config.multiplier() == PpoConfig.MultiplierKind.NONE ? 1 : 2;
    }

    /**
     * One gradient step of policy and critic.
     *
     * <p>Inputs: observations [N][O], actions [N][A], old_log_density [N][1], advantage [N][1],
     * returns [N][1], and where there is a limit cost_returns [N][1]. Scalar inputs: policy_rate,
     * critic_rate. Scalar outputs: policy_loss, value_loss, divergence, clip_fraction, entropy.
     */
    Program training() {
        Program.Builder b = Program.builder("ppo-training");
        Node observations = observations(b);
        Node logDeviation = logDeviation(b);
        Node density =
                Gaussian.logDensity(
                                mean(b, observations), logDeviation, b.input("actions", actionSize))
                        .rowSum();
        Node old = b.input("old_log_density", 1);
        Node policyLoss = Ppo.policyLoss(density, old, b.input("advantage", 1), config.clip());
        Node entropy = Gaussian.entropy(logDeviation).sum();
        Node value = critic(b, observations);
        Node valueLoss = value.slice(0, 1).minus(b.input("returns", 1)).square().mean();
        if (values() == 2) {
            Node costs = value.slice(1, 2).minus(b.input("cost_returns", 1)).square().mean();
            valueLoss = valueLoss.plus(costs);
        }
        b.minimise(
                policyLoss.minus(entropy.times(config.entropy())),
                b.scalar("policy_rate"),
                optimiser(),
                parameters(b, POLICY));
        b.minimise(valueLoss, b.scalar("critic_rate"), optimiser(), parameters(b, CRITIC));
        b.output("policy_loss", policyLoss);
        b.output("value_loss", valueLoss);
        b.output("divergence", Ppo.divergence(density, old));
        b.output("clip_fraction", Ppo.clipFraction(density, old, config.clip()));
        b.output("entropy", entropy);
        return b.build();
    }

    /**
     * Acts to learn. Input: observations [N][O]. Scalar input: step, which other numbers are drawn
     * in. Outputs: action [N][A], log_density [N][1], values [N][V].
     */
    Program exploring() {
        Program.Builder b = Program.builder("ppo-exploring");
        Node observations = observations(b);
        Node mean = mean(b, observations);
        Node logDeviation = logDeviation(b);
        Node normals =
                b.normals(
                        actionSize,
                        Seeds.derive(config.seed(), "actions"),
                        STREAM,
                        b.scalar("step"));
        Node action = Gaussian.sample(mean, logDeviation.exp(), normals);
        b.output("action", action);
        b.output("log_density", Gaussian.logDensity(mean, logDeviation, action).rowSum());
        b.output("values", critic(b, observations));
        return b.build();
    }

    /** The critic. Input: observations [N][O]. Output: values [N][V]. */
    Program valuing() {
        Program.Builder b = Program.builder("ppo-valuing");
        b.output("values", critic(b, observations(b)));
        return b.build();
    }

    /** The policy. Input: observations [N][O]. Output: mean [N][A]. */
    Program acting() {
        Program.Builder b = Program.builder("ppo-acting");
        b.output("mean", mean(b, observations(b)));
        return b.build();
    }

    private Node observations(Program.Builder b) {
        Node raw = b.input("observations", observationSize);
        Node mean = b.parameter(OBSERVATION_MEAN, Initialiser.zeros(), observationSize);
        Node deviation =
                b.parameter(OBSERVATION_DEVIATION, Initialiser.constant(1), observationSize);
        return raw.minus(mean).over(deviation).clamp(-CLIP, CLIP);
    }

    private Node mean(Program.Builder b, Node observations) {
        Node hidden = hidden(b, POLICY, observations);
        Initialiser small = Initialiser.uniform(LAST_LAYER / Math.sqrt(config.hidden()));
        Node weight = b.parameter(POLICY + "2.weight", small, actionSize, config.hidden());
        Node bias = b.parameter(POLICY + "2.bias", Initialiser.zeros(), actionSize);
        return hidden.linear(weight, bias, Activation.NONE);
    }

    private Node critic(Program.Builder b, Node observations) {
        Node hidden = hidden(b, CRITIC, observations);
        return b.linear(CRITIC + "2", hidden, values(), Activation.NONE);
    }

    private Node hidden(Program.Builder b, String name, Node observations) {
        Node first = b.linear(name + "0", observations, config.hidden(), Activation.TANH);
        return b.linear(name + "1", first, config.hidden(), Activation.TANH);
    }

    private Node logDeviation(Program.Builder b) {
        return b.parameter(LOG_DEVIATION, Initialiser.constant(config.logDeviation()), actionSize);
    }

    private Optimiser optimiser() {
        Optimiser.Adam adam = new Optimiser.Adam(0.9, 0.999, EPSILON);
        return new Optimiser(adam, config.maxNorm(), 0);
    }

    private static Node[] parameters(Program.Builder b, String prefix) {
        return Arrays.stream(b.parameters())
                .filter(node -> ((Leaf.Parameter) node.operation()).name().startsWith(prefix))
                .toArray(Node[]::new);
    }
}
