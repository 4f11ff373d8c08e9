package dev.memo.learner.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Program;
import dev.memo.kernels.jvm.JvmDevice;
import dev.memo.learner.checkpoint.ConfigJson;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Learns what is known in closed form. */
class PpoTrainerTest {
    private static final DoubleUnaryOperator NOTHING = _ -> 0;
    private static final DoubleBinaryOperator HALF = (a, _) -> -(a - 0.5) * (a - 0.5);
    private static final DoubleBinaryOperator MORE = (a, _) -> a;

    private final ThreadTeam team = new ThreadTeam(1);
    private final JvmDevice device = new JvmDevice(team);

    @AfterEach
    void close() {
        device.close();
        team.close();
    }

    /** The default with small sizes and other values. */
    static PpoConfig config(Object... namesAndValues) {
        Map<String, Object> values = new HashMap<>();
        values.putAll(Map.of("envs", 64, "horizon", 10, "minibatch", 64, "hidden", 16));
        values.putAll(Map.of("steps", 64_000, "policy_rate", 3e-3, "critic_rate", 3e-3));
        values.put("entropy", 0.0);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return ConfigJson.with(PpoConfig.DEFAULT, values);
    }

    private PpoTrainer trained(PpoConfig config, ToyEnv env) {
        PpoTrainer trainer = new PpoTrainer(config, env, device);
        while (trainer.iteration() < config.iterations()) {
            trainer.iterate(Progress.SILENT);
        }
        return trainer;
    }

    /** What a program computes for some observations. */
    private float[] read(
            PpoTrainer trainer, Program program, String output, float[]... observations) {
        Executable executable =
                device.compile(program, observations.length, trainer.model().parameters());
        float[] rows = new float[2 * observations.length];
        for (int i = 0; i < observations.length; i++) {
            System.arraycopy(observations[i], 0, rows, 2 * i, 2);
        }
        executable.bind("observations", rows);
        float[] values = new float[observations.length];
        executable.bind(output, values);
        executable.run(observations.length);
        return values;
    }

    private static float[] seen(double time, int kind) {
        return new float[] {(float) time, kind};
    }

    private float action(PpoTrainer trainer) {
        return read(trainer, trainer.model().acting(), "mean", seen(0, 0))[0];
    }

    @Test
    void findsTheActionWithTheLargestReward() {
        PpoConfig config = config();
        ToyEnv env = new ToyEnv(64, HALF, NOTHING, false);
        assertThat(action(trained(config, env))).isCloseTo(0.5f, within(0.06f));
    }

    /** The mean cost of an episode in the later half of training, with a limit of 1. */
    private double lateCost(String multiplier) {
        PpoConfig config =
                config(
                        "multiplier", multiplier,
                        "cost_limit", 1.0,
                        "steps", 256_000,
                        "log_deviation", -1.5,
                        "multiplier_rate", 0.02,
                        "proportional_gain", 0.5,
                        "integral_gain", 0.1);
        // Reward asks for 0.5, where an episode of five steps costs 2.5.
        ToyEnv env = new ToyEnv(64, HALF, a -> Math.max(0, a), false);
        PpoTrainer trainer = new PpoTrainer(config, env, device);
        double sum = 0;
        while (trainer.iteration() < config.iterations()) {
            boolean late = 2 * trainer.iteration() >= config.iterations();
            sum += (late ? 1 : 0) * trainer.iterate(Progress.SILENT).get("cost_sum");
        }
        return sum / (config.iterations() / 2);
    }

    @Test
    void keepsTheCostLimitWhereRewardWouldBreakIt() {
        assertThat(lateCost("none")).isCloseTo(2.5, within(0.2));
        assertThat(lateCost("pid")).isCloseTo(1, within(0.1));
        // These two overshoot and come back, again and again (Stooke et al. 2020).
        assertThat(lateCost("softplus")).isLessThan(2);
        assertThat(lateCost("clamped")).isLessThan(2);
    }

    @Test
    void anEpisodeThatWasCutIsWorthWhatCouldHaveFollowed() {
        PpoConfig config = config("discount", 0.9, "steps", 320_000);
        // Nothing of the next episode, which earns the other kind's reward.
        ToyEnv env = new ToyEnv(64, (_, kind) -> kind, NOTHING, false);
        PpoTrainer trainer = trained(config, env);
        float[] values = read(trainer, trainer.model().valuing(), "values", seen(0, 1), seen(0, 0));
        assertThat(values[1] / values[0]).isCloseTo(0, within(0.05f));
    }

