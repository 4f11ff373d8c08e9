package dev.memo.learner.ppo;

import dev.memo.learner.testing.UnsavedEnv;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Environments whose action has no effect but reward and cost. An observation is the time as a
 * share of the episode where episodes end in the task, else 0, and the episode's kind, 0 or 1 in
 * turn.
 */
final class ToyEnv extends UnsavedEnv {
    static final int STEPS = 5;

    private static final EnvSpec SPEC =
            new EnvSpec(
                    "toy",
                    List.of(new EnvSpec.Slice("time", 0, 1), new EnvSpec.Slice("kind", 1, 1)),
                    3,
                    1,
                    List.of("sum"),
                    List.of(),
                    STEPS);

    private final DoubleBinaryOperator reward;
    private final DoubleUnaryOperator cost;
    private final boolean terminates;
    private final int[] times;
    private final int[] kinds;

    /**
     * @param reward of the clipped action and the episode's kind
     * @param cost of the clipped action
     * @param terminates whether episodes end in the task and not by the limit
     */
    ToyEnv(int envs, DoubleBinaryOperator reward, DoubleUnaryOperator cost, boolean terminates) {
        this.reward = reward;
        this.cost = cost;
        this.terminates = terminates;
        times = new int[envs];
        kinds = new int[envs];
        Arrays.setAll(kinds, env -> env % 2);
    }

    @Override
    public EnvSpec spec() {
        return SPEC;
    }

    @Override
    public int envs() {
        return times.length;
    }

    @Override
    public void reset(long[] seeds, EnvBatch out) {
        boolean[] all = new boolean[times.length];
        Arrays.fill(all, true);
        reset(all, out);
    }

    @Override
    public void reset(boolean[] mask, EnvBatch out) {
        for (int env = 0; env < times.length; env++) {
            if (mask[env]) {
                begin(env);
                show(env, out.observations);
            }
        }
    }

    private void begin(int env) {
        times[env] = 0;
        kinds[env] = 1 - kinds[env];
    }

    private void show(int env, float[] observations) {
        // A time that is seen only where an episode was cut would be valued by guessing.
        observations[3 * env] = terminates ? (float) times[env] / STEPS : 0;
        observations[3 * env + 1] = kinds[env];
    }

    @Override
    public void step(float[] actions, EnvBatch out) {
        for (int env = 0; env < times.length; env++) {
            double action = Math.clamp(actions[env], -1, 1);
            out.rewards[env] = reward.applyAsDouble(action, kinds[env]);
            out.costs[env] = cost.applyAsDouble(action);
            boolean ended = ++times[env] == STEPS;
            out.terminated[env] = ended && terminates;
            out.truncated[env] = ended && !terminates;
            out.episodeLengths[env] = ended ? STEPS : 0;
            if (ended) {
                show(env, out.finalObservations);
                begin(env);
            }
            show(env, out.observations);
        }
    }
}
