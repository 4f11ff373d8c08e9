package dev.memo.sim.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.RandomStream;
import dev.memo.base.TensorFile;
import dev.memo.base.ThreadTeam;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.env.Scene;
import dev.memo.sim.env.VectorEnv;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EpisodeRecorderTest {
    private static final int STEPS = 3;
    private static final float[] CONTEXT = {10, 11, 12};

    private final Line envs = new Line();
    private final EnvBatch batch = new EnvBatch(envs.spec(), envs.envs());

    /** Steps twice past the end of the episode. */
    private EpisodeRecorder recordEpisode(float[] context, float[] distances) {
        envs.reset(0, batch);
        EpisodeRecorder recorder = new EpisodeRecorder(Scenario.load("goal0"), "left", 41, envs, 1);
        for (int t = 0; t < STEPS + 2; t++) {
            float[] actions = {0, 0, t, -t};
            envs.step(actions, batch);
            recorder.step(actions, context, distances, batch);
            assertThat(recorder.ended()).isEqualTo(t >= STEPS - 1);
        }
        return recorder;
    }

    @Test
    void takesActionContextRewardAndSumOfCostsOfItsEnvironment() {
        float[] distances = {Float.NaN, 0.5f};
        Recording recording = recordEpisode(CONTEXT, distances).recording();
        assertThat(recording.label()).isEqualTo("left");
        assertThat(recording.seed()).isEqualTo(41);
        assertThat(recording.scenario().name()).isEqualTo("goal0");
        assertThat(recording.steps()).hasSize(STEPS);
        for (int t = 0; t < STEPS; t++) {
            Recording.Step step = recording.steps().get(t);
            assertThat(step.action()).containsExactly(t, -t);
            assertThat(step.context()).containsExactly(10, 11, 12).isNotSameAs(CONTEXT);
            assertThat(step.distances()).containsExactly(Float.NaN, 0.5f).isNotSameAs(distances);
            assertThat(step.reward()).isEqualTo(101 + t);
            assertThat(step.cost()).isEqualTo(1001 + t);
        }
    }

    @Test
    void takesEmptyRowsWhereNothingSteersOrRecognises() {
        assertThat(recordEpisode(new float[0], new float[0]).recording().steps())
                .allSatisfy(step -> assertThat(step.context()).isEmpty())
                .allSatisfy(step -> assertThat(step.distances()).isEmpty());
    }

    @Test
    void endsWithTheLastSceneOfItsEpisodeNotTheFirstOfTheNext() {
        assertThat(recordEpisode(CONTEXT, CONTEXT).recording().scenes())
                .containsExactly(
                        Line.scene(1, 0), Line.scene(1, 1), Line.scene(1, 2), Line.scene(1, STEPS));
    }

    @Test
    void refusesAnEnvironmentThatBeginsItsNextEpisodeInTheStepThatEndsOne() {
        Scenario scenario = Scenario.load("goal1").withEpisodeSteps(2);
        try (ThreadTeam team = new ThreadTeam(1);
                VectorEnv world = new PointGoalEnv(scenario, 1, Autoreset.SAME_STEP, team)) {
            EnvBatch out = new EnvBatch(world.spec(), 1);
            world.reset(5, out);
            EpisodeRecorder recorder = new EpisodeRecorder(scenario, "", 5, world, 0);
            float[] none = {};
            world.step(new float[2], out);
            recorder.step(new float[2], none, none, out);
            world.step(new float[2], out);
            assertThatThrownBy(() -> recorder.step(new float[2], none, none, out))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("without same-step autoreset");
        }
    }

    /** Records an episode of actions that vary from step to step. */
    private static Recording record(Scenario scenario, long seed, ThreadTeam team) {
        try (VectorEnv world = new PointGoalEnv(scenario, 3, Autoreset.DISABLED, team)) {
            EnvBatch out = new EnvBatch(world.spec(), 3);
            world.reset(new long[] {seed - 5, seed, seed + 9}, out);
            EpisodeRecorder recorder = new EpisodeRecorder(scenario, "varied", seed, world, 1);
            RandomStream random = new RandomStream(seed, 7, 0, 0);
            float[] actions = new float[6];
            while (!recorder.ended()) {
                for (int i = 0; i < actions.length; i++) {
                    // Thrust for most of the time, and beyond what is clipped.
                    actions[i] = (float) (i % 2 == 0 ? 1 - random.uniform() / 4 : random.normal());
                }
                world.step(actions, out);
                recorder.step(actions, new float[0], new float[0], out);
            }
            return recorder.recording();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.memo.sim.scenario.Scenario#names")
    void aRecordingOfEveryShippedScenarioIsAnExactReplay(String name, @TempDir Path folder) {
        Scenario scenario = Scenario.load(name).withEpisodeSteps(400);
        Path file = folder.resolve("episode.safetensors");
        try (ThreadTeam team = new ThreadTeam(2)) {
            record(scenario, -31, team).write(file);
        }
        Recording read = Recording.read(file);
        assertThat(read.steps()).hasSizeLessThanOrEqualTo(400).hasSizeGreaterThan(100);
        Scene.Pose first = read.scenes().getFirst().robot();
        assertThat(read.scenes()).anyMatch(scene -> away(scene.robot(), first) > 0.5);
        try (ThreadTeam alone = new ThreadTeam(1);
                VectorEnv again =
                        PointGoalEnv.reference(read.scenario(), 1, Autoreset.DISABLED, alone)) {
            EnvBatch out = new EnvBatch(again.spec(), 1);
            again.reset(read.seed(), out);
            assertThat(again.scene(0)).isEqualTo(read.scenes().getFirst());
            for (int t = 0; t < read.steps().size(); t++) {
                Recording.Step step = read.steps().get(t);
                again.step(step.action(), out);
                assertThat(again.scene(0))
                        .as("scene %d", t + 1)
                        .isEqualTo(read.scenes().get(t + 1));
                assertThat(out.rewards[0]).as("reward %d", t).isEqualTo(step.reward());
                assertThat(out.costs[out.costs.length - 1]).as("cost %d", t).isEqualTo(step.cost());
            }
            assertThat(out.ended(0)).isTrue();
        }
    }

    private static double away(Scene.Pose from, Scene.Pose to) {
        return Math.hypot(to.x() - from.x(), to.y() - from.y());
    }

    /**
     * Two environments whose scene is a function of the step; the step after the end starts anew.
     */
    private static final class Line implements VectorEnv {
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
                    List.of("x"),
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
            time = time == STEPS ? 0 : time + 1;
            for (int env = 0; env < 2; env++) {
                out.rewards[env] = 100 * env + time;
                out.costs[2 * env] = -1;
                out.costs[2 * env + 1] = 1000 * env + time;
                out.truncated[env] = time == STEPS;
                out.poses[env] = scene(env, time).robot().x();
                out.finalPoses[env] = out.truncated[env] ? out.poses[env] : 0;
            }
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
