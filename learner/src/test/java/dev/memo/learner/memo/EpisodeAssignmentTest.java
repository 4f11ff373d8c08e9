package dev.memo.learner.memo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EpisodeAssignmentTest {
    private static final int EPOCHS = 10;
    private static final int EPISODES = 20_000;

    private final EpisodeAssignment assignment =
            new EpisodeAssignment(TinyData.config("epochs", EPOCHS));

    /** The share of episodes that get code 0 if it is likelier by a tenth of a nat. */
    private double shareOfBetter(int epoch) {
        double[][] likelihood = new double[EPISODES][];
        Arrays.fill(likelihood, new double[] {-1, -1.1});
        int[] codes = new int[EPISODES];
        int changed = assignment.draw(likelihood, epoch, codes);
        assertThat(changed).isEqualTo(Arrays.stream(codes).sum());
        return 1 - (double) changed / EPISODES;
    }

    @Test
    void codesAreDrawnInProportionToTheirResponsibility() {
        for (int epoch : new int[] {1, 4}) {
            double odds = Math.exp(-0.1 / assignment.temperature(epoch));
            assertThat(shareOfBetter(epoch)).isCloseTo(1 / (1 + odds), within(0.015));
        }
    }

    @Test
    void sharpensAsTheTemperatureFalls() {
        double last = Double.POSITIVE_INFINITY;
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            assertThat(assignment.temperature(epoch)).isPositive().isLessThan(last);
            last = assignment.temperature(epoch);
        }
        assertThat(shareOfBetter(1)).isLessThan(0.8);
        assertThat(shareOfBetter(EPOCHS)).isGreaterThan(0.99);
    }

    @Test
    void anEpochAlwaysDrawsTheSame() {
        double[][] likelihood = new double[50][3];
        int[] once = new int[50];
        int[] twice = new int[50];
        int[] later = new int[50];
        assignment.draw(likelihood, 2, once);
        assignment.draw(likelihood, 2, twice);
        assignment.draw(likelihood, 3, later);
        assertThat(twice).isEqualTo(once);
        assertThat(later).isNotEqualTo(once);
        assertThat(once).contains(0, 1, 2);
    }

    @Test
    void veryUnlikelyEpisodesGetTheirBestCode() {
        int[] codes = new int[1];
        assignment.draw(new double[][] {{-1e9, -1e8, Double.NEGATIVE_INFINITY}}, 1, codes);
        assertThat(codes).containsExactly(1);
    }
}
