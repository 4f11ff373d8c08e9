package dev.memo.learner.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DescribedSegmentsTest {
    private static final Descriptor SPEED =
            new Descriptor("speed", "m/s", "", "drives faster", "drives slower");
    private static final Descriptor COST =
            new Descriptor("cost", "in 1000 steps", "", "pays more", "pays less");
    private static final Descriptor GOALS = new Descriptor("goals", "", "", "more", "fewer");

    /** Modes 0, 1 and 3 of four, with two segments each. Goals never vary. */
    private static final DescribedSegments SEGMENTS =
            new DescribedSegments(
                    List.of(SPEED, COST, GOALS),
                    new int[] {0, 0, 1, 1, 3, 3},
                    new int[] {7, 8, 7, 8, 7, 8},
                    new double[][] {
                        {1, 10, 5}, {3, 10, 5}, {2, 12, 5}, {4, 12, 5}, {11, 14, 5}, {13, 14, 5}
                    },
                    4);

    @Test
    void effectsAreInStandardDeviationsWithinModes() {
        // Deviation of speed within each mode: sqrt(2). Mode 3: 12, the others: 2 and 3.
        DescribedSegments.Difference speed = SEGMENTS.fromOthers(3).getLast();
        assertThat(speed.descriptor()).isEqualTo(SPEED);
        assertThat(speed.own()).isEqualTo(12);
        assertThat(speed.other()).isEqualTo(2.5);
        assertThat(speed.effect()).isCloseTo(9.5 / Math.sqrt(2), within(1e-12));
        assertThat(speed.text()).isEqualTo("drives faster: 12, not 2.5 m/s");
    }

    @Test
    void whatDoesNotVaryWithinModesIsMeasuredByTheRangeOfTheirMeans() {
        // Costs 10, 12 and 14: 5 % of 4.
        DescribedSegments.Difference cost = SEGMENTS.fromOthers(3).getFirst();
        assertThat(cost.descriptor()).isEqualTo(COST);
        assertThat(cost.effect()).isCloseTo(3 / 0.2, within(1e-12));
        assertThat(SEGMENTS.fromOthers(0))
                .extracting(DescribedSegments.Difference::words)
                .containsExactly("pays less", "drives slower");
    }

    @Test
    void smallDifferencesAreNotTold() {
        // Speeds 2 and 3: 0.71 standard deviations.
        assertThat(SEGMENTS.from(0, 1))
                .extracting(one -> one.descriptor().name())
                .containsExactly("cost");
    }

    @Test
    void modesWithoutSegmentsAreNotCompared() {
        assertThat(SEGMENTS.has(2)).isFalse();
        assertThat(SEGMENTS.mostLike(0)).hasValue(1);
        assertThat(SEGMENTS.mostLike(3)).hasValue(1);
    }

    @Test
    void pairsAreOfOneEpisode() {
        assertThat(SEGMENTS.paired(0, 1, "speed", 1).orElseThrow())
                .satisfies(
                        interval -> {
                            assertThat(interval.mean()).isEqualTo(-1);
                            // Always 1 less, although both vary.
                            assertThat(interval.high()).isEqualTo(-1);
                        });
        assertThat(SEGMENTS.paired(0, 2, "speed", 1)).isEmpty();
    }
}
