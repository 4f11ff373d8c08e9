package dev.memo.learner.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.RandomStream;
import dev.memo.learner.evaluation.ModeCodes;
import org.junit.jupiter.api.Test;

class ResponsibilitiesTest {
    @Test
    void sharesAreSoftmaxOfLikelihoodOverTemperature() {
        double[][] likelihood = {{-1, -1.5}, {-1000, -2000}};
        float[][] shares = Responsibilities.softened(likelihood, 0.25);
        // 1 / (1 + exp(-0.5 / 0.25))
        assertThat(shares[0][0]).isCloseTo(0.8807971f, within(1e-6f));
        assertThat(shares[0][1]).isCloseTo(0.1192029f, within(1e-6f));
        assertThat(shares[1]).containsExactly(1, 0);
    }

    @Test
    void theTemperatureFallsGeometrically() {
        assertThat(Responsibilities.temperature(1, 5)).isEqualTo(0.5);
        assertThat(Responsibilities.temperature(3, 5)).isCloseTo(0.1, within(1e-12));
        assertThat(Responsibilities.temperature(5, 5)).isCloseTo(0.02, within(1e-12));
        assertThat(Responsibilities.temperature(1, 1)).isCloseTo(0.02, within(1e-12));
    }

    @Test
    void theMostLikelyModeIsTheLowestOfEqualOnes() {
        double[][] likelihood = {{-3, -2, -2}, {0, 0, 0}, {-3, -2, -1}};
        assertThat(ModeCodes.mostLikely(likelihood)).containsExactly(1, 0, 2);
        assertThat(Responsibilities.certain(new int[] {1, 0}, 2))
                .isDeepEqualTo(new float[][] {{0, 1}, {1, 0}});
    }

    @Test
    void randomModesAreAllAlike() {
        int[] counts = new int[3];
        for (int mode : Responsibilities.random(3_000, 3, new RandomStream(1, 0, 0, 0))) {
            counts[mode]++;
        }
        // Four standard deviations of a binomial: 4 sqrt(3000 / 3 * 2 / 3).
        for (int count : counts) {
            assertThat(count).isBetween(896, 1104);
        }
    }
}
