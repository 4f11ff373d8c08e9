package dev.memo.learner.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.recording.Recording;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpisodesTest {
    private static final Scenario SHORT = Scenario.load("goal1").withEpisodeSteps(12);

    private static Episode[] collect(long... seeds) {
        try (ThreadTeam team = new ThreadTeam(2)) {
            return Episodes.collect(SHORT, new RandomPolicy(team), seeds, team, Progress.SILENT);
        }
    }

    @Test
    void collectsOneEpisodePerSeed() {
        Episode[] episodes = collect(3, 9);
        assertThat(episodes).hasSize(2);
        assertThat(episodes[0].seed()).hasValue(3);
        assertThat(episodes[1].seed()).hasValue(9);
        assertThat(episodes[1].steps()).isEqualTo(12);
        assertThat(episodes[1].truncations()[11]).isTrue();
    }

    @Test
    void anEpisodeDoesNotDependOnThoseItRanWith() {
        Episode alone = collect(9)[0];
        Episode among = collect(1, 2, 9, 4)[2];
        assertThat(among.observations()).isEqualTo(alone.observations());
        assertThat(among.poses()).isEqualTo(alone.poses());
        assertThat(among.actions()).isEqualTo(alone.actions());
        assertThat(among.rewards()).isEqualTo(alone.rewards());
    }

    @Test
    void recordsTheContextThatSteered() {
        Policy steered =
                new Policy() {
                    @Override
                    public void begin(EnvSpec spec, long[] seeds) {}

                    @Override
                    public void act(EnvBatch state, float[] actions) {}

                    @Override
                    public float[] context(int env) {
                        return new float[] {env, 0.5f};
                    }
                };
        try (ThreadTeam team = new ThreadTeam(1)) {
            List<Recording> recordings =
                    Episodes.record(
                            SHORT,
                            "mode 1",
                            steered,
                            Recognition.NONE,
                            new long[] {3, 9},
                            team,
                            Progress.SILENT);
            assertThat(recordings).hasSize(2);
            Recording second = recordings.get(1);
            assertThat(second.label()).isEqualTo("mode 1");
            assertThat(second.seed()).isEqualTo(9);
            assertThat(second.steps()).hasSize(12);
            assertThat(second.steps().getLast().context()).containsExactly(1, 0.5f);
            assertThat(second.steps().getLast().distances()).isEmpty();
        }
    }

    @Test
    void recordsWholeEpisodesThatEndAtDifferentTimesWithWhatWasRecognised() {
        // A robot at a goal that it has reached leaves no room for another.
        Scenario cramped =
                Scenario.parse(
                        """
                        {"name": "cramped", "description": "Room for one goal.", "extent": 0.65,
                         "episode_steps": 150}
                        """,
                        "test");
        long[] seeds = {1, 2, 3, 4, 5, 6, 7, 8};
        try (ThreadTeam team = new ThreadTeam(2)) {
            List<Recording> recordings =
                    Episodes.record(
                            cramped,
                            "goal",
                            ScriptedExpert.named("goal", 0, team),
                            new Clock(),
                            seeds,
                            team,
                            Progress.SILENT);
            Episode[] episodes =
                    Episodes.collect(
                            cramped,
                            ScriptedExpert.named("goal", 0, team),
                            seeds,
                            team,
                            Progress.SILENT);
            for (int i = 0; i < seeds.length; i++) {
                Recording recording = recordings.get(i);
                Episode episode = episodes[i];
                int steps = episode.steps();
                assertThat(recording.steps()).hasSize(steps);
                assertThat(recording.steps().stream().mapToDouble(Recording.Step::reward).toArray())
                        .isEqualTo(episode.rewards());
                assertThat(recording.scenes().getLast().robot().x())
                        .isEqualTo(episode.poses()[8 * steps]);
                assertThat(recording.steps().getLast().distances()).containsExactly(i, steps);
            }
            assertThat(Arrays.stream(episodes).map(Episode::steps).distinct())
                    .hasSizeGreaterThan(3)
                    .anyMatch(steps -> steps < 150);
        }
    }

    /** Tells the environment and how many steps were made. */
    private static final class Clock implements Recognition {
        private int steps;

        @Override
        public int size() {
            return 2;
        }

        @Override
        public float[] distances(int env) {
            return new float[] {env, steps};
        }

        @Override
        public void reset(EnvBatch state) {
            steps = 0;
        }

        @Override
        public void step(float[] actions, EnvBatch state) {
            steps++;
        }
    }
}
