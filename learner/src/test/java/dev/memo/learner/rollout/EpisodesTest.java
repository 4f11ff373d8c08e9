package dev.memo.learner.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.dataset.Episode;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.recording.Recording;
import dev.memo.sim.scenario.Scenario;
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
                    Episodes.record(SHORT, "mode 1", steered, new long[] {3, 9}, team);
            assertThat(recordings).hasSize(2);
            Recording second = recordings.get(1);
            assertThat(second.label()).isEqualTo("mode 1");
            assertThat(second.steps()).hasSize(12);
            assertThat(second.steps().getLast().context()).containsExactly(1, 0.5f);
        }
    }
}
