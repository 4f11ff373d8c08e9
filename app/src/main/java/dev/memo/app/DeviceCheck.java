package dev.memo.app;

import dev.memo.kernels.Activation;
import dev.memo.kernels.Device;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Initialiser;
import dev.memo.kernels.Leaf;
import dev.memo.kernels.Matrix;
import dev.memo.kernels.Node;
import dev.memo.kernels.Optimiser;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import dev.memo.kernels.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds a device against the definitions of the operations, which are plain float64 loops: values
 * and gradients of a small program, and a step of Adam.
 *
 * @param quantity that differs most
 * @param difference of it, in units of its largest expected number
 */
record DeviceCheck(String quantity, double difference) {
    /** Rounding of float32 makes differences of some 1e-7 in sums of this length. */
    static final double TOLERANCE = 1e-5;

    /** No multiple of any vector or block. */
    private static final int ROWS = 37;

    private static final double RATE = 0.1;
    private static final Optimiser.Adam ADAM = new Optimiser.Adam(0.9, 0.999, 1e-8);

    /** Whether the device computes what it should. */
    boolean passed() {
        return difference <= TOLERANCE;
    }

    /** Runs the program on a device and compares all that it makes. */
    static DeviceCheck of(Device device) {
        Program program = program();
        Parameters parameters = device.parameters(0, program);
        Executable step = device.compile(program, ROWS, parameters);
        Map<String, float[]> leaves = new HashMap<>();
        for (Node node : program.nodes()) {
            switch (node.operation()) {
                case Leaf.Input(String name, int width) -> {
                    leaves.put(name, uniform(name, ROWS * width));
                    step.bind(name, leaves.get(name));
                }
                case Leaf.Parameter parameter ->
                        leaves.put(parameter.name(), parameters.get(parameter.name()).data());
                default -> {}
            }
        }
        step.run(ROWS);
        Map<Node, Matrix> expected = plain(program, leaves, ROWS);
        DeviceCheck worst = new DeviceCheck("", 0);
        for (Map.Entry<String, Node> output : program.outputs().entrySet()) {
            String name = output.getKey();
            double[] values = expected.get(output.getValue()).data();
            worst = worst.orWorse(name, doubles(step.read(name).data()), values);
        }
        for (Leaf.Parameter parameter : program.parameters()) {
            String name = parameter.name();
            float[] gradient = step.read(gradientOf(name)).data();
            double[] moved = doubles(parameters.get(name).data());
            double[] values = new double[moved.length];
            for (int i = 0; i < moved.length; i++) {
                moved[i] -= leaves.get(name)[i];
                // The first step, in which both moments are the gradient's once corrected.
                values[i] = -RATE * gradient[i] / (Math.abs(gradient[i]) + ADAM.epsilon());
            }
            worst = worst.orWorse("Adam's step of " + name, moved, values);
        }
        return worst;
    }

    /** A network that fits a target and pulls what it makes towards codes. */
    private static Program program() {
        Program.Builder b = Program.builder("doctor");
        Node x = b.input("x", 19);
        Node hidden = b.linear("hidden", x, 33, Activation.TANH);
        Node y = b.linear("last", hidden, 5, Activation.NONE);
        Node codes = b.parameter("codes", Initialiser.uniform(1), 7, 5);
        Node distances = y.squaredDistances(codes);
        Node pull = distances.negate().softmax().times(distances).mean();
        Node loss = y.minus(b.input("target", 5)).square().mean().plus(pull);
        b.output("values", y);
        b.output("distances", distances);
        b.output("nearest codes", distances.argMin());
        b.output("loss", loss);
        Node[] parameters = b.parameters();
        List<Node> gradients = b.gradients(loss, parameters);
        for (int i = 0; i < parameters.length; i++) {
            String name = ((Leaf.Parameter) parameters[i].operation()).name();
            b.output(gradientOf(name), gradients.get(i));
        }
        Optimiser adam = new Optimiser(ADAM, Double.POSITIVE_INFINITY, 0);
        b.minimise(loss, b.constant(RATE), adam, parameters);
        return b.build();
    }

    private static String gradientOf(String parameter) {
        return "gradient of " + parameter;
    }

    private static float[] uniform(String input, int count) {
        float[] values = new float[count];
        Initialiser.uniform(1).fill(0, input, values);
        return values;
    }

    /** Every node's value by its operation's definition. */
    static Map<Node, Matrix> plain(Program program, Map<String, float[]> leaves, int rows) {
        Map<Node, Matrix> known = new HashMap<>();
        for (Node node : program.nodes()) {
            Shape shape = node.shape();
            Matrix value = new Matrix(shape.rowsIn(rows), shape.width());
            switch (node.operation()) {
                case Leaf.Input input -> copy(leaves.get(input.name()), value);
                case Leaf.Parameter parameter -> copy(leaves.get(parameter.name()), value);
                default ->
                        node.operation()
                                .evaluate(node.inputs().stream().map(known::get).toList(), value);
            }
            known.put(node, value);
        }
        return known;
    }

    private static void copy(float[] from, Matrix to) {
        System.arraycopy(doubles(from), 0, to.data(), 0, from.length);
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /** This, or another quantity if it differs more. */
    private DeviceCheck orWorse(String other, double[] actual, double[] expected) {
        double largest = 0;
        double apart = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            apart = Math.max(apart, Math.abs(actual[i] - expected[i]));
        }
        double relative = apart == 0 ? 0 : apart / largest;
        // What is no number is as wrong as can be, and no comparison finds it.
        double worse = Double.isNaN(relative) ? Double.POSITIVE_INFINITY : relative;
        return worse > difference ? new DeviceCheck(other, worse) : this;
    }
}
