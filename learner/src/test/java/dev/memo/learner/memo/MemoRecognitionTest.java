package dev.memo.learner.memo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.jvm.JvmDevice;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.rollout.EpisodeCollector;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.Recognition;
import dev.memo.learner.rollout.Rollout;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoRecognitionTest {
    private static final long[] SEEDS = {5, 6, 7};

    /** Where a robot at a goal leaves no room for another: episodes end early. */
    private static final Scenario CRAMPED =
            Scenario.parse(
                    """
                    {"name": "cramped", "description": "Room for one goal.", "extent": 0.65,
                     "episode_steps": 200}
                    """,
                    "test");

    private final ThreadTeam team = new ThreadTeam(2);
    private final JvmDevice device = new JvmDevice(team);

    @AfterEach
    void closeTeam() {
        device.close();
        team.close();
    }

    /** Keeps what was recognised, and the episodes. */
    private static final class Watcher implements Rollout.Listener {
        private final Recognition recognition;
        private final EpisodeCollector collector;

        /** [E] the rows since the episode's beginning. */
        private final List<List<float[]>> underWay = new ArrayList<>();

        private final List<Episode> episodes = new ArrayList<>();

        /** For each of the episodes a row of distances for every step. */
        private final List<List<float[]>> distances = new ArrayList<>();

        private Watcher(Recognition recognition, EnvSpec spec) {
            this.recognition = recognition;
            collector = new EpisodeCollector(spec, SEEDS, (_, episode) -> episodes.add(episode));
        }

        @Override
        public void reset(EnvBatch state) {
            collector.reset(state);
            Arrays.stream(SEEDS).forEach(_ -> underWay.add(new ArrayList<>()));
        }

        @Override
        public void step(float[] actions, EnvBatch state) {
            collector.step(actions, state);
            for (int env = 0; env < SEEDS.length; env++) {
                underWay.get(env).add(recognition.distances(env).clone());
                if (state.ended(env)) {
                    distances.add(List.copyOf(underWay.get(env)));
                    underWay.get(env).clear();
                }
            }
        }
    }

    private Watcher watch(Scenario world, Recognition recognition, String expert, int steps) {
        try (PointGoalEnv env = new PointGoalEnv(world, SEEDS.length, Autoreset.SAME_STEP, team)) {
            Watcher watcher = new Watcher(recognition, env.spec());
            Policy policy = ScriptedExpert.named(expert, 0.3, team);
            Rollout.run(env, policy, SEEDS, steps, Progress.SILENT, recognition.and(watcher));
            return watcher;
        }
    }

    private MemoModel trained(MemoConfig config, Dataset dataset) {
        MemoTrainer trainer = new MemoTrainer(config, dataset, device);
        trainer.trainEpoch();
        return trainer.model();
    }

    private static Dataset dataset(Scenario world, List<Episode> episodes) {
        DatasetSpec spec = DatasetSpec.of(PointGoalEnv.specOf(world));
        return new Dataset("watched", Optional.of(world.toJson()), spec, episodes);
    }

    /** The encoder's own numbers of whole episodes, after they have ended. */
    private static void assertAsOfTheRecordedEpisodes(
            Watcher watcher, Scenario world, MemoModel model) {
        MemoConfig config = model.config();
        int windowsSeen = 0;
        for (int e = 0; e < watcher.episodes.size(); e++) {
            Episode episode = watcher.episodes.get(e);
            List<float[]> found = watcher.distances.get(e);
            assertThat(found).hasSize(episode.steps());
            int early = Math.min(config.reach() - 1, episode.steps());
            for (float[] row : found.subList(0, early)) {
                assertThat(row).hasSize(model.modes()).containsOnly(Float.NaN);
            }
            if (episode.steps() < config.reach()) {
                continue;
            }
            Windows windows =
                    MemoTrainer.windows(config, dataset(world, List.of(episode)), new int[] {0});
            float[] expected = model.recognise(windows, MemoModel.Output.DISTANCES);
            for (int window = 0; window < windows.size(); window++) {
                int from = window * model.modes();
                assertThat(found.get(early + window))
                        .as("episode %d, window %d", e, window)
                        .isEqualTo(Arrays.copyOfRange(expected, from, from + model.modes()));
            }
            assertThat(windows.size()).isEqualTo(episode.steps() - early);
            windowsSeen += windows.size();
        }
        assertThat(windowsSeen).isGreaterThan(100);
    }

    @ParameterizedTest
    @CsvSource({
        "pose, 10, 0, MLP, 1, 1, true",
        "pose, 7, 3, MLP, 3, 4, true",
        "observation, 1, 0, MLP, 1, 1, true",
        "'velocimeter,goal_lidar', 5, 0, GRU, 4, 2, true",
        "pose, 2, 8, ATTENTION, 5, 1, false"
    })
    void distancesWhileItHappensAreThoseOfTheRecordedEpisode(
            String features,
            int step,
            int other,
            String encoder,
            int window,
            int stride,
            boolean standardise) {
        MemoConfig config =
                TinyData.config(
                        "features",
                        features,
                        "step",
                        other == 0 ? List.of(step) : List.of(step, other),
                        "encoder",
                        encoder,
                        "window",
                        window,
                        "stride",
                        stride,
                        "standardise",
                        standardise);
        MemoModel model = trained(config, TinyData.forwardAndCircle());
        EnvSpec spec = PointGoalEnv.specOf(TinyData.SCENARIO);
        Recognition recognition = new MemoRecognition(model, spec, SEEDS.length);
        assertThat(recognition.size()).isEqualTo(2);
        Watcher watcher = watch(TinyData.SCENARIO, recognition, "circle", 130);
        assertThat(watcher.episodes).hasSize(6);
        assertAsOfTheRecordedEpisodes(watcher, TinyData.SCENARIO, model);
    }

    @Test
    void episodesThatEndEarlyAreForgottenAtTheirEnd() {
        Watcher seen = watch(CRAMPED, Recognition.NONE, "goal", 600);
        MemoConfig config = TinyData.config("window", 3, "stride", 2, "step", List.of(6));
        MemoModel model = trained(config, dataset(CRAMPED, seen.episodes));
        MemoRecognition recognition =
                new MemoRecognition(model, PointGoalEnv.specOf(CRAMPED), SEEDS.length);
        Watcher watcher = watch(CRAMPED, recognition, "goal", 600);
        assertThat(watcher.episodes).hasSameSizeAs(seen.episodes);
        assertThat(watcher.episodes.stream().map(Episode::steps).distinct())
                .hasSizeGreaterThan(3)
                .anyMatch(steps -> steps < 200);
        assertAsOfTheRecordedEpisodes(watcher, CRAMPED, model);
    }

    @Test
    void aRunThatWasLoadedRecognisesAsTheOneThatLearned(@TempDir Path temp) {
        MemoConfig config = TinyData.config("epochs", 2);
        RunFolder folder = RunFolder.create(temp.resolve("run"));
        Dataset dataset = TinyData.forwardAndCircle();
        MemoModel learned = MemoRun.train(config, dataset, device, folder, Progress.SILENT);
        MemoModel loaded = MemoRun.load(folder, device);
        EnvSpec spec = PointGoalEnv.specOf(TinyData.SCENARIO);
        MemoRecognition recognition = new MemoRecognition(loaded, spec, SEEDS.length);
        Watcher watcher = watch(TinyData.SCENARIO, recognition, "circle", 130);
        assertAsOfTheRecordedEpisodes(watcher, TinyData.SCENARIO, learned);
    }

    @Test
    void watchesTheFirstEnvironmentsOnlyAndBeginsAnewAtAReset() {
        MemoModel model = trained(TinyData.config(), TinyData.forwardAndCircle());
        EnvSpec spec = PointGoalEnv.specOf(TinyData.SCENARIO);
        MemoRecognition two = new MemoRecognition(model, spec, 2);
        MemoRecognition all = new MemoRecognition(model, spec, 5);
        Rollout.Listener both = all.and(two);
        try (PointGoalEnv env =
                new PointGoalEnv(TinyData.SCENARIO, SEEDS.length, Autoreset.SAME_STEP, team)) {
            Policy policy = ScriptedExpert.named("circle", 0.3, team);
            Rollout.run(env, policy, SEEDS, 15, Progress.SILENT, both);
            EnvBatch state = new EnvBatch(spec, SEEDS.length);
            assertThat(two.distances(0)).isEqualTo(all.distances(0)).doesNotContain(Float.NaN);
            assertThat(two.distances(1)).isEqualTo(all.distances(1)).isNotEqualTo(two.distances(0));
            env.reset(SEEDS, state);
            both.reset(state);
            assertThat(two.distances(1)).containsOnly(Float.NaN);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> two.distances(2))
                .withMessage("environment 2: the first 2 are watched");
    }

    private double[] near(MemoModel model, int episodeSteps) {
        Scenario world = TinyData.SCENARIO.withEpisodeSteps(episodeSteps);
        try (PointGoalEnv env = new PointGoalEnv(world, SEEDS.length, Autoreset.SAME_STEP, team)) {
            SteeringTrace trace = new SteeringTrace(model, env.spec(), SEEDS.length);
            Policy policy = ScriptedExpert.named("circle", 0.3, team);
            Rollout.run(env, policy, SEEDS, 30, Progress.SILENT, trace);
            return trace.near();
        }
    }

    @Test
    void episodesShorterThanAWindowHaveNoSharesOfModes() {
        MemoModel model = trained(TinyData.config(), TinyData.forwardAndCircle());
        assertThat(Arrays.stream(near(model, 10)).sum()).isEqualTo(1);
        assertThatThrownBy(() -> near(model, 9))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "scenario '%s': no episode has the 10 steps of a window",
                        TinyData.SCENARIO.name());
    }

    @Test
    void refusesAWorldThatDoesNotShowWhatTheRunLearnedFrom() {
        EnvSpec goal0 = PointGoalEnv.specOf(Scenario.load("goal0"));
        MemoModel pose = trained(TinyData.config(), TinyData.forwardAndCircle());
        assertThatThrownBy(() -> new MemoRecognition(pose, goal0, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("scenario 'goal0'")
                .hasMessageContaining("observations of 28 and differences of 5 numbers")
                .hasMessageContaining("the run learned from 44 and 5");
        MemoModel lidar =
                trained(TinyData.config("features", "hazards_lidar"), TinyData.forwardAndCircle());
        assertThatThrownBy(() -> new MemoRecognition(lidar, goal0, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("scenario 'goal0': observation part 'hazards_lidar'");
    }
}
