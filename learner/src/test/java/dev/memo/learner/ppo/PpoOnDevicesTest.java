package dev.memo.learner.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.kernels.jvm.JvmDevice;
import dev.memo.learner.testing.OtherDevice;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Iterations on another device; run where memo.test.device names one. */
@EnabledIfSystemProperty(named = "memo.test.device", matches = ".+")
class PpoOnDevicesTest {
    private static final PpoConfig CONFIG =
            PpoTrainerTest.config("multiplier", "pid", "cost_limit", 1.0, "target_kl", 1.0);
    private static final int ITERATIONS = 5;

    @Test
    void hasTheJvmDevicesMetrics() {
        try (ThreadTeam team = new ThreadTeam(2);
                Device jvm = new JvmDevice(team);
                Device other = OtherDevice.open()) {
            PpoTrainer expected = trainer(jvm);
            PpoTrainer actual = trainer(other);
            for (int i = 0; i < ITERATIONS; i++) {
                Map<String, Double> wanted = expected.iterate(Progress.SILENT);
                Map<String, Double> found = actual.iterate(Progress.SILENT);
                assertThat(found.keySet()).isEqualTo(wanted.keySet());
                wanted.forEach(
                        (name, value) ->
                                assertThat(found.get(name))
                                        .as("%s of iteration %d", name, expected.iteration())
                                        .isCloseTo(
                                                value,
                                                within(1e-3 * Math.max(1, Math.abs(value)))));
            }
        }
    }

    private static PpoTrainer trainer(Device device) {
        ToyEnv env = new ToyEnv(64, (a, _) -> -(a - 0.5) * (a - 0.5), a -> Math.max(0, a), false);
        return new PpoTrainer(CONFIG, env, device);
    }
}
