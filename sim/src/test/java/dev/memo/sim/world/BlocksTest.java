package dev.memo.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import dev.memo.base.RandomStream;
import dev.memo.base.ThreadTeam;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract where a batch takes more than one block: 150 environments in three. */
class BlocksTest {
    private static final int ENVS = 150;
    private static final int STEPS = 150;

    private static final Scenario CROWD =
            Scenario.parse(
                    """
                    {"name": "crowd", "description": "Close together.", "extent": 1.1,
                     "episode_steps": 100, "robot": {"keepout": 0.2}, "goal": {"keepout": 0.2},
                     "hazards": {"count": {"min": 1, "max": 3}}, "vases": {"count": 6},
                     "costs": {"on": ["hazards", "vases_contact", "vases_velocity"]}}
                    """,
                    "test");

    private static float[] actions(int step, int envs, int first) {
        float[] actions = new float[2 * envs];
        for (int env = 0; env < envs; env++) {
            RandomStream random = new RandomStream(7, 0, first + env, step / 25);
            actions[2 * env] = (float) random.uniform(-0.1, 0.3);
            actions[2 * env + 1] = (float) random.uniform(-0.5, 0.5);
        }
        return actions;
    }

    /** A number that any bit of the batch's rows changes, added up over the steps. */
    private static long hash(EnvBatch batch, long hash) {
        hash = 31 * hash + Arrays.hashCode(batch.observations);
        hash = 31 * hash + Arrays.hashCode(batch.poses);
        hash = 31 * hash + Arrays.hashCode(batch.rewards);
        hash = 31 * hash + Arrays.hashCode(batch.costs);
        return 31 * hash + Arrays.hashCode(batch.episodeReturns);
    }

    private static long run(int threads) {
        try (ThreadTeam team = new ThreadTeam(threads);
                PointGoalEnv env = new PointGoalEnv(CROWD, ENVS, Autoreset.SAME_STEP, team)) {
            EnvBatch batch = new EnvBatch(env.spec(), ENVS);
            env.reset(11, batch);
            long hash = 0;
            for (int step = 0; step < STEPS; step++) {
                env.step(actions(step, ENVS, 0), batch);
                hash = hash(batch, hash);
            }
            assertThat(env.contactSteps()).isGreaterThan(STEPS);
            return hash;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void threadsThatShareTheBlocksChangeNoBit(int threads) {
        assertThat(run(threads)).isEqualTo(run(1));
    }

    @Test
    void theLastEnvironmentAloneIsTheSame() {
        try (ThreadTeam team = new ThreadTeam(2);
                PointGoalEnv many = new PointGoalEnv(CROWD, ENVS, Autoreset.SAME_STEP, team);
                PointGoalEnv alone = new PointGoalEnv(CROWD, 1, Autoreset.SAME_STEP, team)) {
            EnvBatch batch = new EnvBatch(many.spec(), ENVS);
            EnvBatch one = new EnvBatch(many.spec(), 1);
            int last = ENVS - 1;
            many.reset(11, batch);
            alone.reset(11 + last, one);
            for (int step = 0; step < STEPS; step++) {
                many.step(actions(step, ENVS, 0), batch);
                alone.step(actions(step, 1, last), one);
                assertRow(many, batch, last, one.observations, one.poses);
            }
        }
    }

    private static void assertRow(
            PointGoalEnv env, EnvBatch batch, int row, float[] observation, double[] pose) {
        int stride = env.spec().observationStride();
        assertThat(Arrays.copyOfRange(batch.observations, row * stride, (row + 1) * stride))
                .isEqualTo(observation);
        assertThat(Arrays.copyOfRange(batch.poses, 8 * row, 8 * row + 8)).isEqualTo(pose);
    }

    @Test
    void forksIntoEveryBlockAndRestoresAllOfThem() {
        try (ThreadTeam team = new ThreadTeam(2);
                PointGoalEnv env = new PointGoalEnv(CROWD, ENVS, Autoreset.SAME_STEP, team);
                PointGoalEnv other = new PointGoalEnv(CROWD, ENVS, Autoreset.SAME_STEP, team)) {
            EnvBatch batch = new EnvBatch(env.spec(), ENVS);
            EnvBatch restored = new EnvBatch(env.spec(), ENVS);
            env.reset(11, batch);
            for (int step = 0; step < 60; step++) {
                env.step(actions(step, ENVS, 0), batch);
            }
            other.restore(env.save(), restored);
            assertThat(restored.observations).isEqualTo(batch.observations);
            int chosen = 100;
            other.fork(chosen, restored);
            for (int step = 60; step < STEPS; step++) {
                float[] actions = actions(step, ENVS, 0);
                float[] alike = new float[2 * ENVS];
                for (int i = 0; i < ENVS; i++) {
                    System.arraycopy(actions, 2 * chosen, alike, 2 * i, 2);
                }
                env.step(actions, batch);
                other.step(alike, restored);
                int stride = env.spec().observationStride();
                float[] row =
                        Arrays.copyOfRange(
                                batch.observations, chosen * stride, (chosen + 1) * stride);
                double[] pose = Arrays.copyOfRange(batch.poses, 8 * chosen, 8 * chosen + 8);
                for (int i = 0; i < ENVS; i++) {
                    assertRow(other, restored, i, row, pose);
                }
            }
        }
    }

    @Test
    void masksAndNanNameEnvironmentsBeyondTheFirstBlock() {
        try (ThreadTeam team = new ThreadTeam(2);
                PointGoalEnv env = new PointGoalEnv(CROWD, ENVS, Autoreset.DISABLED, team)) {
            EnvBatch batch = new EnvBatch(env.spec(), ENVS);
            env.reset(11, batch);
            float[] before = batch.observations.clone();
            float[] actions = new float[2 * ENVS];
            actions[2 * 140 + 1] = Float.NaN;
            assertThatThrownBy(() -> env.step(actions, batch))
                    .isInstanceOf(InputException.class)
                    .hasMessage("action 1 of environment 140 is NaN: must be a number");
            boolean[] mask = new boolean[ENVS];
            mask[130] = true;
            env.reset(mask, batch);
            int stride = env.spec().observationStride();
            for (int i = 0; i < ENVS; i++) {
                boolean same =
                        Arrays.equals(
                                before,
                                i * stride,
                                (i + 1) * stride,
                                batch.observations,
                                i * stride,
                                (i + 1) * stride);
                assertThat(same).as("environment %d", i).isEqualTo(i != 130);
            }
        }
    }
}
