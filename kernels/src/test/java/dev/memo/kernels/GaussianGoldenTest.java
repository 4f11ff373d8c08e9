package dev.memo.kernels;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GaussianGoldenTest {
    static List<Golden> densities() {
        return Golden.cases("gaussian.json", "density");
    }

    static List<Golden> divergences() {
        return Golden.cases("gaussian.json", "divergence");
    }

    static List<Golden> heads() {
        return Golden.cases("gaussian.json", "softplus_head", "clamped_head");
    }

    @ParameterizedTest
    @MethodSource("densities")
    void hasPyTorchsLogDensityAndEntropy(Golden golden) {
        Program.Builder builder = Program.builder("density");
        Node mean = golden.rows(builder, "mean");
        Node std = golden.rows(builder, "std");
        Node action = golden.rows(builder, "action");
        Node perDimension = Gaussian.logDensity(mean, std.log(), action);
        Node joint = perDimension.rowSum();
        builder.output("log_density_per_dim", perDimension);
        builder.output("log_density", joint);
        Node entropy = Gaussian.entropy(std.log()).rowSum();
        builder.output("entropy", entropy);
        Map<String, Node> leaves = Map.of("mean", mean, "std", std, "action", action);
        golden.gradients(builder, "log_density", joint, leaves);
        golden.gradients(builder, "entropy", entropy, leaves);
        golden.check(builder.build(), golden.shape("mean")[0]);
    }

    @ParameterizedTest
    @MethodSource("divergences")
    void hasPyTorchsDivergences(Golden golden) {
        Program.Builder builder = Program.builder("divergence");
        Node mean = golden.rows(builder, "mean");
        Node std = golden.rows(builder, "std");
        Node targetMean = golden.rows(builder, "target_mean");
        Node targetStd = golden.rows(builder, "target_std");
        Node ofMeans = Gaussian.meanDivergence(targetMean, mean, targetStd);
        Node ofStds = Gaussian.stdDivergence(targetStd, std);
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put(
                "kl_target_online", Gaussian.divergence(targetMean, targetStd, mean, std).rowSum());
        outputs.put(
                "kl_online_target", Gaussian.divergence(mean, std, targetMean, targetStd).rowSum());
        outputs.put("kl_mean_per_dim", ofMeans);
        outputs.put("kl_mean", ofMeans.rowSum());
        outputs.put("kl_std_per_dim", ofStds);
        outputs.put("kl_std", ofStds.rowSum());
        outputs.forEach(builder::output);
        Map<String, Node> leaves = Map.of("mean", mean, "std", std);
        outputs.forEach((name, node) -> golden.gradients(builder, name, node, leaves));
        golden.check(builder.build(), golden.shape("mean")[0]);
    }

    @ParameterizedTest
    @MethodSource("heads")
    void hasPyTorchsStandardDeviations(Golden golden) {
        Program.Builder builder = Program.builder("head");
        boolean softplus = golden.kind().equals("softplus_head");
        Node raw = golden.parameter(builder, softplus ? "raw" : "log_std");
        Node std = softplus ? softplusHead(golden, raw) : clampedHead(golden, raw);
        builder.output("std", std);
        golden.gradients(builder, "std", std, Map.of(softplus ? "raw" : "log_std", raw));
        golden.check(builder.build(), 1);
    }

    private static Node softplusHead(Golden golden, Node raw) {
        double initial = golden.setting("initial").asDouble();
        return raw.softplus().times(initial / Math.log(2)).plus(1e-6);
    }

    private static Node clampedHead(Golden golden, Node raw) {
        return raw.clamp(golden.setting("low").asDouble(), golden.setting("high").asDouble()).exp();
    }
}
