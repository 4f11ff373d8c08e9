package dev.memo.learner.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FidelityTest {
    private static final double[] EXPERT = {1, 2, 3};

    @Test
    void isMeasuredInTheExpertsOwnDeviation() {
        Fidelity fidelity = Fidelity.of(new double[] {0.5, 1.5, 2.5}, EXPERT, 10);
        assertThat(fidelity.value()).isCloseTo(0.5, within(1e-12));
        assertThat(fidelity.difference().mean()).isCloseTo(-0.5, within(1e-12));
        assertThat(fidelity.difference().low()).isCloseTo(-0.5, within(1e-12));
    }

    @Test
    void isMeasuredInTheExpertsRangeWhereTheExpertHardlyVaries() {
        double range = Fidelity.range(List.of(new double[] {2, 2}, new double[] {41, 43}));
        assertThat(range).isEqualTo(40);
        assertThat(Fidelity.of(new double[] {3, 3}, new double[] {2, 2}, range).value())
                .isCloseTo(0.5, within(1e-12));
    }

    @Test
    void isZeroOrInfiniteWhereNothingVaries() {
        double[] none = {0, 0};
        assertThat(Fidelity.of(none, none, 0).value()).isZero();
        assertThat(Fidelity.of(new double[] {1, 1}, none, 0).value()).isInfinite();
    }

    @Test
    void itsIntervalIsOfTheDifferencesInEachLayout() {
        Fidelity fidelity = Fidelity.of(new double[] {1, 2, 4}, EXPERT, 0);
        Interval differences = Interval.of(new double[] {0, 0, 1});
        assertThat(fidelity.difference()).isEqualTo(differences);
    }
}
