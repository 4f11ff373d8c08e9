package dev.memo.sim.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.InputException;
import dev.memo.base.RandomStream;
import dev.memo.base.TensorFile;
import dev.memo.base.ThreadTeam;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every vector environment promises. An environment passes by a test class of its own that
 * extends this one; its episodes must be truncated after at most 200 steps.
 */
abstract class VectorEnvContract {
    private static final long SEED = 42;
    private static final int ENVS = 37;

    /** A batch of the environment under test. */
    protected abstract VectorEnv create(int envs, Autoreset autoreset, ThreadTeam team);

    /** Steps a batch of its own and keeps what every call wrote. */
    private final class Run implements AutoCloseable {
        private final ThreadTeam team;
        private final VectorEnv env;
        private final EnvBatch batch;

        Run(int envs, Autoreset autoreset, int threads) {
            team = new ThreadTeam(threads);
            env = create(envs, autoreset, team);
            batch = new EnvBatch(env.spec(), envs);
        }

        /** The same actions for the same step and row, whatever the batch. */
        float[] actions(int step, int firstRow) {
            int size = env.spec().actionSize();
            float[] actions = new float[env.envs() * size];
            for (int row = 0; row < env.envs(); row++) {
                // Held for 20 steps, so that bodies get somewhere.
                RandomStream random = new RandomStream(7, 0, firstRow + row, step / 20);
                for (int i = 0; i < size; i++) {
                    actions[row * size + i] = (float) random.uniform(-1.5, 1.5);
                }
            }
            return actions;
        }

        void steps(int from, int to) {
            for (int step = from; step < to; step++) {
                env.step(actions(step, 0), batch);
            }
        }

        int episodeSteps() {
            return env.spec().episodeSteps();
        }

        @Override
        public void close() {
            env.close();
            team.close();
        }
    }

    /** Asserts that a row of a batch of so many environments is a row of another batch. */
    static void assertSameRow(EnvBatch a, int rowA, EnvBatch b, int rowB, int envsA) {
        assertThat(row(a.observations, rowA, envsA))
                .isEqualTo(row(b.observations, rowB, b.rewards.length));
        assertThat(row(a.poses, rowA, envsA)).isEqualTo(row(b.poses, rowB, b.rewards.length));
        assertThat(row(a.costs, rowA, envsA)).isEqualTo(row(b.costs, rowB, b.rewards.length));
        assertThat(a.rewards[rowA]).isEqualTo(b.rewards[rowB]);
        assertThat(a.terminated[rowA]).isEqualTo(b.terminated[rowB]);
        assertThat(a.truncated[rowA]).isEqualTo(b.truncated[rowB]);
        assertThat(a.goalsMet[rowA]).isEqualTo(b.goalsMet[rowB]);
        assertThat(a.episodeReturns[rowA]).isEqualTo(b.episodeReturns[rowB]);
        assertThat(a.episodeCosts[rowA]).isEqualTo(b.episodeCosts[rowB]);
        assertThat(a.episodeLengths[rowA]).isEqualTo(b.episodeLengths[rowB]);
        if (a.ended(rowA)) {
            assertThat(row(a.finalObservations, rowA, envsA))
                    .isEqualTo(row(b.finalObservations, rowB, b.rewards.length));
            assertThat(row(a.finalPoses, rowA, envsA))
                    .isEqualTo(row(b.finalPoses, rowB, b.rewards.length));
        }
    }

    private static void assertSame(EnvBatch a, EnvBatch b) {
        int envs = a.rewards.length;
        for (int env = 0; env < envs; env++) {
            assertSameRow(a, env, b, env, envs);
        }
    }

    private static List<Float> row(float[] values, int row, int rows) {
        int n = values.length / rows;
        return IntStream.range(row * n, (row + 1) * n).mapToObj(i -> values[i]).toList();
    }

    private static List<Double> row(double[] values, int row, int rows) {
        int n = values.length / rows;
        return IntStream.range(row * n, (row + 1) * n).mapToObj(i -> values[i]).toList();
    }

    @Test
    void describesItsArrays() {
        try (Run run = new Run(2, Autoreset.SAME_STEP, 1)) {
            EnvSpec spec = run.env.spec();
            assertThat(run.env.envs()).isEqualTo(2);
            assertThat(spec.costNames().getLast()).isEqualTo("sum");
            assertThat(spec.observationStride()).isGreaterThanOrEqualTo(spec.observationSize());
            assertThat(spec.actionSize()).isPositive();
            assertThat(spec.episodeSteps()).isBetween(1, 200);
        }
    }

