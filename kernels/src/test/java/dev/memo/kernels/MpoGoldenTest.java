package dev.memo.kernels;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The two steps of MPO written as programs: several sampled actions for each state. */
class MpoGoldenTest {
    static List<Golden> improvements() {
        return Golden.cases("mpo.json", "e_step");
    }

    static List<Golden> projections() {
        return Golden.cases("mpo.json", "projection");
    }

    @ParameterizedTest
    @MethodSource("improvements")
    void weighsActionsAsPyTorch(Golden golden) {
        Program.Builder builder = Program.builder("improvement");
        Node eta = golden.parameter(builder, "eta");
        Node scaled = golden.rows(builder, "q").over(eta);
        double logActions = Math.log(golden.shape("q")[1]);
        double epsilon = golden.setting("epsilon").asDouble();
        Node weights = scaled.softmax();
        Node kl = weights.times(scaled.logSoftmax().plus(logActions)).rowSum();
        Node dual = scaled.logSumExp().plus(-logActions).mean().plus(epsilon).times(eta);
        builder.output("weights", weights);
        builder.output("kl", kl);
        builder.output("dual", dual);
        builder.output("dual_slope", kl.mean().negate().plus(epsilon));
        golden.gradients(builder, "dual", dual, Map.of("eta", eta));
        golden.check(builder.build(), golden.shape("q")[0]);
    }

    @ParameterizedTest
    @MethodSource("projections")
    void projectsThePolicyAsPyTorch(Golden golden) {
        Program.Builder builder = Program.builder("projection");
        int actions = golden.shape("action")[1];
        Node action = golden.rows(builder, "action").split(actions);
        Node combined = golden.rows(builder, "combined").split(actions);
        Node mean = golden.rows(builder, "mean");
        Node std = golden.rows(builder, "std");
        Node targetMean = golden.rows(builder, "target_mean");
        Node targetStd = golden.rows(builder, "target_std");
        Node ofMean = density(mean, targetStd, action, actions);
        Node ofStd = density(targetMean, std, action, actions);
        Node policyLoss = ofMean.plus(ofStd).times(combined).groupSum().mean().negate();
        boolean perDimension = golden.setting("per_dim").asBoolean();
        Node klMean =
                overStates(Gaussian.meanDivergence(targetMean, mean, targetStd), perDimension);
        Node klStd = overStates(Gaussian.stdDivergence(targetStd, std), perDimension);
        Node rawMean = golden.parameter(builder, "raw_mean");
        Node rawStd = golden.parameter(builder, "raw_std");
        Node dualMean = rawMean.softplus().plus(1e-8);
        Node dualStd = rawStd.softplus().plus(1e-8);
        Node price = dualMean.stopGradient().times(klMean).sum();
        Node loss = policyLoss.plus(price).plus(dualStd.stopGradient().times(klStd).sum());
        Node dualLoss =
                slack(golden, "bound_mean", dualMean, klMean)
                        .plus(slack(golden, "bound_std", dualStd, klStd));
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("policy_loss", policyLoss);
        outputs.put("kl_mean", klMean);
        outputs.put("kl_std", klStd);
        outputs.put("loss", loss);
        outputs.put("dual_loss", dualLoss);
        outputs.forEach(builder::output);
        golden.gradients(builder, "loss", loss, Map.of("mean", mean, "std", std));
        Map<String, Node> duals = Map.of("raw_mean", rawMean, "raw_std", rawStd);
        golden.gradients(builder, "dual_loss", dualLoss, duals);
        golden.check(builder.build(), golden.shape("mean")[0]);
    }

    private static Node density(Node mean, Node std, Node action, int actions) {
        Node logStd = std.log().repeat(actions);
        return Gaussian.logDensity(mean.repeat(actions), logStd, action).rowSum();
    }

    private static Node overStates(Node divergence, boolean perDimension) {
        return perDimension ? divergence.columnMean() : divergence.rowSum().mean();
    }

    private static Node slack(Golden golden, String bound, Node dual, Node kl) {
        double limit = golden.setting(bound).asDouble();
        return dual.times(kl.stopGradient().negate().plus(limit)).sum();
    }
}
