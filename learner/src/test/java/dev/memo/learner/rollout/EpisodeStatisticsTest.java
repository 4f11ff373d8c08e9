package dev.memo.learner.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpisodeStatisticsTest {
    private static final EnvSpec SPEC =
            new EnvSpec(
                    "any",
                    List.of(new EnvSpec.Slice("time", 0, 1)),
                    1,
                    1,
                    List.of("hazards", "sum"),
                    List.of("x"),
                    10);

    private final EpisodeStatistics statistics = new EpisodeStatistics(SPEC);
    private final EnvBatch state = new EnvBatch(SPEC, 3);

    private void step() {
        statistics.step(new float[3], state);
    }

    /** Environment 1 reaches a goal in 2 of 4 steps, environment 2 costs 0.5 in each. */
    @Test
    void ratesArePerStepOfOneEnvironment() {
        state.costs[0] = 9; // not the sum
        state.costs[5] = 0.5;
        for (int i = 0; i < 4; i++) {
            state.goalsMet[1] = i % 2 == 1;
            step();
        }
        assertThat(statistics.steps()).isEqualTo(12);
        assertThat(statistics.goalRate()).isEqualTo(2 / 12.0);
        assertThat(statistics.costRate()).isEqualTo(2 / 12.0);
        assertThat(statistics.episodes()).isZero();
        assertThat(statistics.returns()).isNull();
        assertThat(statistics.costs()).isNull();
    }

    @Test
    void onlyEpisodesThatEndedCount() {
        state.truncated[0] = true;
        state.terminated[2] = true;
        state.episodeReturns[0] = 1;
        state.episodeReturns[2] = 4;
        state.episodeCosts[2] = 10;
        step();
        assertThat(statistics.episodes()).isEqualTo(2);
        assertThat(statistics.returns().mean()).isEqualTo(2.5);
        assertThat(statistics.costs().mean()).isEqualTo(5);
        // Student's t for one degree of freedom is 12.706, the standard error 1.5.
        assertThat(statistics.returns().high()).isBetween(2.5 + 19.05, 2.5 + 19.06);
    }
}
