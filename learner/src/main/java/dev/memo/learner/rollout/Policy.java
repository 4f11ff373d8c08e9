package dev.memo.learner.rollout;

import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;

/** Chooses the actions of a batch of environments. One caller at a time. */
public interface Policy {
    /**
     * A batch of environments was reset; whatever was remembered of others is forgotten.
     *
     * @param spec what the batch's arrays hold
     * @param seeds one seed per environment for the policy's own random numbers, so that what it
     *     does in an environment depends neither on the others nor on their number
     */
    void begin(EnvSpec spec, long[] seeds);

    /**
     * Chooses actions for what the environments show now.
     *
     * @param state the environments after their reset or last step, not modified
     * @param actions [E][A], modified
     */
    void act(EnvBatch state, float[] actions);

    /**
     * What the policy was conditioned on in one environment, for recordings; of the same length
     * throughout, and empty for a policy without context.
     */
    default float[] context(int env) {
        return new float[0];
    }
}
