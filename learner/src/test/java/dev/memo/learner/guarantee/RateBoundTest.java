package dev.memo.learner.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.InputException;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateBoundTest {
    private static final Confidence CONFIDENCE = new Confidence(0.95);

    /**
     * SciPy 1.17.1: {@code binomtest(k, n, alternative='greater').proportion_ci(c, 'exact').low}
     * and {@code binomtest(k, n, alternative='less').proportion_ci(c, 'exact').high}.
     */
    @ParameterizedTest
    @CsvSource({
        "0, 20, 0.95, 0.0, 0.1391083406683753",
        "3, 50, 0.95, 0.01655185918922988, 0.1478371763641841",
        "49, 50, 0.95, 0.9086018692803026, 0.9989746601327669",
        "200, 200, 0.95, 0.9851329607687279, 1.0",
        "7, 200, 0.9, 0.019577722751413028, 0.05815284523956875"
    })
    void boundsAreThoseOfScipy(int events, int trials, double level, double low, double high) {
        Confidence confidence = new Confidence(level);
        assertThat(RateBound.lower(events, trials, confidence)).isCloseTo(low, within(1e-10));
        assertThat(RateBound.upper(events, trials, confidence)).isCloseTo(high, within(1e-10));
    }

    @Test
    void withoutAnEventTheBoundIsTheRateThatWouldShowNoneThatRarely() {
        // (1 - p)^n = 0.05.
        assertThat(RateBound.upper(0, 60, CONFIDENCE))
                .isCloseTo(1 - Math.pow(0.05, 1 / 60.0), within(1e-12));
    }

    @Test
    void coverageSummedOverTheBinomialDistributionIsNominalAndNotMuchMore() {
        int trials = 200;
        for (double rate : new double[] {0.02, 0.05, 0.13, 0.4, 0.87}) {
            BinomialDistribution events = BinomialDistribution.of(trials, rate);
            double above = 0;
            double below = 0;
            for (int k = 0; k <= trials; k++) {
                double probability = events.probability(k);
                above += RateBound.upper(k, trials, CONFIDENCE) >= rate ? probability : 0;
                below += RateBound.lower(k, trials, CONFIDENCE) <= rate ? probability : 0;
            }
            assertThat(above).as("upper at " + rate).isBetween(0.95, 0.985);
            assertThat(below).as("lower at " + rate).isBetween(0.95, 0.985);
        }
    }

    @Test
    void refusesCountsThatCannotBe() {
        for (int[] wrong : new int[][] {{0, 0}, {-1, 5}, {6, 5}}) {
            assertThatThrownBy(() -> RateBound.upper(wrong[0], wrong[1], CONFIDENCE))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(wrong[0] + " events in " + wrong[1] + " trials");
        }
    }

    @Test
    void refusesConfidenceThatIsNone() {
        for (double level : new double[] {0, 1, -0.1, 1.5, Double.NaN}) {
            assertThatThrownBy(() -> new Confidence(level))
                    .isInstanceOf(InputException.class)
                    .hasMessage("confidence " + level + ": must be above 0 and below 1");
        }
    }
}
