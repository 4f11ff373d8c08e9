package dev.memo.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memo.base.RandomStream;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class QuantityTest {
    private static final int DRAWS = 4000;

    private final RandomStream random = new RandomStream(7, 0, 0, 0);

    private double[] draws(Quantity quantity) {
        return DoubleStream.generate(() -> quantity.draw(random)).limit(DRAWS).toArray();
    }

    private double[] wholeDraws(Quantity quantity) {
        return DoubleStream.generate(() -> quantity.drawWhole(random)).limit(DRAWS).toArray();
    }

    @Test
    void takesNothingFromTheStreamWhenFixed() {
        assertThat(Quantity.of(0.3).draw(random)).isEqualTo(0.3);
        assertThat(Quantity.of(8).drawWhole(random)).isEqualTo(8);
        assertThat(random.position()).isZero();
    }

    @Test
    void drawsARangeUniformly() {
        double[] draws = draws(new Quantity.Range(1, 3));
        assertThat(DoubleStream.of(draws)).allMatch(value -> value >= 1 && value < 3);
        // Five standard deviations of the mean: 5 * (2 / sqrt(12)) / sqrt(4000).
        assertThat(DoubleStream.of(draws).average().orElseThrow()).isBetween(1.954, 2.046);
    }

    @Test
    void drawsWholeNumbersWithBothEnds() {
        double[] draws = wholeDraws(new Quantity.Range(-1, 2));
        assertThat(DoubleStream.of(draws).distinct().sorted().toArray())
                .containsExactly(-1, 0, 1, 2);
        for (int value = -1; value <= 2; value++) {
            int wanted = value;
            // 1000 expected, standard deviation 27.
            assertThat(DoubleStream.of(draws).filter(draw -> draw == wanted).count())
                    .isBetween(860L, 1140L);
        }
    }

    @Test
    void drawsChoicesByTheirPlaces() {
        double[] draws = draws(new Quantity.Choice(List.of(0.5, 0.5, 2.0, 1.0)));
        assertThat(DoubleStream.of(draws).filter(draw -> draw == 0.5).count())
                .isBetween(1840L, 2160L);
        assertThat(DoubleStream.of(draws).filter(draw -> draw == 2).count()).isBetween(860L, 1140L);
    }

    @Test
    void knowsItsEnds() {
        Quantity choice = new Quantity.Choice(List.of(2.0, 0.5, 1.0));
        assertThat(choice.min()).isEqualTo(0.5);
        assertThat(choice.max()).isEqualTo(2);
        assertThat(choice.isWhole()).isFalse();
        assertThat(new Quantity.Range(1, 3).isWhole()).isTrue();
    }

    @Test
    void readsAsAPersonWouldSayIt() {
        assertThat(Quantity.of(8)).hasToString("8");
        assertThat(new Quantity.Range(0.25, 3)).hasToString("0.25 to 3");
        assertThat(new Quantity.Choice(List.of(1.0, 2.5))).hasToString("1 or 2.5");
    }

    @Test
    void timesAFactorEveryNumberGrows() {
        assertThat(Quantity.of(3).times(0.5)).isEqualTo(Quantity.of(1.5));
        assertThat(new Quantity.Range(1, 2).times(1.5)).isEqualTo(new Quantity.Range(1.5, 3));
        assertThat(new Quantity.Choice(List.of(1.0, 4.0)).times(0.25))
                .isEqualTo(new Quantity.Choice(List.of(0.25, 1.0)));
        assertThat(new Quantity.Range(0.3, 0.7).times(1)).isEqualTo(new Quantity.Range(0.3, 0.7));
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatIllegalArgumentException().isThrownBy(() -> Quantity.of(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Quantity.Range(0, Double.POSITIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> new Quantity.Range(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Quantity.Choice(List.of()));
    }
}
