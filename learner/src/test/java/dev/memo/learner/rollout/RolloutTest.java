package dev.memo.learner.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.Progress;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.testing.Stopping;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutTest {
    private static final long[] SEEDS = {1, 2};

    /** Asks for more than the environment allows, a little more with every step. */
    private static final class Pushing implements Policy {
        private int step;

        @Override
        public void begin(EnvSpec spec, long[] seeds) {
            step = 0;
        }

        @Override
        public void act(EnvBatch state, float[] actions) {
            actions[0] = -3;
            actions[1] = 0.1f * step;
            actions[2] = 7;
            actions[3] = -0.1f * step;
            step++;
        }
    }

    private static List<List<Episode>> collect(int steps) {
        List<List<Episode>> episodes = List.of(new ArrayList<>(), new ArrayList<>());
        EpisodeCollector collector =
                new EpisodeCollector(
                        CountingEnv.SPEC, SEEDS, (env, one) -> episodes.get(env).add(one));
        int made =
                Rollout.run(
                        new CountingEnv(), new Pushing(), SEEDS, steps, Progress.SILENT, collector);
        assertThat(made).isEqualTo(steps);
        return episodes;
    }

    @Test
    void episodesEndWithTheirFinalObservationAndTheNextBeginsWithItsOwn() {
        List<List<Episode>> episodes = collect(7);
        assertThat(episodes.get(0)).hasSize(2);
        assertThat(episodes.get(1)).hasSize(3);

        Episode first = episodes.get(0).get(0);
        assertThat(first.observations()).containsExactly(1, 0, 1, 1, 1, 2, 1, 3);
        assertThat(first.poses()).containsExactly(new double[] {0, 0.1, 0.2, 0.3}, within(1e-12));
        assertThat(first.rewards()).containsExactly(1, 2, 3);
        assertThat(first.costs()).containsExactly(1, 2, 2, 4, 3, 6);
        assertThat(first.goalsMet()).containsExactly(false, true, false);
        assertThat(first.truncations()).containsExactly(false, false, true);
        assertThat(first.terminations()).containsOnly(false);

        Episode second = episodes.get(0).get(1);
        assertThat(second.observations()).containsExactly(11, 0, 11, 1, 11, 2, 11, 3);

        Episode ofOther = episodes.get(1).get(2);
        assertThat(ofOther.observations()).containsExactly(22, 0, 22, 1, 22, 2);
        assertThat(ofOther.terminations()).containsExactly(false, true);
        assertThat(ofOther.truncations()).containsOnly(false);
    }

    @Test
    void actionsAreStoredAsTheEnvironmentClipsThem() {
        List<List<Episode>> episodes = collect(3);
        assertThat(episodes.get(0).getFirst().actions()).containsExactly(-1, 0, -1, 0.1f, -1, 0.2f);
        assertThat(episodes.get(1).getFirst().actions()).containsExactly(1, -0f, 1, -0.1f);
    }

    @Test
    void onlyTheFirstEpisodeOfAnEnvironmentFollowsFromItsSeed() {
        List<List<Episode>> episodes = collect(6);
        assertThat(episodes.get(1).get(0).seed()).hasValue(2);
        assertThat(episodes.get(1).get(1).seed()).isEmpty();
    }

    @Test
    void stopsWhenAsked() {
        List<Integer> seen = new ArrayList<>();
        Rollout.Listener listener =
                new Rollout.Listener() {
                    @Override
                    public void reset(EnvBatch state) {}

                    @Override
                    public void step(float[] actions, EnvBatch state) {
                        seen.add((int) state.rewards[0]);
                    }
                };
        Stopping progress = new Stopping(8);
        int made = Rollout.run(new CountingEnv(), new Pushing(), SEEDS, 100, progress, listener);
        assertThat(made).isEqualTo(4);
        assertThat(seen).containsExactly(1, 2, 3, 1);
        assertThat(progress.done()).isEqualTo(8);
    }
}
