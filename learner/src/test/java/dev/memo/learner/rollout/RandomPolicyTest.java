package dev.memo.learner.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.Philox;
import dev.memo.base.RandomStream;
import dev.memo.base.ThreadTeam;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomPolicyTest {
    /** More than one chunk, and not whole chunks. */
    private static final int ENVS = 1_300;

    private static EnvSpec spec(int actionSize) {
        return new EnvSpec(
                "any",
                List.of(new EnvSpec.Slice("time", 0, 1)),
                1,
                actionSize,
                List.of("sum"),
                List.of("x"),
                10);
    }

    private static float[][] act(int actionSize, long[] seeds, int steps, int threads) {
        float[][] actions = new float[steps][seeds.length * actionSize];
        try (ThreadTeam team = new ThreadTeam(threads)) {
            RandomPolicy policy = new RandomPolicy(team);
            policy.begin(spec(actionSize), seeds);
            EnvBatch state = new EnvBatch(spec(actionSize), seeds.length);
            for (float[] row : actions) {
                policy.act(state, row);
            }
        }
        return actions;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6})
    void actionsAreTheWordsOfTheSeedsSequence(int actionSize) {
        long[] seeds = LongStream.range(-600, ENVS - 600).toArray();
        int steps = 7;
        float[][] actions = act(actionSize, seeds, steps, 1);
        for (int env = 0; env < ENVS; env += 433) {
            RandomStream stream = new RandomStream(seeds[env], 101, 0, 0);
            for (int step = 0; step < steps; step++) {
                for (int i = 0; i < actionSize; i++) {
                    assertThat(actions[step][env * actionSize + i])
                            .isEqualTo(2 * Philox.halfOpen(stream.word()) - 1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void threadsDoNotChangeANumber(int threads) {
        long[] seeds = LongStream.range(0, ENVS).toArray();
        assertThat(act(2, seeds, 5, threads)).isDeepEqualTo(act(2, seeds, 5, 1));
    }

    @Test
    void actionsAreUniform() {
        long[] seeds = {1, 2, 3, 4};
        int steps = 2_000;
        double sum = 0;
        double squares = 0;
        for (float[] row : act(2, seeds, steps, 1)) {
            for (float action : row) {
                assertThat(action).isBetween(-1f, 1f);
                sum += action;
                squares += action * action;
            }
        }
        // A uniform number in [-1, 1] has mean 0 and variance 1/3; four standard errors.
        int count = 2 * seeds.length * steps;
        assertThat(Math.abs(sum / count)).isLessThan(4 / Math.sqrt(3.0 * count));
        assertThat(Math.abs(squares / count - 1 / 3.0)).isLessThan(4 * 0.2981 / Math.sqrt(count));
    }
}
