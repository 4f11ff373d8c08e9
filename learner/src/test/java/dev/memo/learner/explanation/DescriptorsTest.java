package dev.memo.learner.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.explanation.Drives.Law;
import dev.memo.sim.env.EnvSpec;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DescriptorsTest {
    private static double value(Episode episode, int[] steps, String name) {
        Descriptors descriptors = Descriptors.of(Drives.SPEC);
        int place = descriptors.list().stream().map(Descriptor::name).toList().indexOf(name);
        return descriptors.of(episode, steps)[place];
    }

    private static double value(Episode episode, String name) {
        return value(episode, Drives.allSteps(), name);
    }

    @Test
    void aCircleTurnsAsFastAsItIsDriven() {
        Episode circle = Drives.episode(Drives.circle(0.3, -1), 0, 0.25);
        assertThat(value(circle, Descriptors.SPEED)).isCloseTo(1, within(1e-9));
        assertThat(value(circle, Descriptors.TURNING)).isCloseTo(180 / Math.PI, within(1e-9));
        assertThat(value(circle, Descriptors.ONE_SIDEDNESS)).isEqualTo(1);
        // The chord of 2 rad over its arc.
        assertThat(value(circle, Descriptors.STRAIGHTNESS)).isCloseTo(Math.sin(1), within(1e-4));
        assertThat(value(circle, Descriptors.HAZARD_CLOSENESS)).isEqualTo(0.25);
        assertThat(value(circle, Descriptors.COST)).isZero();
    }

    @Test
    void goalsAndCostsCountPerThousandSteps() {
        Episode goals = Drives.episode(Drives.toGoals(), 0, 0.95);
        int met = 0;
        for (boolean one : goals.goalsMet()) {
            met += one ? 1 : 0;
        }
        assertThat(met).isPositive();
        assertThat(value(goals, Descriptors.GOALS)).isCloseTo(met * 2.5, within(1e-9));
        assertThat(value(goals, Descriptors.COST)).isEqualTo(1_000);
        // Where a goal was met, the next one is behind.
        assertThat(value(goals, Descriptors.GOAL_SEEKING)).isBetween(0.9, 1.0);
    }

    @Test
    void whatHappensBetweenTheStepsOfASegmentIsNotDescribed() {
        Law straightButForACircle =
                (t, _, _, _, _) -> new double[] {0.02 * Math.clamp(t - 100, 0, 150), 1};
        Episode episode = Drives.episode(straightButForACircle, 0, 0);
        int[] straight =
                IntStream.concat(IntStream.range(0, 100), IntStream.range(250, 400)).toArray();
        assertThat(value(episode, straight, Descriptors.TURNING)).isZero();
        assertThat(value(episode, straight, Descriptors.STRAIGHTNESS)).isCloseTo(1, within(1e-9));
        int[] circle = IntStream.range(100, 250).toArray();
        assertThat(value(episode, circle, Descriptors.TURNING))
                .isCloseTo(180 / Math.PI, within(1e-9));
        assertThat(value(episode, circle, Descriptors.STRAIGHTNESS))
                .isCloseTo(Math.sin(1), within(1e-4));
        assertThat(value(episode, Descriptors.TURNING)).isBetween(15.0, 30.0);
    }

    @Test
    void everyWindowCountsOnce() {
        Episode late = Drives.episode((t, _, _, _, _) -> new double[] {t < 390 ? 0 : 1, 1}, 0, 0);
        // The turn of 1 rad is in 11 of the 376 windows of half a second.
        assertThat(value(late, Descriptors.TURNING))
                .isCloseTo(Math.toDegrees(11 / (376 * 0.5)), within(1e-9));
        Episode zigzag = Drives.episode(Drives.zigzag(), 0, 0);
        // To the right in 200 windows and to the left in 176.
        assertThat(value(zigzag, Descriptors.ONE_SIDEDNESS)).isCloseTo(24 / 376.0, within(1e-9));
    }

    @Test
    void aSegmentShorterThanAWindowIsDescribedByItsLongestRun() {
        Episode circle = Drives.episode(Drives.circle(0, 1), 0, 0);
        int[] steps = {3, 10, 11, 12, 13, 20, 399};
        assertThat(value(circle, steps, Descriptors.TURNING))
                .isCloseTo(180 / Math.PI, within(1e-9));
        assertThat(value(circle, new int[] {399}, Descriptors.STRAIGHTNESS))
                .isCloseTo(1, within(1e-9));
        assertThat(value(circle, new int[] {399}, Descriptors.SPEED)).isCloseTo(1, within(1e-9));
    }

    @Test
    void columnsThatNobodyKnowsHaveMeanAndDeviation() {
        DatasetSpec spec =
                new DatasetSpec(List.of(new EnvSpec.Slice("angle", 0, 2)), 1, List.of(), List.of());
        Episode episode =
                new Episode(
                        OptionalLong.empty(),
                        new float[] {1, 10, 3, 10, 5, 10},
                        new float[] {-1, 1},
                        new double[] {4, 4},
                        new boolean[2],
                        new boolean[2],
                        new double[0],
                        new boolean[0],
                        new double[0]);
        Descriptors descriptors = Descriptors.of(spec);
        assertThat(descriptors.list().stream().map(Descriptor::name))
                .containsExactly(
                        "mean of angle[0]",
                        "deviation of angle[0]",
                        "mean of angle[1]",
                        "deviation of angle[1]",
                        "mean of action[0]",
                        "deviation of action[0]",
                        "mean of reward",
                        "deviation of reward");
        assertThat(descriptors.of(episode, new int[] {0, 1}))
                .containsExactly(
                        new double[] {2, Math.sqrt(2), 10, 0, 0, Math.sqrt(2), 4, 0},
                        within(1e-12));
    }
}
