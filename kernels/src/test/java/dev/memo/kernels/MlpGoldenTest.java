package dev.memo.kernels;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MlpGoldenTest {
    static List<Golden> cases() {
        return Golden.cases("mlp.json", "mlp");
    }

    /** The network of mlp.json on some input, its parameters added to the leaves. */
    static Node network(Golden golden, Program.Builder builder, Node x, Map<String, Node> leaves) {
        List<String> activations = golden.words("activations");
        Node h = x;
        for (int i = 0; i < activations.size(); i++) {
            Node weight = golden.parameter(builder, "weight" + i);
            Node bias = golden.parameter(builder, "bias" + i);
            leaves.put("weight" + i, weight);
            leaves.put("bias" + i, bias);
            Activation activation = activation(activations.get(i));
            if (i == 0 && golden.setting("layer_norm").asBoolean()) {
                Node gain = golden.parameter(builder, "norm_gain");
                Node shift = golden.parameter(builder, "norm_bias");
                leaves.put("norm_gain", gain);
                leaves.put("norm_bias", shift);
                Node normal = h.linear(weight, bias, Activation.NONE).layerNorm(gain, shift);
                h = activation.function().map(normal::map).orElse(normal);
            } else {
                h = h.linear(weight, bias, activation);
            }
        }
        return h;
    }

    private static Activation activation(String word) {
        return switch (word) {
            case "tanh" -> Activation.TANH;
            case "relu" -> Activation.RELU;
            case "elu" -> Activation.ELU;
            default -> Activation.NONE;
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void meetsPyTorch(Golden golden) {
        Program.Builder builder = Program.builder("mlp");
        Map<String, Node> leaves = new LinkedHashMap<>();
        Node input = golden.rows(builder, "input");
        leaves.put("input", input);
        Node output = network(golden, builder, input, leaves);
        Node loss = output.minus(golden.rows(builder, "target")).square().mean();
        builder.output("output", output);
        builder.output("loss", loss);
        golden.gradients(builder, "loss", loss, leaves);
        golden.check(builder.build(), golden.shape("input")[0]);
    }
}
