package dev.memo.kernels;

import static dev.memo.kernels.Evaluation.assertClose;

import dev.memo.base.ThreadTeam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimiserGoldenTest {
    private static final int STEPS = 10;
    private static final List<Integer> RECORDED = List.of(1, 2, 3, STEPS);

    static List<Golden> given() {
        return cases("given");
    }

    static List<Golden> trained() {
        return cases("train");
    }

    private static List<Golden> cases(String kind) {
        return Golden.cases("optimisers.json", kind).stream()
                .filter(golden -> !golden.setting("optimiser").asString().equals("sgd"))
                .toList();
    }

    private static Optimiser optimiser(Golden golden) {
        if (golden.setting("optimiser").asString().equals("adam")) {
            return Optimiser.adam();
        }
        boolean rectify = golden.setting("rectify").asBoolean();
        return new Optimiser(
                new Optimiser.AdaBelief(0.9, 0.999, 1e-16, rectify), Double.POSITIVE_INFINITY, 0);
    }

    @ParameterizedTest
    @MethodSource("given")
    void followsGivenGradients(Golden golden) {
        Program.Builder builder = Program.builder("given");
        Node parameter = golden.parameter(builder, "parameters");
        Node slope = builder.parameter("slope", Initialiser.zeros(), golden.shape("parameters"));
        Node rate = builder.scalar("learning_rate");
        builder.minimise(parameter.times(slope).sum(), rate, optimiser(golden), parameter);
        Program program = builder.build();
        try (ThreadTeam team = new ThreadTeam(1);
                Device device = TestDevice.open(team)) {
            Parameters parameters = device.parameters(0, program);
            parameters.set("parameters", Evaluation.floats(golden.input("parameters")));
            Executable executable = device.compile(program, 1, parameters);
            executable.set("learning_rate", (float) golden.setting("lr").asDouble());
            double[] gradients = golden.input("gradients");
            int size = golden.shape("parameters")[0];
            for (int t = 1; t <= STEPS; t++) {
                double[] row = Arrays.copyOfRange(gradients, (t - 1) * size, t * size);
                parameters.set("slope", Evaluation.floats(row));
                executable.run(1);
                if (RECORDED.contains(t)) {
                    checkMoved(golden, "parameters", "parameters_" + t, parameters);
                }
            }
        }
    }

    /** Compares the parameter, and how far it moved. */
    private static void checkMoved(
            Golden golden, String name, String output, Parameters parameters) {
        double[] start = golden.input(name);
        double[] expected = golden.output(output);
        double[] actual = Evaluation.doubles(parameters.get(name).data());
        assertClose(golden + " " + output, actual, expected, golden.tolerance(output));
        double[] move = new double[start.length];
        double[] expectedMove = new double[start.length];
        double largest = 0;
        for (int i = 0; i < start.length; i++) {
            move[i] = actual[i] - start[i];
            expectedMove[i] = expected[i] - start[i];
            largest = Math.max(largest, Math.abs(start[i]));
        }
        double step = Arrays.stream(expectedMove).map(Math::abs).max().orElseThrow();
        // A parameter moves in float32 steps of its own size.
        double rounding = largest * 0x1p-23 * STEPS / step;
        assertClose(golden + " move to " + output, move, expectedMove, 1e-5 + rounding);
    }

    @ParameterizedTest
    @MethodSource("trained")
    void trainsANetworkWithClippedGradients(Golden golden) {
        Program.Builder builder = Program.builder("train");
        Map<String, Node> leaves = new LinkedHashMap<>();
        Node output = MlpGoldenTest.network(golden, builder, golden.rows(builder, "input"), leaves);
        Node loss = output.minus(golden.rows(builder, "target")).square().mean();
        Node norm =
                builder.minimise(
                        loss,
                        builder.constant(golden.setting("lr").asDouble()),
                        optimiser(golden).clipped(golden.setting("max_norm").asDouble()),
                        builder.parameters());
        builder.output("loss", loss);
        builder.output("norm", norm);
        Program program = builder.build();
        try (ThreadTeam team = new ThreadTeam(2);
                Device device = TestDevice.open(team)) {
            Parameters parameters = device.parameters(0, program);
            int rows = golden.shape("input")[0];
            Executable executable = device.compile(program, rows, parameters);
            Evaluation.feed(program, executable, parameters, golden.inputs());
            List<Double> losses = new ArrayList<>();
            List<Double> norms = new ArrayList<>();
            for (int t = 1; t <= STEPS; t++) {
                executable.run(rows);
                losses.add((double) executable.scalar("loss"));
                norms.add((double) executable.scalar("norm"));
                if (RECORDED.contains(t)) {
                    for (String name : leaves.keySet()) {
                        checkMoved(golden, name, name + "_" + t, parameters);
                    }
                }
            }
            check(golden, "loss", losses);
            check(golden, "norm", norms);
        }
    }

    private static void check(Golden golden, String output, List<Double> actual) {
        double[] values = actual.stream().mapToDouble(Double::doubleValue).toArray();
        assertClose(golden + " " + output, values, golden.output(output), golden.tolerance(output));
    }
}
