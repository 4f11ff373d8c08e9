package dev.memo.kernels;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A small MEMO written as a program: every variant of its loss that is meant for training. */
class MemoLossGoldenTest {
    private static final double KAPPA = 0.1;

    static List<Golden> cases() {
        return Golden.cases("memo-loss.json", "memo").stream()
                .filter(golden -> !golden.setting("loss").asString().equals("literal"))
                .toList();
    }

    /** The case's parameters as layers of a builder. */
    private record Layers(Golden golden, Program.Builder builder, Map<String, Node> leaves) {
        Node linear(String name, Node x, Activation activation) {
            return x.linear(leaf(name + "_weight"), leaf(name + "_bias"), activation);
        }

        Node leaf(String name) {
            return leaves.computeIfAbsent(name, _ -> golden.parameter(builder, name));
        }

        Node policy(Node state, Node context) {
            Node h = linear("policy0", state.concat(context), Activation.TANH);
            h = linear("policy1", h, Activation.TANH);
            return linear("policy2", h, Activation.NONE);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void meetsPyTorch(Golden golden) {
        Program.Builder builder = Program.builder("memo");
        Layers layers = new Layers(golden, builder, new LinkedHashMap<>());
        Node state = golden.rows(builder, "state");
        Node delta = golden.rows(builder, "delta");
        Node action = golden.rows(builder, "action");
        int codes = golden.shape("codebook")[0];
        Node codebook = layers.leaf("codebook");

        Node h = layers.linear("encoder0", delta, Activation.TANH);
        h = layers.linear("encoder1", h, Activation.TANH);
        Node z = layers.linear("pre", h, Activation.NONE);
        layers.leaves.put("z", z);
        Node distance = z.squaredDistances(codebook);
        Node code = distance.argMin();
        Node hot = code.oneHot(codes);
        Node chosen = hot.product(codebook);
        h = layers.linear("post", z.straightThrough(chosen), Activation.TANH);
        h = layers.linear("decoder0", h, Activation.TANH);
        Node decoded = layers.linear("decoder1", h, Activation.NONE);
        Node reconstruction = delta.minus(decoded).square().mean();
        Node codebookLoss = z.stopGradient().minus(chosen).square().mean();
        Node commitment = z.minus(chosen.stopGradient()).square().mean();
        Node vq = reconstruction.plus(codebookLoss).plus(commitment);

        String kind = golden.setting("context").asString();
        Node context = VectorQuantizerGoldenTest.context(kind, 1, distance);
        Node logStd = layers.leaf("log_std").clamp(-3, 0.5);
        Node mean = layers.policy(state, context);
        Node logDensity = Gaussian.logDensity(mean, logStd, action);
        Node rowLogDensity = logDensity.rowSum();
        Node nll = rowLogDensity.mean().negate();
        Node loss = loss(golden.setting("loss").asString(), vq, logDensity, nll);

        Node centroids = codebook.squaredDistances(codebook);
        Node naughtHot = hot.negate().plus(1);
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("out z", z);
        outputs.put("distance", distance);
        outputs.put("code", code);
        outputs.put("context", context);
        outputs.put("mean", mean);
        outputs.put("reconstruction_loss", reconstruction);
        outputs.put("codebook_loss", codebookLoss);
        outputs.put("commitment_loss", commitment);
        outputs.put("vq_loss", vq);
        outputs.put("log_density", logDensity);
        outputs.put("row_log_density", rowLogDensity);
        outputs.put("nll", nll);
        outputs.put("loss", loss);
        outputs.put("centroid_context", centroids);
        outputs.put(
                "row_log_density_naught_hot", steered(layers, state, action, logStd, naughtHot));
        outputs.put(
                "row_log_density_centroid",
                steered(layers, state, action, logStd, hot.product(centroids)));
        outputs.forEach(builder::output);
        golden.gradients(builder, "loss", loss, layers.leaves);
        golden.check(builder.build(), golden.shape("state")[0]);
    }

    private static Node steered(Layers layers, Node state, Node action, Node logStd, Node context) {
        return Gaussian.logDensity(layers.policy(state, context), logStd, action).rowSum();
    }

    private static Node loss(String variant, Node vq, Node logDensity, Node nll) {
        Node ratio = logDensity.exp().plus(KAPPA).reciprocal().rowSum().mean();
        return switch (variant) {
            case "author" -> vq.times(ratio);
            case "log-product" -> vq.log().plus(ratio.log());
            case "stable" -> vq.plus(nll);
            default -> throw new IllegalArgumentException(variant);
        };
    }
}