    @Test
    void anEpisodeThatEndedIsWorthNothingMore() {
        PpoConfig config = config("discount", 0.9, "steps", 320_000);
        ToyEnv env = new ToyEnv(64, (_, _) -> 1, NOTHING, true);
        PpoTrainer trainer = trained(config, env);
        float[] values =
                read(
                        trainer,
                        trainer.model().valuing(),
                        "values",
                        seen(0, 0),
                        seen(0.4, 0),
                        seen(0.8, 0));
        // 1 + 0.9 + ... for the steps that are left: 4.0951, 2.71 and 1.
        assertThat(values[1] / values[0]).isCloseTo(2.71f / 4.0951f, within(0.03f));
        assertThat(values[2] / values[0]).isCloseTo(1 / 4.0951f, within(0.03f));
    }

    @Test
    void anUpdateJudgesTheActionsThatWereTakenAsTheActingPolicyDid() {
        // Far beyond what the environment clips, and seen through moments that move: an iteration
        // is shorter than an episode, so each sees other times.
        PpoConfig config = config("policy_rate", 1e-12, "log_deviation", 1.0, "horizon", 3);
        PpoTrainer trainer = new PpoTrainer(config, new ToyEnv(64, MORE, NOTHING, true), device);
        float[] large = new float[config.hidden()];
        Arrays.fill(large, 1);
        trainer.model().parameters().set("policy.2.weight", large);
        trainer.iterate(Progress.SILENT);
        for (int i = 0; i < 3; i++) {
            Map<String, Double> metrics = trainer.iterate(Progress.SILENT);
            assertThat(metrics.get("divergence")).isCloseTo(0, within(1e-6));
            assertThat(metrics).containsEntry("clip_fraction", 0.0);
        }
    }

    @Test
    void episodesEndInEveryIterationAndNotAllAtOnce() {
        PpoConfig config = config("horizon", 1);
        PpoTrainer trainer = new PpoTrainer(config, new ToyEnv(64, MORE, NOTHING, false), device);
        for (int i = 0; i < 4 * ToyEnv.STEPS; i++) {
            Map<String, Double> metrics = trainer.iterate(Progress.SILENT);
            if (i >= ToyEnv.STEPS) {
                assertThat(metrics).as("iteration %d", i).containsEntry("length", 5.0);
            }
        }
    }

    @Test
    void metricsNameEveryCostAndTheStepsSoFar() {
        PpoConfig config = config("multiplier", "pid", "cost_limit", 1.0);
        PpoTrainer trainer = new PpoTrainer(config, new ToyEnv(64, MORE, _ -> 1, false), device);
        Map<String, Double> first = trainer.iterate(Progress.SILENT);
        assertThat(first)
                .containsEntry("steps", 640.0)
                .containsEntry("cost_sum", 5.0)
                .containsEntry("length", 5.0)
                .containsKeys("return", "cost", "multiplier")
                .doesNotContainKey("policy_loss");
        Map<String, Double> second = trainer.iterate(Progress.SILENT);
        assertThat(second)
                .containsEntry("steps", 1280.0)
                .containsKeys("policy_loss", "value_loss", "divergence", "entropy", "epochs");
    }

    @Test
    void anUpdateEndsWithTheEpochThatIsTooFar() {
        PpoConfig config = config("target_kl", 1e-9, "epochs", 8);
        PpoTrainer trainer = new PpoTrainer(config, new ToyEnv(64, MORE, NOTHING, false), device);
        trainer.iterate(Progress.SILENT);
        assertThat(trainer.iterate(Progress.SILENT)).containsEntry("epochs", 1.0);
    }

    @Test
    void aLossThatIsNotFiniteIsRefusedByNamingTheRates() {
        PpoConfig config = config("policy_rate", 1e30, "critic_rate", 1e30, "max_norm", 1e30);
        PpoTrainer trainer = new PpoTrainer(config, new ToyEnv(64, MORE, NOTHING, false), device);
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 20; i++) {
                                trainer.iterate(Progress.SILENT);
                            }
                        })
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--policy-rate");
    }
}
