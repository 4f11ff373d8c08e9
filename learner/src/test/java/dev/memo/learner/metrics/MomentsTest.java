package dev.memo.learner.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MomentsTest {
    private static final double[] VALUES = values();

    /** Far from 0, where sums of squares would lose the spread. */
    private static double[] values() {
        RandomStream random = new RandomStream(0, 0, 0, 0);
        double[] values = new double[100];
        Arrays.setAll(values, _ -> 1e6 + random.normal());
        return values;
    }

    private static Moments of(int from, int to) {
        Moments moments = new Moments();
        for (int i = from; i < to; i++) {
            moments.add(VALUES[i]);
        }
        return moments;
    }

    @Test
    void intervalIsThatOfTheValues() {
        Moments moments = of(0, VALUES.length);
        Interval kept = Interval.of(VALUES);
        assertThat(moments.count()).isEqualTo(VALUES.length);
        assertThat(moments.standardDeviation())
                .isCloseTo(Samples.standardDeviation(VALUES), within(1e-8));
        assertThat(moments.interval().mean()).isCloseTo(kept.mean(), within(1e-8));
        assertThat(moments.interval().low()).isCloseTo(kept.low(), within(1e-8));
        assertThat(moments.interval().high()).isCloseTo(kept.high(), within(1e-8));
    }

    @Test
    void oneValueHasNoSpreadAndNoneHasNoInterval() {
        assertThat(of(3, 4).interval()).isEqualTo(new Interval(VALUES[3], VALUES[3], VALUES[3]));
        assertThat(of(3, 4).standardDeviation()).isZero();
        assertThat(of(0, 0).interval()).isNull();
    }
}
