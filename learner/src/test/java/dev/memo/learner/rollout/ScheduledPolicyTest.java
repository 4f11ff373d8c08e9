package dev.memo.learner.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.Progress;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduledPolicyTest {
    private static final long[] SEEDS = {1, 2};

    /** Fills all its actions with one number. */
    private record Constant(float number) implements Policy {
        @Override
        public void begin(EnvSpec spec, long[] seeds) {}

        @Override
        public void act(EnvBatch state, float[] actions) {
            Arrays.fill(actions, number);
        }

        @Override
        public float[] context(int env) {
            return new float[] {10 * number + env};
        }
    }

    /** Mode m does m. */
    private static ScheduledPolicy follows(ScheduledPolicy.Schedule schedule) {
        List<Constant> modes = IntStream.range(0, 3).mapToObj(Constant::new).toList();
        return new ScheduledPolicy(new SwitchedPolicy(modes, 2), schedule);
    }

    /** What was done in the environments, step by step. */
    private static List<List<Float>> done(Policy policy, int steps) {
        List<List<Float>> done = List.of(new ArrayList<>(), new ArrayList<>());
        Rollout.Listener listener =
                new Rollout.Listener() {
                    @Override
                    public void reset(EnvBatch state) {}

                    @Override
                    public void step(float[] actions, EnvBatch state) {
                        for (int env = 0; env < SEEDS.length; env++) {
                            assertThat(actions[2 * env]).isEqualTo(actions[2 * env + 1]);
                            done.get(env).add(actions[2 * env]);
                        }
                    }
                };
        Rollout.run(new CountingEnv(), policy, SEEDS, steps, Progress.SILENT, listener);
        return done;
    }

    @Test
    void eachEnvironmentFollowsItsPlanFromTheFirstStepOnInEveryBatch() {
        int[][] plan = {{1, 1, 0, 2, 0}, {0, 2, 1, 1, 1}};
        ScheduledPolicy policy = follows((env, step, _) -> plan[env][step]);
        for (int batch = 0; batch < 2; batch++) {
            List<List<Float>> done = done(policy, 5);
            assertThat(done.get(0)).containsExactly(1f, 1f, 0f, 2f, 0f);
            assertThat(done.get(1)).containsExactly(0f, 2f, 1f, 1f, 1f);
        }
        // The mode that acted last.
        assertThat(policy.context(0)).containsExactly(0);
        assertThat(policy.context(1)).containsExactly(11);
    }

    @Test
    void whatIsSeenDecidesOnTheActionThatIsChosenFromIt() {
        // An observation's second number counts the steps of its episode.
        ScheduledPolicy policy = follows((env, _, state) -> (int) state.observations[4 * env + 1]);
        List<List<Float>> done = done(policy, 6);
        assertThat(done.get(0)).containsExactly(0f, 1f, 2f, 0f, 1f, 2f);
        assertThat(done.get(1)).containsExactly(0f, 1f, 0f, 1f, 0f, 1f);
    }
}
