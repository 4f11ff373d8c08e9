package dev.memo.learner.memo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.kernels.jvm.JvmDevice;
import dev.memo.learner.testing.OtherDevice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole training steps on another device; run where memo.test.device names one. */
@EnabledIfSystemProperty(named = "memo.test.device", matches = ".+")
class MemoOnDevicesTest {
    private static final int STEPS = 100;

    private static List<Double> losses(MemoConfig.Loss loss, Device device) {
        MemoConfig config = TinyData.config("epochs", STEPS, "iterations", 1, "loss", loss);
        MemoTrainer trainer = new MemoTrainer(config, TinyData.forwardAndCircle(), device);
        List<Double> losses = new ArrayList<>();
        while (trainer.epoch() < STEPS) {
            losses.add(trainer.trainEpoch().get("loss"));
        }
        return losses;
    }

    @ParameterizedTest
    @EnumSource
    void hasTheJvmDevicesLossesForAHundredSteps(MemoConfig.Loss loss) {
        try (ThreadTeam team = new ThreadTeam(2);
                Device jvm = new JvmDevice(team);
                Device device = OtherDevice.open()) {
            List<Double> expected = losses(loss, jvm);
            List<Double> actual = losses(loss, device);
            for (int i = 0; i < STEPS; i++) {
                double bound = 1e-4 * Math.abs(expected.get(i));
                assertThat(actual.get(i))
                        .as("step %d", i)
                        .isCloseTo(expected.get(i), within(bound));
            }
        }
    }
}
