package dev.memo.learner.rollout;

import dev.memo.base.Progress;
import dev.memo.base.TensorFile;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.VectorEnv;
import java.util.Arrays;

/**
 * T steps of E environments that go on from one gathering to the next: what a learner that acts
 * itself learns from. The environments write every step into arrays of its own, which the learner
 * reads in place; nothing is copied.
 */
public final class Experience {
    private final VectorEnv env;
    private final EnvBatch[] states;
    private final float[][] actions;

    /**
     * Room for so many steps.
     *
     * @param env with same-step autoreset
     * @param steps T
     */
    public Experience(VectorEnv env, int steps) {
        this.env = env;
        states = new EnvBatch[steps + 1];
        Arrays.setAll(states, _ -> new EnvBatch(env.spec(), env.envs()));
        actions = new float[steps][env.envs() * env.spec().actionSize()];
    }

    /** T: steps of a gathering. */
    public int steps() {
        return actions.length;
    }

    /** E: environments. */
    public int envs() {
        return env.envs();
    }

    /** Starts the first episode of each seed. */
    public void reset(long[] seeds) {
        env.reset(seeds, last());
    }

    /** Starts the next episode in some environments, as if theirs had been cut by a limit. */
    public void reset(boolean[] mask) {
        env.reset(mask, last());
    }

    /** Goes on from a state that {@link VectorEnv#save} gave. */
    public void restore(TensorFile state) {
        env.restore(state, last());
    }

    /**
     * Steps all environments T times, on from where they are.
     *
     * @param progress advances by E per step
     */
    public void gather(Policy policy, Progress progress) {
        EnvBatch first = states[0];
        states[0] = last();
        states[steps()] = first;
        for (int t = 0; t < steps(); t++) {
            policy.act(states[t], actions[t]);
            env.step(actions[t], states[t + 1]);
            progress.advance(envs());
        }
    }

    private EnvBatch last() {
        return states[states.length - 1];
    }

    /**
     * What the environments showed.
     *
     * @param t 0 .. T: before step t, and what step t - 1 led to, with its rewards, costs and ends
     */
    public EnvBatch state(int t) {
        return states[t];
    }

    /** [E][A] what was chosen in step t, 0 .. T - 1. */
    public float[] actions(int t) {
        return actions[t];
    }
}
