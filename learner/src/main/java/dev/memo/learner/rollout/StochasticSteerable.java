package dev.memo.learner.rollout;

/** Something with modes whose actions have densities, so that data can be held against them. */
public interface StochasticSteerable extends Steerable {
    /**
     * How likely actions are under a mode.
     *
     * @param observations [N][O]
     * @param actions [N][A]
     * @param mode 0 .. K - 1
     * @return [N] log densities, summed over the dimensions of the action, in nats
     */
    float[] logDensities(float[] observations, float[] actions, int mode);
}
