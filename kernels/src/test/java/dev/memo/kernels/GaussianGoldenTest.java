package dev.memo.kernels;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GaussianGoldenTest {
    static List<Golden> densities() {
        return Golden.cases("gaussian.json", "density");
    }

    static List<Golden> heads() {
        return Golden.cases("gaussian.json", "softplus_head", "clamped_head");
    }

    @ParameterizedTest
    @MethodSource("densities")
    void hasPyTorchsLogDensity(Golden golden) {
        Program.Builder builder = Program.builder("density");
        Node mean = golden.rows(builder, "mean");
        Node std = golden.rows(builder, "std");
        Node action = golden.rows(builder, "action");
        Node perDimension = Gaussian.logDensity(mean, std.log(), action);
        Node joint = perDimension.rowSum();
        builder.output("log_density_per_dim", perDimension);
        builder.output("log_density", joint);
        Map<String, Node> leaves = Map.of("mean", mean, "std", std, "action", action);
        golden.gradients(builder, "log_density", joint, leaves);
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
