package dev.memo.learner.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.RandomStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixtureTest {
    private static final int OPTIONS = 6;

    private static double[] draw(RandomStream random, double from, double to) {
        // Whole numbers, so that some options are equal.
        return IntStream.range(0, OPTIONS)
                .mapToDouble(_ -> Math.rint(random.uniform(from, to)))
                .toArray();
    }

    /** The best of all pairs: some solution of the linear program has no third option. */
    private static double best(double[] returns, double[] costs, double limit) {
        double best = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < OPTIONS; a++) {
            for (int b = 0; b < OPTIONS; b++) {
                if (costs[a] <= limit) {
                    best = Math.max(best, returns[a]);
                }
                if (costs[a] <= limit && costs[b] > limit) {
                    double share = (costs[b] - limit) / (costs[b] - costs[a]);
                    best = Math.max(best, share * returns[a] + (1 - share) * returns[b]);
                }
            }
        }
        return best;
    }

    @Test
    void earnsWhatTheBestPairEarnsAndKeepsTheLimit() {
        RandomStream random = new RandomStream(3, 0, 0, 0);
        int pairs = 0;
        for (int i = 0; i < 2_000; i++) {
            double[] returns = draw(random, -5, 5);
            double[] costs = draw(random, 0, 10);
            double limit = random.uniform(1, 11);
            double best = best(returns, costs, limit);
            if (best == Double.NEGATIVE_INFINITY) {
                continue;
            }
            Mixture mixture = Mixture.best(returns, costs, limit);
            assertThat(mixture.mean(returns[mixture.one()], returns[mixture.other()]))
                    .isCloseTo(best, within(1e-9));
            assertThat(mixture.mean(costs[mixture.one()], costs[mixture.other()]))
                    .isLessThanOrEqualTo(limit + 1e-9);
            pairs += mixture.share() < 1 ? 1 : 0;
        }
        assertThat(pairs).as("mixtures of two").isGreaterThan(500);
    }

    @Test
    void noDistributionOverThreeOptionsEarnsMore() {
        double[] returns = {0, 5, 8};
        double[] costs = {1, 4, 12};
        double best = 5 + 3 * 2 / 8.0;
        Mixture mixture = Mixture.best(returns, costs, 6);
        assertThat(mixture).isEqualTo(new Mixture(1, 2, 0.75));
        assertThat(mixture.mean(returns[1], returns[2])).isEqualTo(best);
        for (double first = 0; first <= 1; first += 0.01) {
            for (double second = 0; first + second <= 1; second += 0.01) {
                double third = 1 - first - second;
                if (first * 1 + second * 4 + third * 12 <= 6) {
                    assertThat(second * 5 + third * 8).isLessThanOrEqualTo(best + 1e-9);
                }
            }
        }
    }

    @Test
    void isTheCheapestOptionWhereNoneKeepsTheLimit() {
        double[] returns = {3, -1, 2};
        double[] costs = {4, 2, 2};
        assertThat(Mixture.best(returns, costs, 1)).isEqualTo(new Mixture(2, 2, 1));
        assertThat(Mixture.best(returns, costs, -7)).isEqualTo(new Mixture(2, 2, 1));
    }

    @Test
    void drawsEachAsOftenAsItSays() {
        Mixture mixture = new Mixture(4, 7, 0.3);
        RandomStream random = new RandomStream(5, 0, 0, 0);
        int ones = 0;
        for (int i = 0; i < 10_000; i++) {
            ones += mixture.pick(random.uniform()) == 4 ? 1 : 0;
        }
        assertThat(ones).isBetween(2_850, 3_150);
    }
}
