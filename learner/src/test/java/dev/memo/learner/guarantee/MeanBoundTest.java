package dev.memo.learner.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.InputException;
import dev.memo.learner.metrics.Samples;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MeanBoundTest {
    private static final Range UNIT = new Range(0, 1);
    private static final Confidence CONFIDENCE = new Confidence(0.95);

    /** frac(i / golden ratio)^2 for i = 1 .. n. */
    private static double[] squares(int n) {
        return IntStream.rangeClosed(1, n)
                .mapToDouble(i -> Math.pow(i * 0.6180339887498949 % 1, 2))
                .toArray();
    }

    /**
     * NumPy 2: {@code m -+ (sqrt(2 * x.var(ddof=1) * log(2/.05) / n) + 7 * log(2/.05) / (3 * (n -
     * 1)))}; and where {@code betting_mart(x, m, lambdas_fn_positive=lambda x, m:
     * lambda_predmix_eb(x, truncation=inf, alpha=.05, fixed_n=n), theta=1, trunc_scale=.9)} of
     * confseq 0.0.11, by the authors of the paper, first reaches 20, found by bisection of m; for
     * the upper bound with 1 - x.
     */
    @ParameterizedTest
    @CsvSource({
        "EMPIRICAL_BERNSTEIN, 20, -0.31080716665337466, 0.9408797597187382",
        "EMPIRICAL_BERNSTEIN, 200, 0.2346652529431691, 0.4360632122526673",
        "BETTING, 20, 0.17473262939944997, 0.48334218402942575",
        "BETTING, 200, 0.28585626889933646, 0.3865251151149789"
    })
    void boundsAreThoseOfOtherPrograms(MeanBound bound, int n, double low, double high) {
        // What is below the range says no more than the range.
        assertThat(bound.lower(squares(n), UNIT, CONFIDENCE))
                .isCloseTo(Math.max(0, low), within(1e-12));
        assertThat(bound.upper(squares(n), UNIT, CONFIDENCE)).isCloseTo(high, within(1e-12));
    }

    @Test
    void withoutVarianceTheRangeAloneDecides() {
        double[] same = new double[101];
        Arrays.fill(same, 3);
        double slack = 10 * 7 * Math.log(40) / 300;
        assertThat(MeanBound.EMPIRICAL_BERNSTEIN.lower(same, new Range(-2, 8), CONFIDENCE))
                .isCloseTo(3 - slack, within(1e-12));
    }

    @Test
    void aGamblerWhoAlwaysStakesTheMostDoublesAsTheFormulaSays() {
        // Values at the top: the variance shrinks, so late stakes are limited by 0.9 / m, and the
        // capital of mean m is at most (0.1 + 0.9 / m)^n.
        double[] ones = new double[200];
        Arrays.fill(ones, 1);
        double most = 0.9 / (Math.pow(20, 1 / 200.0) - 0.1);
        assertThat(MeanBound.BETTING.lower(ones, UNIT, CONFIDENCE)).isBetween(0.97, most);
    }

    @ParameterizedTest
    @EnumSource
    void boundsMoveWithTheUnit(MeanBound bound) {
        double[] values = squares(50);
        double[] moved = Arrays.stream(values).map(v -> 30 * v - 7).toArray();
        Range range = new Range(-7, 23);
        assertThat(bound.lower(moved, range, CONFIDENCE))
                .isCloseTo(30 * bound.lower(values, UNIT, CONFIDENCE) - 7, within(1e-9));
        assertThat(bound.upper(moved, range, CONFIDENCE))
                .isCloseTo(30 * bound.upper(values, UNIT, CONFIDENCE) - 7, within(1e-9));
    }

    /** A rate, a bell, and many small values with few large ones, with their means. */
    private enum Kind {
        BERNOULLI(random -> random.nextDouble() < 0.1 ? 1 : 0, 0.1),
        /** Beta(2, 2): the middle of three uniform values. */
        BETA(
                random -> {
                    double[] three = random.doubles(3).sorted().toArray();
                    return three[1];
                },
                0.5),
        SKEWED(random -> Math.pow(random.nextDouble(), 9), 0.1);

        private final ToDoubleFunction<SplittableRandom> draw;
        private final double mean;

        Kind(ToDoubleFunction<SplittableRandom> draw, double mean) {
            this.draw = draw;
            this.mean = mean;
        }
    }

    @ParameterizedTest
    @EnumSource
    void boundsHoldAsOftenAsTheySayAndTheGamblersAreNearer(Kind kind) {
        int repeats = 2000;
        for (MeanBound bound : MeanBound.values()) {
            int below = 0;
            int above = 0;
            for (int i = 0; i < repeats; i++) {
                double[] values = values(kind, i);
                below += bound.lower(values, UNIT, CONFIDENCE) <= kind.mean ? 1 : 0;
                above += bound.upper(values, UNIT, CONFIDENCE) >= kind.mean ? 1 : 0;
            }
            assertThat((double) below / repeats).as(bound + " below").isGreaterThan(0.945);
            assertThat((double) above / repeats).as(bound + " above").isGreaterThan(0.945);
        }
        // One that always holds says nothing: near the mean, in standard errors.
        double width = 0;
        for (int i = 0; i < repeats; i++) {
            double[] values = values(kind, i);
            double error = Samples.standardDeviation(values) / Math.sqrt(values.length);
            double bound = MeanBound.BETTING.lower(values, UNIT, CONFIDENCE);
            assertThat(bound)
                    .isGreaterThan(MeanBound.EMPIRICAL_BERNSTEIN.lower(values, UNIT, CONFIDENCE));
            width += (Samples.mean(values) - bound) / error / repeats;
        }
        assertThat(width).isBetween(1.645, 3.0);
    }

    private static double[] values(Kind kind, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[150];
        Arrays.setAll(values, _ -> kind.draw.applyAsDouble(random));
        return values;
    }

    @ParameterizedTest
    @EnumSource
    void refusesValuesThatCannotBe(MeanBound bound) {
        assertThatThrownBy(() -> bound.lower(new double[] {0.5}, UNIT, CONFIDENCE))
                .isInstanceOf(InputException.class)
                .hasMessage("1 values: a bound of their mean needs at least 2");
        for (double wrong : new double[] {Double.NaN, -0.01, 1.01}) {
            assertThatThrownBy(() -> bound.lower(new double[] {0.5, wrong}, UNIT, CONFIDENCE))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("value " + wrong + ": must lie from 0.0 to 1.0");
        }
    }

    @Test
    void refusesRangesThatAreNone() {
        for (double[] wrong : new double[][] {{1, 1}, {2, 1}, {0, Double.NaN}, {0, 1 / 0.0}}) {
            assertThatThrownBy(() -> new Range(wrong[0], wrong[1]))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("range from " + wrong[0] + " to " + wrong[1]);
        }
    }
}
