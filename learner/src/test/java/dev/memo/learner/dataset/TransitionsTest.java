package dev.memo.learner.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.InputException;
import dev.memo.sim.env.EnvSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransitionsTest {
    private static final Features OBSERVATION = Features.parse("observation");

    private final Dataset dataset = SyntheticEpisodes.dataset(12, 3, 9);
    private final int[] all = {0, 1, 2};

    private Transitions cut(Features features, int step, Transitions.Respawns respawns) {
        return Transitions.of(dataset, all, features, List.of(step), respawns);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 9})
    void stateAndDifferenceAddUpToALaterStateOfTheSameEpisode(int step) {
        Transitions table = cut(OBSERVATION, step, Transitions.Respawns.KEEP);
        int width = table.stateSize();
        assertThat(table.differenceSize()).isEqualTo(width);
        for (int row = 0; row < table.size(); row++) {
            Episode episode = dataset.episodes().get(table.episodes()[row]);
            int t = table.times()[row];
            assertThat(t + step).isLessThanOrEqualTo(episode.steps());
            for (int c = 0; c < width; c++) {
                float state = table.states()[row * width + c];
                assertThat(state).isEqualTo(episode.observations()[t * width + c]);
                assertThat(state + table.differences()[row * width + c])
                        .isCloseTo(episode.observations()[(t + step) * width + c], within(3e-7f));
            }
            for (int c = 0; c < table.actionSize(); c++) {
                assertThat(table.actions()[row * table.actionSize() + c])
                        .isEqualTo(episode.actions()[t * table.actionSize() + c]);
            }
        }
    }

    @Test
    void hasEveryWindowOfTheChosenEpisodes() {
        Transitions table = cut(OBSERVATION, 5, Transitions.Respawns.KEEP);
        assertThat(table.episodes()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2);
        assertThat(table.times()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4);
        assertThat(
                        Transitions.of(
                                dataset,
                                new int[] {2},
                                OBSERVATION,
                                List.of(9),
                                Transitions.Respawns.KEEP))
                .extracting(Transitions::size)
                .isEqualTo(1);
    }

    @Test
    void marksOrDropsWindowsInWhichTheGoalMoved() {
        // Goals are met in steps 4 and 9.
        Transitions kept = cut(OBSERVATION, 3, Transitions.Respawns.KEEP);
        assertThat(Arrays.copyOf(kept.crossesRespawn(), 10))
                .containsExactly(false, false, true, true, true, false, false, true, true, true);
        Transitions dropped = cut(OBSERVATION, 3, Transitions.Respawns.DROP);
        assertThat(dropped.episodes()).containsExactly(0, 0, 0, 0, 1, 2, 2, 2, 2);
        assertThat(dropped.times()).containsExactly(0, 1, 5, 6, 0, 0, 1, 5, 6);
        assertThat(dropped.crossesRespawn()).doesNotContain(true);
        assertThat(dropped.states()).hasSize(dropped.size() * 5);
    }

    @Test
    void takesChosenPartsOnly() {
        Transitions table = cut(Features.parse("goal_lidar"), 2, Transitions.Respawns.KEEP);
        assertThat(table.columns()).containsExactly("goal_lidar[0]", "goal_lidar[1]");
        float[] seen = dataset.episodes().getFirst().observations();
        assertThat(table.differences()[2]).isEqualTo(seen[3 * 5 + 3] - seen[1 * 5 + 3]);
        assertThat(table.stateSize()).isEqualTo(5);
    }

    @Test
    void seesMotionFromTheRobotsOwnPlace() {
        // A circle of radius 2 to the left, wherever it starts and however often it goes round.
        double angle = 1.5;
        for (double start : new double[] {0, 3.0, -2.5}) {
            Transitions table = circle(start, angle, 5);
            double turn = 5 * angle;
            for (int row = 0; row < table.size(); row++) {
                assertThat(Arrays.copyOfRange(table.differences(), row * 5, row * 5 + 5))
                        .containsExactly(
                                new float[] {
                                    (float) (2 * Math.sin(turn)),
                                    (float) (2 - 2 * Math.cos(turn)),
                                    (float) Math.sin(turn),
                                    (float) (Math.cos(turn) - 1),
                                    (float) angle
                                },
                                within(1e-5f));
            }
        }
    }

    private static Transitions circle(double start, double angle, int step) {
        int steps = 12;
        double[] poses = new double[(steps + 1) * 3];
        for (int t = 0; t <= steps; t++) {
            double heading = start + t * angle;
            poses[t * 3] = 7 + 2 * Math.sin(heading);
            poses[t * 3 + 1] = -1 - 2 * Math.cos(heading);
            poses[t * 3 + 2] = Math.IEEEremainder(heading, 2 * Math.PI);
        }
        Episode episode =
                new Episode(
                        OptionalLong.empty(),
                        new float[steps + 1],
                        new float[steps],
                        new double[steps],
                        new boolean[steps],
                        new boolean[steps],
                        new double[0],
                        new boolean[0],
                        poses);
        DatasetSpec spec =
                new DatasetSpec(
                        List.of(new EnvSpec.Slice("nothing", 0, 1)),
                        1,
                        List.of(),
                        List.of("x", "y", "heading"));
        return Transitions.of(
                new Dataset("circle", Optional.empty(), spec, List.of(episode)),
                new int[] {0},
                new Features.Pose(),
                List.of(step),
                Transitions.Respawns.DROP);
    }

    @Test
    void refusesWhatTheDatasetDoesNotHave() {
        assertThatThrownBy(() -> cut(Features.parse("sonar"), 1, Transitions.Respawns.KEEP))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'sonar': this dataset has [gyro, goal_lidar]");
        assertThatThrownBy(() -> cut(OBSERVATION, 0, Transitions.Respawns.KEEP))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("step 0");
        assertThatThrownBy(() -> cut(OBSERVATION, 13, Transitions.Respawns.KEEP))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--step 13: the longest of 3 episodes has 12 steps");
    }

    @Test
    void refusesPosesOfADatasetWithoutThem() {
        DatasetSpec spec =
                new DatasetSpec(List.of(new EnvSpec.Slice("s", 0, 1)), 1, List.of(), List.of("x"));
        assertThatThrownBy(() -> new Features.Pose().columns(spec))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "[x] and [x, y, heading] are needed: give --features observation, or parts"
                                + " of it: s");
    }
}
