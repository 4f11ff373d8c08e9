package dev.memo.kernels;

import static dev.memo.kernels.Evaluation.assertClose;

import dev.memo.base.ThreadTeam;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorQuantizerGoldenTest {
    static List<Golden> layers() {
        return Golden.cases("vector-quantizer.json", "layer");
    }

    static List<Golden> autoencoders() {
        return Golden.cases("vector-quantizer.json", "autoencoder");
    }

    static List<Golden> contexts() {
        return Golden.cases("vector-quantizer.json", "context");
    }

    /** What every code-book formula needs. */
    private record Quantised(Node distance, Node code, Node chosen) {
        static Quantised of(Node z, Node codebook, int codes) {
            Node distance = z.squaredDistances(codebook);
            Node code = distance.argMin();
            return new Quantised(distance, code, code.oneHot(codes).product(codebook));
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void quantisesAsPyTorch(Golden golden) {
        Program.Builder builder = Program.builder("layer");
        Node z = golden.rows(builder, "z");
        Node codebook = golden.parameter(builder, "codebook");
        Node probe = golden.rows(builder, "probe");
        Quantised quantised = Quantised.of(z, codebook, golden.shape("codebook")[0]);
        Node straight = z.straightThrough(quantised.chosen);
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("distance", quantised.distance);
        outputs.put("code", quantised.code);
        outputs.put("straight_through", straight);
        outputs.put("codebook_loss", z.stopGradient().minus(quantised.chosen).square().mean());
        outputs.put("commitment_loss", z.minus(quantised.chosen.stopGradient()).square().mean());
        outputs.put("probed", straight.times(probe));
        outputs.forEach(builder::output);
        Map<String, Node> targets = Map.of("z", z, "codebook", codebook);
        outputs.forEach((name, node) -> golden.gradients(builder, name, node, targets));
        golden.check(builder.build(), golden.shape("z")[0]);
    }

    @ParameterizedTest
    @MethodSource("autoencoders")
    void trainsAnAutoencoderAsPyTorch(Golden golden) {
        Program.Builder builder = Program.builder("autoencoder");
        Map<String, Node> leaves = new LinkedHashMap<>();
        for (String name :
                List.of(
                        "encoder_weight",
                        "encoder_bias",
                        "codebook",
                        "decoder_weight",
                        "decoder_bias",
                        "context_weight")) {
            leaves.put(name, golden.parameter(builder, name));
        }
        Node delta = golden.rows(builder, "delta");
        Node z =
                delta.linear(
                        leaves.get("encoder_weight"), leaves.get("encoder_bias"), Activation.NONE);
        leaves.put("z", z);
        Node codebook = leaves.get("codebook");
        Quantised quantised = Quantised.of(z, codebook, golden.shape("codebook")[0]);
        Node straight = z.straightThrough(quantised.chosen);
        Node output =
                straight.linear(
                        leaves.get("decoder_weight"), leaves.get("decoder_bias"), Activation.NONE);
        Node reconstruction = delta.minus(output).square().mean();
        Node codebookLoss = z.stopGradient().minus(quantised.chosen).square().mean();
        Node commitment = z.minus(quantised.chosen.stopGradient()).square().mean();
        boolean detached = golden.setting("detach_context").asBoolean();
        Node context = detached ? quantised.distance.stopGradient() : quantised.distance;
        Node contextLoss = context.times(leaves.get("context_weight")).rowSum().mean();
        double beta = golden.setting("beta").asDouble();
        Node loss =
                reconstruction.plus(codebookLoss).plus(commitment.times(beta)).plus(contextLoss);
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("z", z);
        outputs.put("distance", quantised.distance);
        outputs.put("code", quantised.code);
        outputs.put("straight_through", straight);
        outputs.put("output", output);
        outputs.put("reconstruction_loss", reconstruction);
        outputs.put("codebook_loss", codebookLoss);
        outputs.put("commitment_loss", commitment);
        outputs.put("context_loss", contextLoss);
        outputs.put("loss", loss);
        outputs.forEach(builder::output);
        golden.gradients(builder, "loss", loss, leaves);
        golden.check(builder.build(), golden.shape("delta")[0]);
    }

    @ParameterizedTest
    @MethodSource("contexts")
    void makesContextsAsPyTorch(Golden golden) {
        Program.Builder builder = Program.builder("context");
        Node z = golden.rows(builder, "z");
        Node codebook = golden.parameter(builder, "codebook");
        Node distance = z.squaredDistances(codebook);
        double tau = golden.setting("tau").asDouble();
        Node context = context(golden.setting("context").asString(), tau, distance);
        Node probed = context.times(golden.rows(builder, "probe"));
        builder.output("context", context);
        builder.output("probed", probed);
        golden.gradients(builder, "probed", probed, Map.of("z", z, "codebook", codebook));
        golden.check(builder.build(), golden.shape("z")[0]);
    }

    static List<Golden> averages() {
        return Golden.cases("vector-quantizer.json", "ema").stream()
                .filter(golden -> golden.setting("variant").asString().equals("from_counts"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("averages")
    void assignsTheMovingAverageOfACodebook(Golden golden) {
        int[] shape = golden.shape("z");
        int codes = golden.shape("codebook")[0];
        Program.Builder builder = Program.builder("average");
        Node z = builder.input("z", shape[2]);
        Node codebook = golden.parameter(builder, "codebook");
        Node counts = builder.parameter("counts", Initialiser.constant(1), codes, 1);
        Node sums = builder.parameter("sums", Initialiser.zeros(), codes, shape[2]);
        Node hot = z.squaredDistances(codebook).argMin().oneHot(codes);
        Node rate = builder.constant(1 - golden.setting("decay").asDouble());
        Node nextCounts = moved(counts, hot.transposedProduct(hot.rowSum()), rate);
        Node nextSums = moved(sums, hot.transposedProduct(z), rate);
        builder.assign(counts, nextCounts);
        builder.assign(sums, nextSums);
        builder.assign(codebook, nextSums.over(nextCounts));
        Program program = builder.build();
        try (ThreadTeam team = new ThreadTeam(2);
                Device device = TestDevice.open(team)) {
            Parameters parameters = device.parameters(0, program);
            float[] start = Evaluation.floats(golden.input("codebook"));
            parameters.set("codebook", start);
            parameters.set("sums", start);
            Executable executable = device.compile(program, shape[1], parameters);
            float[] rows = Evaluation.floats(golden.input("z"));
            for (int t = 1; t <= shape[0]; t++) {
                executable.bind("z", rows, (t - 1) * shape[1] * shape[2], shape[2]);
                executable.run(shape[1]);
                for (String name : List.of("counts", "sums", "codebook")) {
                    String output = name + "_" + t;
                    assertClose(
                            golden + " " + output,
                            Evaluation.doubles(parameters.get(name).data()),
                            golden.output(output),
                            golden.tolerance(output));
                }
            }
        }
    }

    private static Node moved(Node average, Node value, Node rate) {
        return average.plus(value.minus(average).times(rate));
    }

    /** The four kinds of context of a policy. */
    static Node context(String kind, double tau, Node distance) {
        return switch (kind) {
            case "sq" -> distance;
            case "l2" -> distance.plus(1e-8).sqrt();
            case "norm" -> distance.over(distance.rowMean());
            case "softmax" -> distance.times(-1 / tau).softmax();
            default -> throw new IllegalArgumentException(kind);
        };
    }
}
