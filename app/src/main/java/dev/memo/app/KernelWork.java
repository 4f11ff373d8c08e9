package dev.memo.app;

import dev.memo.base.RandomStream;
import dev.memo.kernels.Activation;
import dev.memo.kernels.Device;
import dev.memo.kernels.DistanceCodeSlope;
import dev.memo.kernels.DistanceRowSlope;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Gaussian;
import dev.memo.kernels.Initialiser;
import dev.memo.kernels.Leaf;
import dev.memo.kernels.Linear;
import dev.memo.kernels.Node;
import dev.memo.kernels.Optimiser;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Product;
import dev.memo.kernels.Program;
import dev.memo.kernels.Shape;
import dev.memo.kernels.SquaredDistances;
import dev.memo.kernels.TransposedProduct;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Programs whose speed is measured: the work that other libraries are timed with too, with the same
 * layers, activations, losses, optimiser and rows.
 */
enum KernelWork {
    /** A policy, 60-256-256-4 with tanh between. Output: y [rows][4]. */
    MLP_FORWARD(KernelWork::mlpForward, 1, 64, 4_096, 16_384, 65_536),

    /** The same network: forward, backward from its mean squared error, a step of Adam. */
    MLP_TRAIN(KernelWork::mlpTraining, 64, 256, 1_024, 4_096, 16_384),

    /** A whole gradient step of MEMO, with the networks and the codebook of feloundou/memo. */
    MEMO_STEP(KernelWork::memoTraining, 512, 4_096),

    /** A whole learner step of MPO on so many transitions; {@link MpoStep} says which. */
    MPO_STEP(KernelWork::mpoTraining, 256),

    /** Squared distances to 64 codes of 60 numbers, and which code is nearest. */
    CODEBOOK_64(() -> codebook(64), 65_536),

    /** The same with 512 codes. */
    CODEBOOK_512(() -> codebook(512), 65_536),

    /** A matrix product y = x W^T with W [256][256], and the one of weight gradients, y^T y. */
    PRODUCTS_256(() -> products(256), 4_096),

    /** The same with W [1000][1000]. */
    PRODUCTS_1000(() -> products(1_000), 4_096);

    /** Numbers of an observation, and of a difference of two. */
    private static final int OBSERVATION = 60;

    private static final int CODES = 4;
    private static final int ACTION = 2;
    private static final double LEARNING_RATE = 3e-4;

    private final Supplier<Program> program;
    private final List<Integer> batches;

    KernelWork(Supplier<Program> program, Integer... batches) {
        this.program = program;
        this.batches = List.of(batches);
    }

    /** Writes the program. */
    Program program() {
        return program.get();
    }

    /** The numbers of rows that are measured unless told otherwise. */
    List<Integer> batches() {
        return batches;
    }

    /** "mlp-forward": what a person calls it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Floating-point operations of a run: two per multiply-add of its matrix products, those for
     * gradients included and nothing else. Squared distances count as the product that they can be
     * computed by.
     */
    static long flops(Program program, int rows) {
        return program.needed().stream()
                .mapToObj(program.nodes()::get)
                .mapToLong(node -> flops(node, rows))
                .sum();
    }

    private static long flops(Node node, int rows) {
        return switch (node.operation()) {
            case Linear _,
                    Product _,
                    TransposedProduct _,
                    SquaredDistances _,
                    DistanceRowSlope _,
                    DistanceCodeSlope _ -> {
                // In all of them every entry of the first input meets one row of the result.
                Shape first = node.inputs().getFirst().shape();
                yield 2L * first.rowsIn(rows) * first.width() * node.shape().width();
            }
            default -> 0;
        };
    }

    /**
     * Compiles the program with parameters from a seed, and binds rows to all inputs: x and next_x
     * uniform in [0, 1), differences normal with a deviation of 0.1, as target what a random linear
     * layer with tanh makes of x; actions uniform in [-1, 1), two rewards that depend on x and
     * action, and a discount of 0.99.
     */
    Executable compile(Device device, int rows, long seed) {
        Program written = program();
        Parameters parameters = device.parameters(seed, written);
        MpoStep.begin(parameters);
        Executable executable = device.compile(written, rows, parameters);
        inputs(written, rows, seed).forEach(executable::bind);
        return executable;
    }

    private static Map<String, float[]> inputs(Program program, int rows, long seed) {
        RandomStream random = new RandomStream(seed, 0, 0, 0);
        float[] x = uniform(rows * OBSERVATION, 0, random);
        Map<String, float[]> inputs = new HashMap<>();
        for (Node node : program.nodes()) {
            if (node.operation() instanceof Leaf.Input(String name, int width)) {
                float[] data =
                        switch (name) {
                            case "x" -> x;
                            case "next_x" -> uniform(rows * width, 0, random);
                            case "differences" -> normal(rows * width, 0.1, random);
                            case "target" -> taught(x, rows, width, random);
                            case "action" -> uniform(rows * width, -1, random);
                            case "reward" -> rewards(x, inputs.get("action"), rows);
                            case "wide" -> uniform(rows * width, -1, random);
                            case "discount" -> filled(rows, 0.99f);
                            default -> throw new IllegalStateException("no rows for " + name);
                        };
                inputs.put(name, data);
            }
        }
        return inputs;
    }

