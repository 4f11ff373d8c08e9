package dev.memo.app;

import dev.memo.kernels.Activation;
import dev.memo.kernels.Categorical;
import dev.memo.kernels.Gaussian;
import dev.memo.kernels.Initialiser;
import dev.memo.kernels.Leaf;
import dev.memo.kernels.Node;
import dev.memo.kernels.Optimiser;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A learner step of MPO (Abdolmaleki et al. 2018) with two objectives and a categorical critic for
 * each (Bellemare et al. 2017), in the sizes of Acme's DMPO. It is here to be measured: nothing
 * acts by its policy.
 *
 * <p>For each of the rows, a transition (x, action, reward [2], discount, next_x): the target
 * policy draws 20 actions in next_x, and the target critics value them. Each critic's loss is the
 * cross-entropy of its distribution at (x, action) against the mean of those 20, moved by reward
 * and discount. Improvement: softmax over the 20 of value / temperature, a temperature per
 * objective, both objectives weighing the same. Projection: the likelihood of the 20 under those
 * weights, for mean and standard deviation apart, with a divergence from the target policy bounded
 * per dimension by multipliers. Adam moves networks and duals; target networks follow what the
 * networks were before.
 *
 * <p>Networks are linear 256, layer norm, tanh, linear 256, ELU, linear 256, ELU, linear. Outputs:
 * loss, critic_loss, kl_mean [2], kl_std [2].
 */
final class MpoStep {
    static final int OBJECTIVES = 2;

    private static final int SAMPLES = 20;
    private static final int HIDDEN = 256;
    private static final int ATOMS = 51;
    private static final double LOWEST_VALUE = -10;
    private static final double HIGHEST_VALUE = 10;
    private static final double LEAST_STD = 1e-3;

    /** What a divergence may be: of the improved policy, of means and of standard deviations. */
    private static final double IMPROVEMENT_BOUND = 0.1;

    private static final double MEAN_BOUND = 0.01;
    private static final double STD_BOUND = 1e-5;

    private static final double NETWORK_RATE = 1e-4;
    private static final double DUAL_RATE = 1e-2;

    /** By which share of the way target networks follow in a step. */
    private static final double TARGET_RATE = 0.005;

    /** What the names of the target networks' parameters begin with. */
    private static final String TARGET = "target.";

    private final Program.Builder b = Program.builder("mpo-step");
    private final List<Node> duals = new ArrayList<>();
    private Node dualLoss = b.constant(0);

    /** What a policy makes of rows: mean and standard deviation of each number of an action. */
    private record Policy(Node mean, Node std) {
        /** The log density of 20 actions per row, [rows x 20][1]. */
        static Node logDensity(Node mean, Node std, Node actions) {
            Node logStd = std.log().repeat(SAMPLES);
            return Gaussian.logDensity(mean.repeat(SAMPLES), logStd, actions).rowSum();
        }
    }

    private MpoStep() {}

    /** Writes the program for observations and actions of such widths. */
    static Program program(int observation, int action) {
        return new MpoStep().write(observation, action);
    }

    /** Lets target networks begin as copies of those that they follow. */
    static void begin(Parameters parameters) {
        for (String name : parameters.names()) {
            if (name.startsWith(TARGET)) {
                String followed = name.substring(TARGET.length());
                parameters.set(name, parameters.get(followed).data());
            }
        }
    }

    private Program write(int observation, int actionSize) {
        Node x = b.input("x", observation);
        Node action = b.input("action", actionSize);
        Node reward = b.input("reward", OBJECTIVES);
        Node discount = b.input("discount", 1);
        Node nextX = b.input("next_x", observation);

        Policy policy = policy("policy", nextX, actionSize);
        List<Node> logits = critics("", x.concat(action));
        Node[] networks = b.parameters();

        Policy target = policy(TARGET + "policy", nextX, actionSize);
        Node normals = b.normals(SAMPLES * actionSize, 0, 0, step()).split(SAMPLES);
        Node mean = target.mean.repeat(SAMPLES);
        Node sampled = Gaussian.sample(mean, target.std.repeat(SAMPLES), normals);
        Node judged = nextX.repeat(SAMPLES).concat(sampled.clamp(-1, 1));
        List<Node> targetLogits = critics(TARGET, judged);

        Node criticLoss = b.constant(0);
        Node weights = b.constant(0, SAMPLES);
        for (int k = 0; k < OBJECTIVES; k++) {
            Node atoms = targetLogits.get(k).softmax();
            Node moved =
                    Categorical.project(
                            atoms.groupMean(),
                            reward.slice(k, k + 1),
                            discount,
                            LOWEST_VALUE,
                            HIGHEST_VALUE);
            Node ofCritic = Categorical.crossEntropy(moved, logits.get(k)).mean();
            criticLoss = criticLoss.plus(ofCritic.times(1.0 / OBJECTIVES));
            Node values = Categorical.mean(atoms, LOWEST_VALUE, HIGHEST_VALUE).join();
            weights = weights.plus(improvement(k, values).times(1.0 / OBJECTIVES));
        }
        Node loss = criticLoss.plus(projection(policy, target, sampled, weights));

        b.output("loss", loss.plus(dualLoss));
        b.output("critic_loss", criticLoss);
        // Each loss reads what the other one moves, but moves its own parameters only.
        b.minimise(loss, b.constant(NETWORK_RATE), Optimiser.adam(), networks);
        b.minimise(dualLoss, b.constant(DUAL_RATE), Optimiser.adam(), duals.toArray(Node[]::new));
        follow();
        return b.build();
    }

