package dev.memo.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.ThreadTeam;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a program on given values, plainly in float64 or on the device that tests are about. */
final class Evaluation {
    private Evaluation() {}

    /** All outputs by the operations' plain definitions. */
    static Map<String, double[]> plain(Program program, Map<String, double[]> values, int rows) {
        Map<Node, Matrix> known = new HashMap<>();
        for (Node node : program.nodes()) {
            Shape shape = node.shape();
            Matrix out = new Matrix(shape.rowsIn(rows), shape.width());
            String name = nameOf(node);
            if (name == null) {
                List<Matrix> inputs = node.inputs().stream().map(known::get).toList();
                node.operation().evaluate(inputs, out);
            } else {
                System.arraycopy(values.get(name), 0, out.data(), 0, out.data().length);
            }
            known.put(node, out);
        }
        Map<String, double[]> outputs = new LinkedHashMap<>();
        program.outputs().forEach((name, node) -> outputs.put(name, known.get(node).data()));
        return outputs;
    }

    private static String nameOf(Node node) {
        return switch (node.operation()) {
            case Leaf.Input input -> input.name();
            case Leaf.Parameter parameter -> parameter.name();
            case Leaf.Scalar scalar -> scalar.name();
            default -> null;
        };
    }

    /** All outputs on the device, planned for a few more rows than are run. */
    static Map<String, double[]> onDevice(Program program, Map<String, double[]> values, int rows) {
        try (ThreadTeam team = new ThreadTeam(2);
                Device device = TestDevice.open(team)) {
            Parameters parameters = device.parameters(0, program);
            Executable executable = device.compile(program, rows + 3, parameters);
            feed(program, executable, parameters, values);
            // Twice: nothing that the first run left may show in the second.
            executable.run(rows);
            executable.run(rows);
            Map<String, double[]> outputs = new LinkedHashMap<>();
            for (String name : program.outputs().keySet()) {
                outputs.put(name, doubles(executable.read(name).data()));
            }
            return outputs;
        }
    }

    /** Binds inputs, sets scalars and parameters. */
    static void feed(
            Program program,
            Executable executable,
            Parameters parameters,
            Map<String, double[]> values) {
        for (Node node : program.nodes()) {
            String name = nameOf(node);
            switch (node.operation()) {
                case Leaf.Input _ -> executable.bind(name, floats(values.get(name)));
                case Leaf.Parameter _ -> parameters.set(name, floats(values.get(name)));
                case Leaf.Scalar _ -> executable.set(name, (float) values.get(name)[0]);
                default -> {}
            }
        }
    }

    static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /** Expected numbers below are zeros that a difference of float64 numbers did not quite meet. */
    private static final double ZERO = 1e-12;

    /** Compares with a tolerance in units of the largest expected entry, absolute if all are 0. */
    static void assertClose(String what, double[] actual, double[] expected, double tolerance) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        double bound = tolerance * (largest < ZERO ? 1 : largest);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(actual[i] - expected[i]))
                    .as("%s, entry %d: %s, expected %s", what, i, actual[i], expected[i])
                    .isLessThanOrEqualTo(bound);
        }
    }
}
