package dev.memo.sim.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.TensorFile;
import dev.memo.base.ThreadTeam;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.env.Scene;
import dev.memo.sim.env.VectorEnv;
import dev.memo.sim.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EpisodeRecorderTest {
    private static final int STEPS = 3;
    private static final float[] CONTEXTS = {0, 1, 2, 10, 11, 12};

    private final Line envs = new Line();
    private final EnvBatch batch = new EnvBatch(envs.spec(), envs.envs());

    /** Steps twice past the end of the episode. */
    private EpisodeRecorder recordEpisode(int contextSize) {
        envs.reset(0, batch);
        EpisodeRecorder recorder =
                new EpisodeRecorder(Scenario.load("goal0"), "left", envs, 1, contextSize);
        for (int t = 0; t < STEPS + 2; t++) {
            float[] actions = {0, 0, t, -t};
            envs.step(actions, batch);
            recorder.step(actions, CONTEXTS, batch);
            assertThat(recorder.ended()).isEqualTo(t >= STEPS - 1);
        }
        return recorder;
    }

    @Test
    void refusesABatchWithoutThePosesThatItRecords() {
        envs.poses = List.of("x", "y", "heading", "goal_x");
        assertThatThrownBy(() -> new EpisodeRecorder(Scenario.load("goal0"), "", envs, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no pose 'goal_y'");
    }

    @Test
    void takesActionContextRewardAndSumOfCostsOfItsEnvironment() {
        Recording recording = recordEpisode(3).recording();
        assertThat(recording.label()).isEqualTo("left");
        assertThat(recording.scenario().name()).isEqualTo("goal0");
        assertThat(recording.steps()).hasSize(STEPS);
        for (int t = 0; t < STEPS; t++) {
            Recording.Step step = recording.steps().get(t);
            assertThat(step.action()).containsExactly(t, -t);
            assertThat(step.context()).containsExactly(10, 11, 12);
            assertThat(step.reward()).isEqualTo(101 + t);
            assertThat(step.cost()).isEqualTo(1001 + t);
        }
    }

    @Test
    void takesAnEmptyContextForAPolicyThatIsNotSteered() {
        assertThat(recordEpisode(0).recording().steps())
                .allSatisfy(step -> assertThat(step.context()).isEmpty());
    }

    @Test
    void endsWithTheLastPoseOfItsEpisodeNotTheFirstOfTheNext() {
        List<Scene> scenes = recordEpisode(0).recording().scenes();
        assertThat(scenes).hasSize(STEPS + 1);
        assertThat(scenes.subList(0, STEPS))
                .containsExactly(Line.scene(1, 0), Line.scene(1, 1), Line.scene(1, 2));
        Scene end = Line.scene(1, STEPS);
        assertThat(scenes.getLast())
                .isEqualTo(
                        new Scene(
                                end.extent(),
                                end.robot(),
                                end.goal(),
                                end.hazards(),
                                scenes.get(STEPS - 1).vases()));
    }

    @ParameterizedTest
    @MethodSource("dev.memo.sim.scenario.Scenario#names")
    void recordsAnEpisodeWithoutJumpsInEveryShippedScenario(String name) {
        Scenario scenario = Scenario.load(name);
        try (ThreadTeam team = new ThreadTeam(1);
                VectorEnv world = new PointGoalEnv(scenario, 1, Autoreset.SAME_STEP, team)) {
            EnvBatch out = new EnvBatch(world.spec(), 1);
            world.reset(5, out);
            EpisodeRecorder recorder = new EpisodeRecorder(scenario, "circle", world, 0, 0);
            float[] circle = {-1, 0.25f};
            while (!recorder.ended()) {
                world.step(circle, out);
                recorder.step(circle, new float[0], out);
            }
            List<Scene> scenes = recorder.recording().scenes();
            assertThat(scenes).hasSize(scenario.episodeSteps() + 1);
            for (int t = 1; t < scenes.size(); t++) {
                Scene.Pose from = scenes.get(t - 1).robot();
                Scene.Pose to = scenes.get(t).robot();
                // At most 1.5 m/s; up to 1.5 times that with the thrust and damping of crowded.
                assertThat(Math.hypot(to.x() - from.x(), to.y() - from.y())).isLessThan(0.046);
            }
        }
    }

    /** Two environments whose scene is a function of the step, with autoreset in the same step. */
    private static final class Line implements VectorEnv {
        private static final List<String> POSES = List.of("heading", "x", "y", "goal_y", "goal_x");
        private List<String> poses = POSES;
        private int time;

        static Scene scene(int env, int time) {
            return new Scene(
                    2,
                    new Scene.Pose(env + 0.1 * time, env - 0.1 * time, 0.5 * time),
                    new Scene.Disc(env + time, env - time, 0.3),
                    List.of(new Scene.Disc(1, env, 0.2)),
                    List.of(new Scene.Box(time, env, -time, 0.1)));
        }

        @Override
        public EnvSpec spec() {
            return new EnvSpec(
                    "line",
                    List.of(new EnvSpec.Slice("none", 0, 1)),
                    1,
                    2,
                    List.of("hazards", "sum"),
                    poses,
                    STEPS);
        }

        @Override
        public int envs() {
            return 2;
        }

        @Override
        public void reset(long[] seeds, EnvBatch out) {
            time = 0;
        }

        @Override
        public void step(float[] actions, EnvBatch out) {
            for (int env = 0; env < 2; env++) {
                out.rewards[env] = 100 * env + time + 1;
                out.costs[2 * env] = -1;
                out.costs[2 * env + 1] = 1000 * env + time + 1;
                out.truncated[env] = time + 1 == STEPS;
                Scene last = scene(env, time + 1);
                double[] poses = {
                    last.robot().heading(),
                    last.robot().x(),
                    last.robot().y(),
                    last.goal().y(),
                    last.goal().x()
                };
                System.arraycopy(poses, 0, out.finalPoses, env * poses.length, poses.length);
            }
            time = (time + 1) % STEPS;
        }

        @Override
        public Scene scene(int env) {
            return scene(env, time);
        }

        @Override
        public void reset(boolean[] mask, EnvBatch out) {
            throw new AssertionError("not part of this test");
        }

        @Override
        public TensorFile save() {
            throw new AssertionError("not part of this test");
        }

        @Override
        public void restore(TensorFile state, EnvBatch out) {
            throw new AssertionError("not part of this test");
        }

        @Override
        public void fork(int env, EnvBatch out) {
            throw new AssertionError("not part of this test");
        }

        @Override
        public void close() {}
    }
}
