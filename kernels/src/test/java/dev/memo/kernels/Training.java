package dev.memo.kernels;

import dev.memo.base.RandomStream;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.jvm.JvmDevice;
import java.util.Arrays;

/**
 * A training program that uses most kernels, for tests of determinism; run as a main class it
 * prints the digest of what it learned, so that another JVM can be compared.
 */
public final class Training {
    private static final int ROWS = 150;
    private static final int STEPS = 5;
    private static final int WIDTH = 19;
    private static final int CODES = 3;

    private Training() {}

    /** Arguments: threads. */
    public static void main(String[] arguments) {
        try (ThreadTeam team = new ThreadTeam(Integer.parseInt(arguments[0]))) {
            // The only way for a forked JVM to answer.
            System.out.println("digest " + digest(team));
        }
    }

    /** The program. */
    public static Program program() {
        Program.Builder builder = Program.builder("training");
        Node x = builder.input("x", WIDTH);
        Node action = builder.input("action", 2);
        Node rate = builder.scalar("learning_rate");
        Node h = builder.linear("encoder0", x, 34, Activation.TANH);
        Node z = builder.linear("encoder1", h, 9, Activation.ELU);
        Node codebook = builder.parameter("codebook", Initialiser.uniform(0.5), CODES, 9);
        Node distance = z.squaredDistances(codebook);
        Node chosen = distance.argMin().oneHot(CODES).product(codebook);
        Node decoded = builder.linear("decoder", z.straightThrough(chosen), WIDTH, Activation.NONE);
        Node vq = decoded.minus(x).square().mean().plus(z.minus(chosen).square().mean());
        Node context = distance.times(-1).softmax();
        Node mean = builder.linear("policy", x.concat(context), 2, Activation.NONE);
        Node logStd = builder.parameter("log_std", Initialiser.constant(-0.5), 2);
        Node density = Gaussian.logDensity(mean, logStd.clamp(-3, 0.5), action);
        Node ratio = density.exp().plus(0.1).reciprocal().rowSum().mean();
        Node loss = vq.log().plus(ratio.log()).plus(mean.softplus().sqrt().mean());
        loss = loss.plus(sampled(builder, rate, x, action, mean, logStd));
        Node[] learned =
                Arrays.stream(builder.parameters())
                        .filter(node -> !node.operation().label().equals("parameter target"))
                        .toArray(Node[]::new);
        builder.minimise(loss, rate, Optimiser.adaBelief().clipped(0.5), learned);
        builder.output("loss", loss);
        builder.output("mean", mean);
        return builder.build();
    }

    /** What learners with sampled actions, targets and windows add: numbers without a meaning. */
    private static Node sampled(
            Program.Builder builder, Node rate, Node x, Node action, Node mean, Node logStd) {
        Node step = builder.constant(3);
        Node noise = builder.normals(6, 17, 1, step).split(3);
        Node samples = Gaussian.sample(mean.repeat(3), logStd.exp(), noise);
        Node logits = builder.linear("critic", x.repeat(3).concat(samples), 7, Activation.NONE);
        Node target = builder.parameter("target", Initialiser.uniform(0.5), 7, WIDTH);
        Node next = x.linear(target).softmax();
        Node reward = builder.uniforms(1, 17, 2, step);
        Node projected = Categorical.project(next, reward, reward, -1, 1).repeat(3);
        builder.follow(target, target.times(0.5), rate);
        Node critic = Categorical.crossEntropy(projected, logits).mean();
        Node density = Gaussian.logDensity(mean, logStd, action).rowSum();
        Node policy = Ppo.policyLoss(density, density.stopGradient().plus(0.1), reward, 0.05);
        Node window = x.slice(0, 18);
        Node scores = builder.linear("score", window.split(6), 1, Activation.NONE);
        Node pooled = Attention.pool(window.split(6), scores);
        return critic.plus(policy).plus(pooled.max(x.slice(16, WIDTH)).logSumExp().mean());
    }

    /** The same inputs and outputs with hidden layers past every block size of the kernels. */
    public static Program wideProgram() {
        Program.Builder builder = Program.builder("wide");
        Node x = builder.input("x", WIDTH);
        Node action = builder.input("action", 2);
        Node rate = builder.scalar("learning_rate");
        Node h = builder.linear("hidden0", x, 517, Activation.TANH);
        Node g = builder.linear("hidden1", h, 519, Activation.ELU);
        Node recurrent = Gru.of(builder, "gru", 6, 35).last(x.slice(0, 18), 3);
        Node mean = builder.linear("policy", g.concat(recurrent), 2, Activation.NONE);
        Node loss = mean.minus(action).square().mean();
        Optimiser adam = Optimiser.adam().clipped(0.01).decayed(1e-3);
        builder.minimise(loss, rate, adam, builder.parameters());
        builder.output("loss", loss);
        builder.output("mean", mean);
        return builder.build();
    }

    /** Binds data and the learning rate. */
    public static void feed(Executable executable) {
        RandomStream random = new RandomStream(11, 0, 0, 0);
        executable.bind("x", uniform(random, ROWS * WIDTH));
        executable.bind("action", uniform(random, ROWS * 2));
        executable.set("learning_rate", 1e-2f);
    }

    private static float[] uniform(RandomStream random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.uniform(-1, 1);
        }
        return values;
    }

    public static void steps(Executable executable, int count) {
        for (int i = 0; i < count; i++) {
            executable.run(ROWS - i % 3);
        }
    }

    public static int maxRows() {
        return ROWS;
    }

    /** A hash of all bytes that a few steps of training make. */
    public static int digest(ThreadTeam team) {
        return digest(team, program());
    }

    /** The same of one of the programs above. */
    public static int digest(ThreadTeam team, Program program) {
        Device device = new JvmDevice(team);
        Parameters parameters = device.parameters(5, program);
        Executable executable = device.compile(program, ROWS, parameters);
        feed(executable);
        steps(executable, STEPS);
        int digest = Arrays.hashCode(executable.read("mean").data());
        for (String name : parameters.names()) {
            digest = 31 * digest + Arrays.hashCode(parameters.get(name).data());
        }
        return 31 * digest + Float.floatToIntBits(executable.scalar("loss"));
    }
}
