package dev.memo.learner.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.learner.testing.GoldenCase;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers of PyTorch. */
class PpoGoldenTest {
    private static final double FLOAT32 = 2e-6;

    static List<GoldenCase> estimates() {
        return GoldenCase.of("ppo.json", "gae");
    }

    static List<GoldenCase> normalised() {
        return GoldenCase.of("ppo.json", "normalize");
    }

    static List<GoldenCase> penalised() {
        return GoldenCase.of("ppo.json", "penalized");
    }

    static List<GoldenCase> softplus() {
        return GoldenCase.of("ppo.json", "multiplier_softplus");
    }

    static List<GoldenCase> clamped() {
        return GoldenCase.of("ppo.json", "multiplier_clamped");
    }

    static List<GoldenCase> pid() {
        return GoldenCase.of("ppo.json", "multiplier_pid");
    }

    private static void expect(float[] actual, double[] expected) {
        double largest = 0;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i])
                    .as("entry %d", i)
                    .isCloseTo(expected[i], within(10 * FLOAT32 * largest));
        }
    }

    @ParameterizedTest
    @MethodSource("estimates")
    void estimatesAdvantagesOverBothKindsOfEnd(GoldenCase golden) {
        float[] nextValues = golden.floats("next_value");
        boolean[] ends = new boolean[nextValues.length];
        for (int i = 0; i < ends.length; i++) {
            boolean terminated = golden.input("terminated")[i] == 1;
            ends[i] = terminated || golden.input("truncated")[i] == 1;
            nextValues[i] = terminated ? 0 : nextValues[i];
        }
        float[] advantages = new float[ends.length];
        float[] returns = new float[ends.length];
        Advantages.estimate(
                golden.floats("reward"),
                golden.floats("value"),
                nextValues,
                ends,
                golden.columns("reward"),
                golden.setting("gamma"),
                golden.setting("lam"),
                advantages,
                returns);
        expect(advantages, golden.output("advantage"));
        expect(returns, golden.output("returns"));
    }

    @ParameterizedTest
    @MethodSource("normalised")
    void normalisesByMeanAndUnbiasedDeviation(GoldenCase golden) {
        float[] advantages = golden.floats("advantage");
        Advantages.normalise(advantages);
        expect(advantages, golden.output("unbiased"));
    }

    @ParameterizedTest
    @MethodSource("penalised")
    void weighsTheCostsAdvantageByTheMultiplier(GoldenCase golden) {
        float[] advantages = golden.floats("advantage");
        Advantages.penalise(
                advantages, golden.floats("cost_advantage"), golden.input("multiplier")[0]);
        expect(advantages, golden.output("penalized"));
    }

    private static void follow(Multiplier multiplier, GoldenCase golden) {
        double[] costs = golden.input("cost");
        for (int i = 0; i < costs.length; i++) {
            multiplier.update(costs[i]);
            assertThat(multiplier.value())
                    .as("multiplier after %d costs", i + 1)
                    .isCloseTo(golden.output("multiplier")[i], within(1e-8));
        }
    }

    @ParameterizedTest
    @MethodSource("softplus")
    void aSoftplusMultiplierFollowsTheCost(GoldenCase golden) {
        follow(
                new Multiplier.Softplus(golden.setting("limit"), golden.input("start")[0], 5e-2),
                golden);
    }

    @ParameterizedTest
    @MethodSource("clamped")
    void aClampedMultiplierFollowsTheCost(GoldenCase golden) {
        follow(
                new Multiplier.Clamped(golden.setting("limit"), golden.input("start")[0], 0.035),
                golden);
    }

    @ParameterizedTest
    @MethodSource("pid")
    void aControlledMultiplierFollowsTheCost(GoldenCase golden) {
        follow(
                new Multiplier.Pid(
                        golden.setting("limit"),
                        golden.setting("kp"),
                        golden.setting("ki"),
                        golden.setting("kd")),
                golden);
    }
}