    private Policy policy(String name, Node x, int actionSize) {
        Node y = network(name, x, 2 * actionSize);
        Node std = y.slice(actionSize, 2 * actionSize).softplus().plus(LEAST_STD);
        return new Policy(y.slice(0, actionSize), std);
    }

    /** The logits of each objective's value distribution. */
    private List<Node> critics(String prefix, Node xAndAction) {
        List<Node> logits = new ArrayList<>();
        for (int k = 0; k < OBJECTIVES; k++) {
            logits.add(network(prefix + "critic." + k, xAndAction, ATOMS));
        }
        return logits;
    }

    private Node network(String name, Node x, int outputs) {
        Node first = b.linear(name + ".0", x, HIDDEN, Activation.NONE);
        Node gain = b.parameter(name + ".norm.weight", Initialiser.constant(1), HIDDEN);
        Node bias = b.parameter(name + ".norm.bias", Initialiser.zeros(), HIDDEN);
        Node second = first.layerNorm(gain, bias).tanh();
        second = b.linear(name + ".1", second, HIDDEN, Activation.ELU);
        Node third = b.linear(name + ".2", second, HIDDEN, Activation.ELU);
        return b.linear(name + ".3", third, outputs, Activation.NONE);
    }

    /** A number that counts runs, so that each draws other actions. */
    private Node step() {
        Node step = b.parameter("step", Initialiser.zeros());
        b.assign(step, step.plus(1));
        return step;
    }

    /** What is kept positive by softplus, of such a shape. */
    private Node dual(String name, int... shape) {
        Node raw = b.parameter(name, Initialiser.constant(1), shape);
        duals.add(raw);
        return raw.softplus().plus(1e-8);
    }

    /** The weights of the sampled actions [rows][20] by their values [rows][20]. */
    private Node improvement(int objective, Node values) {
        Node temperature = dual("temperature." + objective);
        Node scaled = values.over(temperature);
        Node logMean = scaled.logSumExp().plus(-Math.log(SAMPLES)).mean();
        dualLoss = dualLoss.plus(temperature.times(logMean.plus(IMPROVEMENT_BOUND)));
        return scaled.softmax();
    }

    /** The loss by which a policy becomes the improved one without going too far. */
    private Node projection(Policy policy, Policy target, Node sampled, Node weights) {
        Node byMean = Policy.logDensity(policy.mean, target.std, sampled);
        Node byStd = Policy.logDensity(target.mean, policy.std, sampled);
        Node likelihood = byMean.plus(byStd).join().times(weights).rowSum().mean();
        Node klMean = Gaussian.meanDivergence(target.mean, policy.mean, target.std).columnMean();
        Node klStd = Gaussian.stdDivergence(target.std, policy.std).columnMean();
        b.output("kl_mean", klMean);
        b.output("kl_std", klStd);
        return bounded("mean_multiplier", klMean, MEAN_BOUND)
                .plus(bounded("std_multiplier", klStd, STD_BOUND))
                .minus(likelihood);
    }

    /** What divergences [D] cost, each by a multiplier that grows where it is above the bound. */
    private Node bounded(String name, Node divergences, double bound) {
        Node multipliers = dual(name, divergences.shape().width());
        dualLoss = dualLoss.plus(multipliers.times(divergences.negate().plus(bound)).sum());
        return multipliers.times(divergences).sum();
    }

    private void follow() {
        Node rate = b.constant(TARGET_RATE);
        Map<String, Node> parameters = new LinkedHashMap<>();
        for (Node parameter : b.parameters()) {
            parameters.put(((Leaf.Parameter) parameter.operation()).name(), parameter);
        }
        parameters.forEach(
                (name, parameter) -> {
                    if (name.startsWith(TARGET)) {
                        String followed = name.substring(TARGET.length());
                        b.follow(parameter, parameters.get(followed), rate);
                    }
                });
    }
}
