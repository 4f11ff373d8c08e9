package dev.memo.learner.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.RandomStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class MatchingTest {
    @RepeatedTest(20)
    void isAsGoodAsTheBestOfAllMatchings(RepetitionInfo repetition) {
        RandomStream random = new RandomStream(repetition.getCurrentRepetition(), 0, 0, 0);
        double[][] score = new double[1 + random.below(5)][1 + random.below(5)];
        for (double[] row : score) {
            for (int k = 0; k < row.length; k++) {
                row[k] = random.below(9) - 4;
            }
        }
        int[] columns = Matching.best(score);
        double total = 0;
        int matched = 0;
        boolean[] taken = new boolean[score[0].length];
        for (int m = 0; m < columns.length; m++) {
            if (columns[m] >= 0) {
                assertThat(taken[columns[m]]).isFalse();
                taken[columns[m]] = true;
                total += score[m][columns[m]];
                matched++;
            }
        }
        int wanted = Math.min(score.length, score[0].length);
        assertThat(matched).isEqualTo(wanted);
        boolean[] free = new boolean[score[0].length];
        assertThat(total).isCloseTo(bestOf(score, 0, wanted, free), within(1e-12));
    }

    /** Tries everything: the best total of so many pairs in the rows from m on. */
    private static double bestOf(double[][] score, int m, int pairs, boolean[] taken) {
        if (pairs == 0) {
            return 0;
        }
        if (m == score.length) {
            return Double.NEGATIVE_INFINITY;
        }
        double best = bestOf(score, m + 1, pairs, taken);
        for (int k = 0; k < taken.length; k++) {
            if (!taken[k]) {
                taken[k] = true;
                best = Math.max(best, score[m][k] + bestOf(score, m + 1, pairs - 1, taken));
                taken[k] = false;
            }
        }
        return best;
    }
}
