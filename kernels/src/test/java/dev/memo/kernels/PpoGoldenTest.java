package dev.memo.kernels;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PpoGoldenTest {
    static List<Golden> policies() {
        return Golden.cases("ppo.json", "policy");
    }

    static List<Golden> values() {
        return Golden.cases("ppo.json", "value");
    }

    @ParameterizedTest
    @MethodSource("policies")
    void hasPyTorchsClippedObjective(Golden golden) {
        Program.Builder builder = Program.builder("policy");
        Node logDensity = golden.rows(builder, "log_pi");
        Node old = golden.rows(builder, "old_log_pi");
        Node advantage = golden.rows(builder, "advantage");
        double clip = golden.setting("clip").asDouble();
        Node loss = Ppo.policyLoss(logDensity, old, advantage, clip);
        Node divergence = Ppo.divergence(logDensity, old);
        builder.output("loss", loss);
        builder.output("kl_positive", divergence);
        builder.output("clip_fraction", Ppo.clipFraction(logDensity, old, clip));
        golden.gradients(builder, "loss", loss, Map.of("log_pi", logDensity));
        golden.gradients(builder, "kl_positive", divergence, Map.of("log_pi", logDensity));
        golden.check(builder.build(), golden.shape("log_pi")[0]);
    }

    @ParameterizedTest
    @MethodSource("values")
    void hasPyTorchsClippedValueLoss(Golden golden) {
        Program.Builder builder = Program.builder("value");
        Node value = golden.rows(builder, "value");
        Node old = golden.rows(builder, "old_value");
        Node returns = golden.rows(builder, "returns");
        Node loss = Ppo.valueLoss(value, old, returns, golden.setting("clip").asDouble());
        builder.output("clipped_loss", loss);
        golden.gradients(builder, "clipped_loss", loss, Map.of("value", value));
        golden.check(builder.build(), golden.shape("value")[0]);
    }
}
