package dev.memo.sim.env;

import dev.memo.base.TensorFile;

/**
 * A batch of independent environments that step together.
 *
 * <p>A call refuses a batch of another spec or size before anything changes. One that fails after
 * that, because a layout has no room, leaves environments that must be reset with seeds.
 *
 * <p>Environment i is a function of its seed and its actions: neither the other environments nor
 * the number of threads change a bit of it. Arrays are the caller's; calls come from one thread at
 * a time. What every call writes, and an example per autoreset mode, is in docs/environment.md.
 */
public interface VectorEnv extends AutoCloseable {
    /** What the arrays hold. */
    EnvSpec spec();

    /** E: how many environments. */
    int envs();

    /** Starts the first episode of seed + i in every environment i. */
    default void reset(long seed, EnvBatch out) {
        long[] seeds = new long[envs()];
        for (int env = 0; env < seeds.length; env++) {
            seeds[env] = seed + env;
        }
        reset(seeds, out);
    }

    /**
     * Starts the first episode of each seed. Writes observations and poses; rewards, costs, flags
     * and episode statistics become zero.
     *
     * @param seeds [E]
     * @param out modified
     */
    void reset(long[] seeds, EnvBatch out);

    /**
     * Starts the next episode of the seeds given before in the environments that the mask names.
     * Writes their rows as the reset by seeds; other rows are not modified.
     *
     * @param mask [E]
     * @param out modified in the rows of the mask
     */
    void reset(boolean[] mask, EnvBatch out);

    /**
     * Steps every environment once.
     *
     * @param actions [E][A], clipped to [-1, 1]; not modified
     * @param out modified: every array but finalObservations and finalPoses in every row, those two
     *     in rows whose episode ended
     * @throws dev.memo.base.InputException if an action is NaN; then nothing was stepped
     */
    void step(float[] actions, EnvBatch out);

    /**
     * The exact state of the batch: what {@link #restore} continues from without a bit's change.
     */
    TensorFile save();

    /**
     * Continues from a saved state of a batch of the same scenario, size and autoreset mode. Writes
     * all rows as a reset does, with the observations and poses of the moment of saving.
     *
     * @throws dev.memo.base.InputException if the state is of another batch
     */
    void restore(TensorFile state, EnvBatch out);

    /**
     * Makes every environment a copy of one, its random numbers included: equal actions then have
     * equal results. Writes all rows as {@link #restore} does.
     */
    void fork(int env, EnvBatch out);

    /** What stands where in one environment now. */
    Scene scene(int env);

    @Override
    void close();
}
