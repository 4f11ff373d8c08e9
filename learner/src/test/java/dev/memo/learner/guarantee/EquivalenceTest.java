package dev.memo.learner.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.InputException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EquivalenceTest {
    private static final Confidence CONFIDENCE = new Confidence(0.95);
    private static final double[] FIRST = {9.1, 10.3, 11.2, 8.7, 10.0, 9.6, 10.9, 9.9};
    private static final double[] SECOND = {10.2, 9.4, 10.8, 9.9, 11.1, 10.6};

    /**
     * SciPy 1.17.1: {@code max(ttest_ind(a + m, b, equal_var=False, alternative='greater').pvalue,
     * ttest_ind(a - m, b, equal_var=False, alternative='less').pvalue)}.
     */
    @ParameterizedTest
    @CsvSource({
        "0.5, 0.37400658325878017, false",
        "1, 0.0676451021393879, false",
        "2, 0.0006777055745365943, true"
    })
    void probabilitiesAreThoseOfScipy(double margin, double probability, boolean shown) {
        Equivalence test = Equivalence.of(FIRST, SECOND, margin, CONFIDENCE);
        assertThat(test.difference()).isCloseTo(-0.37083333333333357, within(1e-12));
        assertThat(test.margin()).isEqualTo(margin);
        assertThat(test.probability()).isCloseTo(probability, within(1e-10));
        assertThat(test.shown()).isEqualTo(shown);
        // Which of the two is first does not matter.
        assertThat(Equivalence.of(SECOND, FIRST, margin, CONFIDENCE).probability())
                .isCloseTo(probability, within(1e-10));
    }

    @Test
    void meansThatDifferByTheMarginPassAsRarelyAsTheConfidenceSays() {
        Random random = new Random(1);
        int repeats = 4000;
        int atTheMargin = 0;
        int inTheMiddle = 0;
        for (int i = 0; i < repeats; i++) {
            double[] first = normal(random, 40, 0, 1);
            double[] second = normal(random, 25, 1, 2);
            atTheMargin += Equivalence.of(first, second, 1, CONFIDENCE).shown() ? 1 : 0;
            double[] same = normal(random, 25, 0, 2);
            inTheMiddle += Equivalence.of(first, same, 1.6, CONFIDENCE).shown() ? 1 : 0;
        }
        assertThat((double) atTheMargin / repeats).isBetween(0.035, 0.06);
        assertThat((double) inTheMiddle / repeats).isGreaterThan(0.9);
    }

    private static double[] normal(Random random, int n, double mean, double deviation) {
        double[] values = new double[n];
        Arrays.setAll(values, _ -> mean + deviation * random.nextGaussian());
        return values;
    }

    @Test
    void valuesWithoutSpreadNeedNoTest() {
        double[] zeros = new double[5];
        double[] ones = {1, 1, 1};
        assertThat(Equivalence.of(zeros, zeros, 0.1, CONFIDENCE).shown()).isTrue();
        assertThat(Equivalence.of(zeros, ones, 1.1, CONFIDENCE).probability()).isZero();
        assertThat(Equivalence.of(zeros, ones, 1, CONFIDENCE).probability()).isOne();
        // A margin of nothing shows nothing.
        assertThat(Equivalence.of(zeros, zeros, 0, CONFIDENCE).shown()).isFalse();
    }

    @Test
    void refusesWhatCannotBeTested() {
        assertThatThrownBy(() -> Equivalence.of(FIRST, new double[1], 1, CONFIDENCE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("8 and 1 values");
        assertThatThrownBy(() -> Equivalence.of(FIRST, new double[] {1, Double.NaN}, 1, CONFIDENCE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("NaN");
        for (double margin : new double[] {-0.1, Double.NaN}) {
            assertThatThrownBy(() -> Equivalence.of(FIRST, SECOND, margin, CONFIDENCE))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("margin " + margin);
        }
    }
}
