package dev.memo.learner.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.memo.base.Tensor;
import dev.memo.base.TensorFile;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Activation;
import dev.memo.kernels.Node;
import dev.memo.kernels.Program;
import dev.memo.kernels.jvm.JvmDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyExportTest {
    private static final Tensor.F32 STEERING = new Tensor.F32(new float[] {0, 1, 2, 3}, 2, 2);

    @TempDir Path temp;

    /** From four numbers to one; with two modes, or without. */
    private static void withPolicy(boolean modes, Consumer<PolicyExport> use) {
        Program.Builder b = Program.builder("acting");
        Node x = b.input("observations", 4);
        Node told = modes ? x.concat(b.input("context", 2)) : x;
        b.output("mean", b.linear("layer", told, 1, Activation.NONE));
        Program acting = b.build();
        b = Program.builder("other");
        b.output("value", b.linear("critic", b.input("observations", 4), 1, Activation.NONE));
        try (ThreadTeam team = new ThreadTeam(1);
                JvmDevice device = new JvmDevice(team)) {
            use.accept(
                    new PolicyExport(
                            "somebody",
                            acting,
                            device.parameters(1, acting, b.build()),
                            new float[] {-0.5f},
                            modes ? Optional.of(STEERING) : Optional.empty()));
        }
    }

    private TensorFile safetensors(PolicyExport policy, OptionalInt mode) {
        Path file = temp.resolve("policy.safetensors");
        policy.writeSafetensors(file, mode, "1.2.3", Map.of("scenario", "{}"));
        return TensorFile.read(file);
    }

    @Test
    void knowsItsSizes() {
        withPolicy(
                true,
                policy -> {
                    assertThat(policy.observationSize()).isEqualTo(4);
                    assertThat(policy.actionSize()).isEqualTo(1);
                    assertThat(policy.modes()).isEqualTo(2);
                });
        withPolicy(false, policy -> assertThat(policy.modes()).isZero());
    }

    @Test
    void safetensorsHoldWhatActingNeedsAndNothingElse() {
        withPolicy(
                false,
                policy -> {
                    TensorFile file = safetensors(policy, OptionalInt.empty());
                    assertThat(file.metadata())
                            .containsExactly(
                                    entry("format", "memo-policy-1"),
                                    entry("learner", "somebody"),
                                    entry("observation_size", "4"),
                                    entry("action_size", "1"),
                                    entry("scenario", "{}"),
                                    entry("producer", "memo 1.2.3"));
                    assertThat(file.tensors().keySet())
                            .containsExactly("layer.weight", "layer.bias", "log_deviation");
                    assertThat(file.floats("layer.weight", 1, 4))
                            .isEqualTo(policy.parameters().get("layer.weight").data());
                    assertThat(file.floats("log_deviation", 1)).containsExactly(-0.5f);
                });
    }

    @Test
    void safetensorsHoldTheContextsOfModes() {
        withPolicy(
                true,
                policy -> {
                    TensorFile all = safetensors(policy, OptionalInt.empty());
                    assertThat(all.floats("steering", 2, 2)).isEqualTo(STEERING.data());
                    assertThat(all.tensors()).doesNotContainKey("context");
                    TensorFile one = safetensors(policy, OptionalInt.of(1));
                    assertThat(one.metadata()).containsEntry("mode", "1");
                    assertThat(one.floats("context", 2)).containsExactly(2, 3);
                });
    }

    @Test
    void onnxTellsWhatTheModelCannotShow() {
        withPolicy(
                true,
                policy -> {
                    Model all = onnx(policy, OptionalInt.empty());
                    assertThat(all.inputs).containsExactly("observations", "context");
                    assertThat(all.properties)
                            .containsExactly(
                                    entry("format", "memo-policy-1"),
                                    entry("learner", "somebody"),
                                    entry("observation_size", "4"),
                                    entry("action_size", "1"),
                                    entry("log_deviation", "[-0.5]"),
                                    entry("steering", "[[0.0,1.0],[2.0,3.0]]"));
                    Model one = onnx(policy, OptionalInt.of(1));
                    assertThat(one.inputs).containsExactly("observations");
                    assertThat(one.properties)
                            .containsEntry("mode", "1")
                            .doesNotContainKey("steering");
                });
    }

    /** What a file says of itself. */
    private record Model(List<String> inputs, Map<String, String> properties) {}

    private Model onnx(PolicyExport policy, OptionalInt mode) {
        Path file = temp.resolve("policy.onnx");
        policy.writeOnnx(file, mode, "1.2.3", Map.of());
        try {
            Map<Integer, List<Object>> model = EventRecords.fields(Files.readAllBytes(file));
            assertThat(text(model.get(2).getFirst())).isEqualTo("memo");
            assertThat(text(model.get(3).getFirst())).isEqualTo("1.2.3");
            Map<Integer, List<Object>> graph =
                    EventRecords.fields((byte[]) model.get(7).getFirst());
            List<String> inputs = graph.get(11).stream().map(PolicyExportTest::nameOf).toList();
            Map<String, String> properties = new LinkedHashMap<>();
            for (Object entry : model.get(14)) {
                Map<Integer, List<Object>> fields = EventRecords.fields((byte[]) entry);
                properties.put(text(fields.get(1).getFirst()), text(fields.get(2).getFirst()));
            }
            return new Model(inputs, properties);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String nameOf(Object valueInfo) {
        try {
            return text(EventRecords.fields((byte[]) valueInfo).get(1).getFirst());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Object utf8) {
        return new String((byte[]) utf8, StandardCharsets.UTF_8);
    }
}