    @Test
    void mustBeResetBeforeItsFirstStep() {
        try (Run run = new Run(2, Autoreset.SAME_STEP, 1)) {
            float[] actions = run.actions(0, 0);
            assertThatThrownBy(() -> run.env.step(actions, run.batch))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> run.env.reset(new boolean[2], run.batch))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void environmentsGetSeedsInARow() {
        try (Run row = new Run(3, Autoreset.SAME_STEP, 1);
                Run listed = new Run(3, Autoreset.SAME_STEP, 1)) {
            row.env.reset(SEED, row.batch);
            listed.env.reset(new long[] {SEED, SEED + 1, SEED + 2}, listed.batch);
            assertSame(row.batch, listed.batch);
            assertThat(row(row.batch.observations, 0, 3))
                    .isNotEqualTo(row(row.batch.observations, 1, 3));
        }
    }

    @Test
    void resettingWithTheSameSeedStartsTheSameEpisodesAgain() {
        try (Run run = new Run(3, Autoreset.SAME_STEP, 1);
                Run fresh = new Run(3, Autoreset.SAME_STEP, 1)) {
            run.env.reset(1, run.batch);
            run.steps(0, run.episodeSteps() + 5);
            run.env.reset(SEED, run.batch);
            fresh.env.reset(SEED, fresh.batch);
            assertSame(run.batch, fresh.batch);
            run.steps(0, 30);
            fresh.steps(0, 30);
            assertSame(run.batch, fresh.batch);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void anyNumberOfThreadsGivesTheSameBits(int threads) {
        try (Run one = new Run(ENVS, Autoreset.SAME_STEP, 1);
                Run many = new Run(ENVS, Autoreset.SAME_STEP, threads)) {
            one.env.reset(SEED, one.batch);
            many.env.reset(SEED, many.batch);
            for (int step = 0; step < one.episodeSteps() + 20; step++) {
                one.steps(step, step + 1);
                many.steps(step, step + 1);
                assertSame(one.batch, many.batch);
            }
        }
    }

    @Test
    void anEnvironmentAloneIsTheSameAsAmongMany() {
        int chosen = 17;
        try (Run many = new Run(ENVS, Autoreset.SAME_STEP, 2);
                Run alone = new Run(1, Autoreset.SAME_STEP, 1)) {
            many.env.reset(SEED, many.batch);
            alone.env.reset(SEED + chosen, alone.batch);
            for (int step = 0; step < many.episodeSteps() + 20; step++) {
                assertSameRow(many.batch, chosen, alone.batch, 0, ENVS);
                many.env.step(many.actions(step, 0), many.batch);
                alone.env.step(alone.actions(step, chosen), alone.batch);
            }
        }
    }

    @Test
    void everyCallWritesWholeRows() {
        try (Run clean = new Run(4, Autoreset.SAME_STEP, 1);
                Run dirty = new Run(4, Autoreset.SAME_STEP, 1)) {
            clean.env.reset(SEED, clean.batch);
            scribble(dirty.batch);
            dirty.env.reset(SEED, dirty.batch);
            assertSame(clean.batch, dirty.batch);
            for (int step = 0; step < clean.episodeSteps() + 1; step++) {
                scribble(dirty.batch);
                clean.steps(step, step + 1);
                dirty.steps(step, step + 1);
                assertSame(clean.batch, dirty.batch);
            }
        }
    }

    private static void scribble(EnvBatch batch) {
        Arrays.fill(batch.observations, 1e9f);
        Arrays.fill(batch.poses, 1e9);
        Arrays.fill(batch.rewards, 1e9);
        Arrays.fill(batch.costs, 1e9);
        Arrays.fill(batch.terminated, true);
        Arrays.fill(batch.truncated, true);
        Arrays.fill(batch.goalsMet, true);
        Arrays.fill(batch.episodeReturns, 1e9);
    }

    @Test
    void clipsActionsAndLeavesThemAsTheyAre() {
        try (Run wild = new Run(3, Autoreset.SAME_STEP, 1);
                Run clipped = new Run(3, Autoreset.SAME_STEP, 1)) {
            wild.env.reset(SEED, wild.batch);
            clipped.env.reset(SEED, clipped.batch);
            float[] five = new float[3 * wild.env.spec().actionSize()];
            float[] one = five.clone();
            Arrays.fill(five, 5);
            five[0] = Float.POSITIVE_INFINITY;
            float[] given = five.clone();
            Arrays.fill(one, 1);
            wild.env.step(five, wild.batch);
            clipped.env.step(one, clipped.batch);
            assertSame(wild.batch, clipped.batch);
            assertThat(five).isEqualTo(given);
        }
    }

    @Test
    void refusesNanByNameAndStepsNothing() {
        try (Run run = new Run(ENVS, Autoreset.SAME_STEP, 1);
                Run other = new Run(ENVS, Autoreset.SAME_STEP, 1)) {
            run.env.reset(SEED, run.batch);
            other.env.reset(SEED, other.batch);
            float[] actions = run.actions(0, 0);
            actions[30 * run.env.spec().actionSize()] = Float.NaN;
            assertThatThrownBy(() -> run.env.step(actions, run.batch))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("environment 30")
                    .hasMessageContaining("NaN");
            run.steps(0, 1);
            other.steps(0, 1);
            assertSame(run.batch, other.batch);
        }
    }

    @ParameterizedTest
    @EnumSource
    void truncatesAtTheStepLimitAndKeepsTheLastObservation(Autoreset autoreset) {
        try (Run run = new Run(2, autoreset, 1)) {
            run.env.reset(SEED, run.batch);
            double[] returns = new double[2];
            double[] costs = new double[2];
            int sum = run.env.spec().costNames().size() - 1;
            for (int step = 1; step <= run.episodeSteps(); step++) {
                assertThat(run.batch.truncated).containsOnly(false);
                assertThat(run.batch.episodeLengths).containsOnly(0);
                run.steps(step, step + 1);
                for (int env = 0; env < 2; env++) {
                    returns[env] += run.batch.rewards[env];
                    costs[env] += run.batch.costs[env * (sum + 1) + sum];
                }
            }
            assertThat(run.batch.truncated).containsOnly(true);
            assertThat(run.batch.terminated).containsOnly(false);
            assertThat(run.batch.episodeLengths).containsOnly(run.episodeSteps());
            assertThat(run.batch.episodeReturns).containsExactly(returns, within(1e-9));
            assertThat(run.batch.episodeCosts).containsExactly(costs, within(1e-9));
            if (autoreset == Autoreset.SAME_STEP) {
                assertThat(run.batch.observations).isNotEqualTo(run.batch.finalObservations);
            } else {
                assertThat(run.batch.observations).isEqualTo(run.batch.finalObservations);
                assertThat(run.batch.poses).isEqualTo(run.batch.finalPoses);
            }
        }
    }

    /** The three modes see the same two episodes, the new one's first observation apart in time. */
    @Test
    void allModesGoThroughTheSameEpisodes() {
        try (Run same = new Run(2, Autoreset.SAME_STEP, 1);
                Run next = new Run(2, Autoreset.NEXT_STEP, 1);
                Run manual = new Run(2, Autoreset.DISABLED, 1)) {
            for (Run run : List.of(same, next, manual)) {
                run.env.reset(SEED, run.batch);
                run.steps(0, run.episodeSteps());
            }
            assertThat(next.batch.finalObservations).isEqualTo(same.batch.finalObservations);
            assertThat(manual.batch.finalObservations).isEqualTo(same.batch.finalObservations);
            next.env.step(next.actions(999, 0), next.batch);
            manual.env.reset(new boolean[] {true, true}, manual.batch);
            assertThat(next.batch.rewards).containsOnly(0);
            assertThat(next.batch.costs).containsOnly(0);
            assertThat(next.batch.truncated).containsOnly(false);
            assertThat(next.batch.observations).isEqualTo(same.batch.observations);
            assertThat(manual.batch.observations).isEqualTo(same.batch.observations);
            for (Run run : List.of(same, next, manual)) {
                run.steps(0, 10);
            }
            assertSame(same.batch, next.batch);
            assertSame(same.batch, manual.batch);
        }
    }

    @Test
    void withoutAutoresetAnEndedEpisodeIsNotStepped() {
        try (Run run = new Run(2, Autoreset.DISABLED, 1)) {
            run.env.reset(SEED, run.batch);
            run.steps(0, run.episodeSteps());
            float[] actions = run.actions(0, 0);
            run.env.reset(new boolean[] {true, false}, run.batch);
            assertThatThrownBy(() -> run.env.step(actions, run.batch))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("environment 1");
        }
    }

    @Test
    void aMaskedResetLeavesTheOthersAlone() {
        try (Run run = new Run(3, Autoreset.SAME_STEP, 1);
                Run whole = new Run(3, Autoreset.SAME_STEP, 1)) {
            run.env.reset(SEED, run.batch);
            whole.env.reset(SEED, whole.batch);
            run.steps(0, 5);
            whole.steps(0, 5);
            run.env.reset(new boolean[] {false, true, false}, run.batch);
            assertSameRow(run.batch, 0, whole.batch, 0, 3);
            assertSameRow(run.batch, 2, whole.batch, 2, 3);
            assertThat(run.batch.rewards[1]).isZero();
            run.steps(5, 6);
            whole.steps(5, 6);
            assertSameRow(run.batch, 0, whole.batch, 0, 3);
            assertSameRow(run.batch, 2, whole.batch, 2, 3);
            assertThat(row(run.batch.observations, 1, 3))
                    .isNotEqualTo(row(whole.batch.observations, 1, 3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRestoredBatchContinuesBitForBit(Autoreset autoreset, @TempDir Path folder) {
        Path file = folder.resolve("state.safetensors");
        try (Run run = new Run(5, autoreset, 1);
                Run other = new Run(5, autoreset, 1)) {
            run.env.reset(SEED, run.batch);
            run.steps(0, run.episodeSteps() / 2);
            run.env.save().write(file);
            float[] observations = run.batch.observations.clone();
            double[] poses = run.batch.poses.clone();
            run.steps(run.episodeSteps() / 2, run.episodeSteps());
            other.env.restore(TensorFile.read(file), other.batch);
            assertThat(other.batch.observations).isEqualTo(observations);
            assertThat(other.batch.poses).isEqualTo(poses);
            other.steps(run.episodeSteps() / 2, run.episodeSteps());
            assertSame(run.batch, other.batch);
        }
    }

    @Test
    void aBatchSavedAtAnEpisodesEndStillHasToBeReset() {
        try (Run run = new Run(2, Autoreset.NEXT_STEP, 1);
                Run other = new Run(2, Autoreset.NEXT_STEP, 1)) {
            run.env.reset(SEED, run.batch);
            run.steps(0, run.episodeSteps());
            other.env.restore(run.env.save(), other.batch);
            run.steps(0, 3);
            other.steps(0, 3);
            assertSame(run.batch, other.batch);
        }
    }

    @Test
    void forkMakesAllEnvironmentsTheSame() {
        try (Run run = new Run(4, Autoreset.SAME_STEP, 1);
                Run original = new Run(4, Autoreset.SAME_STEP, 1)) {
            run.env.reset(SEED, run.batch);
            original.env.reset(SEED, original.batch);
            run.steps(0, 15);
            original.steps(0, 15);
            run.env.fork(2, run.batch);
            int size = run.env.spec().actionSize();
            for (int step = 15; step < run.episodeSteps() + 10; step++) {
                float[] actions = original.actions(step, 0);
                float[] alike = new float[actions.length];
                for (int env = 0; env < 4; env++) {
                    System.arraycopy(actions, 2 * size, alike, env * size, size);
                }
                run.env.step(alike, run.batch);
                original.env.step(actions, original.batch);
            }
            for (int env = 0; env < 4; env++) {
                assertSameRow(run.batch, env, original.batch, 2, 4);
            }
        }
    }

    @Test
    void refusesArraysOfAnotherSizeAndChangesNothing() {
        try (Run run = new Run(3, Autoreset.SAME_STEP, 1);
                Run other = new Run(3, Autoreset.SAME_STEP, 1)) {
            EnvBatch small = new EnvBatch(run.env.spec(), 2);
            run.env.reset(SEED, run.batch);
            other.env.reset(SEED, other.batch);
            TensorFile saved = run.env.save();
            float[] actions = run.actions(0, 0);
            List<ThrowingCallable> doors =
                    List.of(
                            () -> run.env.reset(1, small),
                            () -> run.env.reset(new boolean[] {true, true, true}, small),
                            () -> run.env.step(actions, small),
                            () -> run.env.restore(saved, small),
                            () -> run.env.fork(0, small));
            for (ThrowingCallable door : doors) {
                assertThatThrownBy(door)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("2 environments");
            }
            run.steps(0, 5);
            other.steps(0, 5);
            assertSame(run.batch, other.batch);
        }
    }

    @Test
    void refusesTheStateOfAnotherBatch() {
        try (Run run = new Run(2, Autoreset.SAME_STEP, 1);
                Run larger = new Run(3, Autoreset.SAME_STEP, 1)) {
            run.env.reset(SEED, run.batch);
            TensorFile saved = run.env.save();
            assertThatThrownBy(() -> larger.env.restore(saved, larger.batch))
                    .isInstanceOf(InputException.class);
            TensorFile empty = new TensorFile(saved.metadata(), Map.of());
            assertThatThrownBy(() -> run.env.restore(empty, run.batch))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("tensor");
        }
    }
}