    /** In [low, 1). */
    private static float[] uniform(int count, double low, RandomStream random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.uniform(low, 1);
        }
        return values;
    }

    private static float[] normal(int count, double deviation, RandomStream random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.normal());
        }
        return values;
    }

    private static float[] taught(float[] x, int rows, int width, RandomStream random) {
        float[] weight = normal(OBSERVATION * width, 1.0 / 8, random);
        float[] target = new float[rows * width];
        for (int i = 0; i < target.length; i++) {
            double sum = 0;
            for (int k = 0; k < OBSERVATION; k++) {
                sum += x[i / width * OBSERVATION + k] * weight[k * width + i % width];
            }
            target[i] = (float) Math.tanh(sum);
        }
        return target;
    }

    /** How near an action is to the first two numbers of x, and how its first one goes with x. */
    private static float[] rewards(float[] x, float[] action, int rows) {
        float[] rewards = new float[rows * MpoStep.OBJECTIVES];
        for (int i = 0; i < rows; i++) {
            float first = action[i * ACTION] - x[i * OBSERVATION];
            float second = action[i * ACTION + 1] - x[i * OBSERVATION + 1];
            rewards[2 * i] = -first * first - second * second;
            rewards[2 * i + 1] = action[i * ACTION] * x[i * OBSERVATION + 3];
        }
        return rewards;
    }

    private static float[] filled(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }

    private static Program mlpForward() {
        Program.Builder b = Program.builder("mlp-forward");
        b.output("y", network(b, "layer", b.input("x", OBSERVATION), 256, 256, 4));
        return b.build();
    }

    private static Program mlpTraining() {
        Program.Builder b = Program.builder("mlp-train");
        Node y = network(b, "layer", b.input("x", OBSERVATION), 256, 256, 4);
        learn(b, squaredError(y, b.input("target", 4)));
        return b.build();
    }

    private static Program memoTraining() {
        Program.Builder b = Program.builder("memo-step");
        Node x = b.input("x", OBSERVATION);
        Node differences = b.input("differences", OBSERVATION);
        Node z = network(b, "encoder", differences, 30, 60, OBSERVATION);
        Node codes = b.parameter("codes", Initialiser.uniform(1.0 / CODES), CODES, OBSERVATION);
        Node distances = z.squaredDistances(codes);
        Node code = distances.argMin().oneHot(CODES).product(codes);
        Node reconstructed =
                network(b, "decoder", z.straightThrough(code), 1_000, 1_000, 1_000, OBSERVATION);
        Node quantisation =
                squaredError(reconstructed, differences)
                        .plus(squaredError(code, z.stopGradient()))
                        .plus(squaredError(z, code.stopGradient()));
        Node mean = network(b, "actor", x.concat(distances), 256, 256, ACTION);
        Node logDeviation = b.parameter("log_deviation", Initialiser.constant(-0.5), ACTION);
        Node density = Gaussian.logDensity(mean, logDeviation, b.input("target", ACTION));
        learn(b, quantisation.minus(density.rowSum().mean()));
        return b.build();
    }

    private static Program mpoTraining() {
        return MpoStep.program(OBSERVATION, ACTION);
    }

    private static Program codebook(int codes) {
        Program.Builder b = Program.builder("codebook-" + codes);
        Node codebook = b.parameter("codes", Initialiser.uniform(1), codes, OBSERVATION);
        Node distances = b.input("x", OBSERVATION).squaredDistances(codebook);
        b.output("distances", distances);
        b.output("nearest", distances.argMin());
        return b.build();
    }

    private static Program products(int width) {
        Program.Builder b = Program.builder("products-" + width);
        Node y =
                b.input("wide", width)
                        .linear(b.parameter("w", Initialiser.fanIn(width), width, width));
        b.output("gradient", y.transposedProduct(y));
        return b.build();
    }

    /** Linear layers with bias, tanh after all but the last. */
    private static Node network(Program.Builder b, String name, Node x, int... sizes) {
        Node last = x;
        for (int i = 0; i < sizes.length; i++) {
            Activation activation = i < sizes.length - 1 ? Activation.TANH : Activation.NONE;
            last = b.linear(name + "." + i, last, sizes[i], activation);
        }
        return last;
    }

    private static Node squaredError(Node y, Node target) {
        return y.minus(target).square().mean();
    }

    private static void learn(Program.Builder b, Node loss) {
        b.minimise(loss, b.constant(LEARNING_RATE), Optimiser.adam(), b.parameters());
        b.output("loss", loss);
    }
}
