package dev.memo.sim.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.RandomStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the contract says of episodes that end in the task, on the line, whose end can be reached
 * when one likes: environment 0 goes there, environment 1 stays where it is.
 */
class TerminationTest {
    private static final long SEED = 42;
    private static final int LIMIT = 50;

    private final EnvBatch batch = new EnvBatch(new LineEnv(2, Autoreset.DISABLED).spec(), 2);

    /** Waits, then goes outwards to the line's end; returns the episode's length. */
    private int goToTheEnd(LineEnv env, int wait) {
        env.reset(SEED, batch);
        float outwards = (float) Math.signum(batch.poses[0]);
        double reward = 0;
        double cost = 0;
        int step = 0;
        while (!batch.ended(0)) {
            assertThat(batch.episodeLengths).containsOnly(0);
            assertThat(batch.episodeReturns).containsOnly(0);
            env.step(new float[] {step < wait ? 0 : outwards, 0}, batch);
            reward += batch.rewards[0];
            cost += batch.costs[1];
            step++;
        }
        assertThat(batch.terminated).containsExactly(true, false);
        assertThat(Math.abs(batch.finalPoses[0])).isBetween(5.0, 5.1);
        assertThat(batch.finalObservations[0]).isEqualTo((float) batch.finalPoses[0]);
        assertThat(batch.episodeLengths[0]).isEqualTo(step);
        assertThat(batch.episodeReturns[0]).isCloseTo(reward, within(1e-9));
        assertThat(batch.episodeCosts[0]).isCloseTo(cost, within(1e-9)).isPositive();
        return step;
    }

    /** The next episode begins as the mode says, in the environments that ended. */
    private void assertNextEpisode(LineEnv env, Autoreset autoreset, boolean... ended) {
        double start = new RandomStream(SEED, 0, 0, 1).uniform(-1, 1);
        float[] idle = new float[2];
        if (autoreset == Autoreset.SAME_STEP) {
            assertThat(batch.poses[0]).isEqualTo(start);
            env.step(idle, batch);
            assertThat(batch.rewards[0]).isEqualTo(-Math.abs(start));
        } else {
            assertThat(batch.poses[0]).isEqualTo(batch.finalPoses[0]);
            if (autoreset == Autoreset.NEXT_STEP) {
                env.step(idle, batch);
            } else {
                assertThatThrownBy(() -> env.step(idle, batch))
                        .isInstanceOf(IllegalStateException.class);
                env.reset(ended, batch);
            }
            assertThat(batch.rewards[0]).isZero();
        }
        assertThat(batch.poses[0]).isEqualTo(start);
        assertThat(batch.observations[0]).isEqualTo((float) start);
        assertThat(batch.terminated).containsOnly(false);
        assertThat(batch.truncated).containsOnly(false);
        assertThat(batch.episodeLengths).containsOnly(0);
    }

    @ParameterizedTest
    @EnumSource
    void terminatesAnEpisodeBeforeTheStepLimit(Autoreset autoreset) {
        LineEnv env = new LineEnv(2, autoreset);
        assertThat(goToTheEnd(env, 0)).isLessThan(LIMIT);
        assertThat(batch.truncated).containsOnly(false);
        assertThat(batch.episodeLengths[1]).isZero();
        double other = batch.poses[1];
        assertNextEpisode(env, autoreset, true, false);
        assertThat(batch.poses[1]).isEqualTo(other);
    }

    @ParameterizedTest
    @EnumSource
    void terminatesAndTruncatesInOneStep(Autoreset autoreset) {
        LineEnv env = new LineEnv(2, autoreset);
        int shortest = goToTheEnd(env, 0);
        assertThat(goToTheEnd(env, LIMIT - shortest)).isEqualTo(LIMIT);
        assertThat(batch.truncated).containsOnly(true);
        assertThat(batch.episodeLengths).containsOnly(LIMIT);
        assertNextEpisode(env, autoreset, true, true);
    }
}
