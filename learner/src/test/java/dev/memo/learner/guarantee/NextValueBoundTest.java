package dev.memo.learner.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.InputException;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextValueBoundTest {
    private static final Confidence CONFIDENCE = new Confidence(0.95);

    /** n, .., 1. */
    private static double[] countdown(int n) {
        return IntStream.range(0, n).mapToDouble(i -> n - i).toArray();
    }

    @ParameterizedTest
    @CsvSource({"19, 0.95, 19", "39, 0.95, 38", "200, 0.95, 191", "200, 0.9, 181", "99, 0.99, 99"})
    void theBoundIsTheValueOfTheRankThatTheTheoremNames(int n, double level, int rank) {
        Confidence confidence = new Confidence(level);
        assertThat(NextValueBound.upper(countdown(n), confidence)).isEqualTo(rank);
        assertThat(NextValueBound.lower(countdown(n), confidence)).isEqualTo(n + 1 - rank);
    }

    @Test
    void theNextValueIsWithinAsOftenAsTheRankOfNPlusOneSays() {
        int repeats = 20_000;
        int n = 30;
        int below = 0;
        int above = 0;
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < repeats; i++) {
            // Most are small, some are large.
            double[] values = random.doubles(n).map(u -> 1 / (1.001 - u)).toArray();
            double next = 1 / (1.001 - random.nextDouble());
            above += next <= NextValueBound.upper(values, CONFIDENCE) ? 1 : 0;
            below += next >= NextValueBound.lower(values, CONFIDENCE) ? 1 : 0;
        }
        // Rank 30 of 31.
        assertThat((double) above / repeats).isCloseTo(30.0 / 31, within(0.005));
        assertThat((double) below / repeats).isCloseTo(30.0 / 31, within(0.005));
    }

    @Test
    void refusesTooFewEpisodesAndSaysHowManyAreNeeded() {
        assertThatThrownBy(() -> NextValueBound.upper(countdown(18), CONFIDENCE))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "18 episodes: a bound of one more with confidence 0.95 needs at least 19");
        assertThatThrownBy(() -> NextValueBound.lower(countdown(98), new Confidence(0.99)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("needs at least 99");
    }

    @Test
    void refusesNan() {
        double[] values = countdown(40);
        values[7] = Double.NaN;
        assertThatThrownBy(() -> NextValueBound.lower(values, CONFIDENCE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("NaN");
    }
}
