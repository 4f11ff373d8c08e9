package dev.memo.learner.rollout;

import dev.memo.base.Progress;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.VectorEnv;

/**
 * The loop that gathers experience: a policy acts, the environments step, a listener looks.
 *
 * <p>E environments, A numbers per action. Nothing is copied here: listeners read the arrays that
 * the environments write, while they are called.
 */
public final class Rollout {
    private Rollout() {}

    /** Looks at every step of a batch of environments. */
    public interface Listener {
        /** The environments were reset. */
        void reset(EnvBatch state);

        /**
         * The environments stepped.
         *
         * @param actions [E][A] what the policy chose
         * @param state what came of it
         */
        void step(float[] actions, EnvBatch state);

        /** A listener that tells this one and then another. */
        default Listener and(Listener other) {
            Listener first = this;
            return new Listener() {
                @Override
                public void reset(EnvBatch state) {
                    first.reset(state);
                    other.reset(state);
                }

                @Override
                public void step(float[] actions, EnvBatch state) {
                    first.step(actions, state);
                    other.step(actions, state);
                }
            };
        }
    }

    /**
     * Resets the environments with their seeds and steps all of them so often, or until a person
     * asks to stop; the progress advances by E per step.
     *
     * @param env its autoreset mode must not be DISABLED where episodes can end within the steps,
     *     unless the listener resets what ended
     * @return the steps that were made
     */
    public static int run(
            VectorEnv env,
            Policy policy,
            long[] seeds,
            int steps,
            Progress progress,
            Listener listener) {
        EnvBatch state = new EnvBatch(env.spec(), env.envs());
        float[] actions = new float[env.envs() * env.spec().actionSize()];
        env.reset(seeds, state);
        policy.begin(env.spec(), seeds);
        listener.reset(state);
        for (int step = 0; step < steps; step++) {
            if (progress.stopRequested()) {
                return step;
            }
            policy.act(state, actions);
            env.step(actions, state);
            listener.step(actions, state);
            progress.advance(env.envs());
        }
        return steps;
    }
}
