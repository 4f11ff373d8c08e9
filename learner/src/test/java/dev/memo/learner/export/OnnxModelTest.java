package dev.memo.learner.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.InputException;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Activation;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Initialiser;
import dev.memo.kernels.Node;
import dev.memo.kernels.Optimiser;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import dev.memo.kernels.jvm.JvmDevice;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The golden models are bytes of ours that onnx.checker and onnxruntime took; the golden outputs
 * are what onnxruntime computed from them. Whoever changes the bytes has to ask both again.
 */
class OnnxModelTest {
    private static final int OBSERVATION = 3;
    private static final int CONTEXT = 2;
    private static final Map<String, float[]> FIXED = Map.of("context", new float[] {0.5f, -1});

    /** Every operation that can be written. */
    private static Program everyOperation() {
        Program.Builder b = Program.builder("every-operation");
        Node observations = b.input("observations", OBSERVATION);
        Node context = b.input("context", CONTEXT);
        Node mean = b.parameter("mean_of", Initialiser.zeros(), OBSERVATION);
        Node deviation = b.parameter("deviation_of", Initialiser.zeros(), OBSERVATION);
        Node x = observations.minus(mean).over(deviation).clamp(-1.5, 1.25).concat(context);
        Node tanh = b.linear("tanh", x, 4, Activation.TANH);
        Node relu = b.linear("relu", tanh, 3, Activation.RELU);
        Node elu = b.linear("elu", tanh, 3, Activation.ELU);
        Node plain = tanh.linear(b.parameter("plain.weight", Initialiser.zeros(), 3, 4));
        Node mixed = relu.times(elu).plus(relu.max(plain)).minus(elu.min(tanh.slice(1, 4)));
        Node positive = mixed.square().times(2).plus(0.75);
        Node functions =
                positive.log()
                        .plus(positive.sqrt())
                        .plus(positive.reciprocal())
                        .plus(mixed.tanh().exp())
                        .plus(mixed.softplus().times(b.constant(0.3)));
        b.output("mean", functions.plus(tanh.slice(0, 1)));
        b.output("mixed", mixed);
        return b.build();
    }

    /** Numbers that follow from nothing but their place. */
    private static Parameters withNumbers(JvmDevice device, Program program) {
        Parameters parameters = device.parameters(0, program);
        for (String name : parameters.names()) {
            float[] values = parameters.get(name).data();
            for (int i = 0; i < values.length; i++) {
                values[i] = ((7 * i + name.length()) % 11 - 5) / 8f + 0.01f;
            }
            parameters.set(name, values);
        }
        return parameters;
    }

    private static byte[] written(Program program, Map<String, float[]> fixed) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("learner", "nobody");
        metadata.put("log_deviation", "[-0.5]");
        try (ThreadTeam team = new ThreadTeam(1);
                JvmDevice device = new JvmDevice(team)) {
            Parameters parameters = withNumbers(device, program);
            return OnnxModel.of(program, parameters, fixed, "1.2.3", metadata);
        }
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = OnnxModelTest.class.getResourceAsStream("/golden/onnx/" + name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void everyOperationIsWrittenAsOnnxRuntimeTookIt() throws IOException {
        assertThat(written(everyOperation(), Map.of())).isEqualTo(golden("every-operation.onnx"));
    }

    @Test
    void aFixedInputIsNoInputOfTheModel() throws IOException {
        assertThat(written(everyOperation(), FIXED)).isEqualTo(golden("fixed-context.onnx"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"every-operation", "fixed-context"})
    void onnxRuntimeComputesWhatTheDeviceComputes(String model) throws IOException {
        JsonNode golden = JsonMapper.shared().readTree(golden("outputs.json")).path(model);
        float[] observations = floats(golden.path("observations"));
        int rows = observations.length / OBSERVATION;
        float[] mean = new float[rows * OBSERVATION];
        float[] mixed = new float[rows * OBSERVATION];
        Program program = everyOperation();
        try (ThreadTeam team = new ThreadTeam(1);
                JvmDevice device = new JvmDevice(team)) {
            Executable run = device.compile(program, rows, withNumbers(device, program));
            run.bind("observations", observations);
            run.bind("context", floats(golden.path("context")));
            run.bind("mean", mean);
            run.bind("mixed", mixed);
            run.run(rows);
        }
        assertThat(rows).isEqualTo(5);
        assertThat(mean).containsExactly(floats(golden.path("mean")), within(1e-5f));
        assertThat(mixed).containsExactly(floats(golden.path("mixed")), within(1e-5f));
    }

    private static float[] floats(JsonNode numbers) {
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers.get(i).asDouble();
        }
        return values;
    }

    static Stream<Arguments> operationsThatHaveNoPlaceInAPolicy() {
        return Stream.of(
                refused("softmax", (_, x) -> x.softmax()),
                refused("arg min", (_, x) -> x.argMin()),
                refused("at most", (b, x) -> x.atMost(b.constant(0))),
                refused("scalar rate", (b, x) -> x.times(b.scalar("rate"))),
                refused("mean over columns", (_, x) -> x.rowMean()));
    }

    private static Arguments refused(
            String label, BiFunction<Program.Builder, Node, Node> operation) {
        return Arguments.of(label, operation);
    }

    @ParameterizedTest
    @MethodSource("operationsThatHaveNoPlaceInAPolicy")
    void refusesWhatItCannotWriteByName(
            String label, BiFunction<Program.Builder, Node, Node> operation) {
        Program.Builder b = Program.builder("strange");
        b.output("mean", operation.apply(b, b.input("observations", OBSERVATION)));
        Program program = b.build();
        assertThatThrownBy(() -> written(program, Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessage("program strange: %s: cannot be written as ONNX", label);
    }

    @Test
    void refusesAProgramThatLearns() {
        Program.Builder b = Program.builder("learning");
        Node y = b.linear("layer", b.input("observations", OBSERVATION), 1, Activation.NONE);
        b.minimise(y.square().mean(), b.constant(1e-3), Optimiser.adam(), b.parameters());
        b.output("mean", y);
        Program program = b.build();
        assertThatThrownBy(() -> written(program, Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("learning: a change of a parameter");
    }

    @Test
    void refusesAModelWithoutInputs() {
        Program.Builder b = Program.builder("constant");
        b.output("mean", b.input("context", CONTEXT).plus(1));
        Program program = b.build();
        assertThatThrownBy(() -> written(program, FIXED))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a model without inputs");
    }

    @Test
    void refusesAnOutputWithoutRows() {
        Program.Builder b = Program.builder("vector");
        Node vector = b.parameter("vector", Initialiser.zeros(), CONTEXT);
        b.output("mean", vector.plus(1));
        Program program = b.build();
        assertThatThrownBy(() -> written(program, Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("output mean without rows");
    }
}
