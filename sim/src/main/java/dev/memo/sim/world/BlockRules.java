package dev.memo.sim.world;

/**
 * What a step does to a block. Rules hold scratch, so there is one for each thread; nothing in it
 * outlives a call. All rules give the same bits.
 */
public interface BlockRules {
    /** Starts the next episode of a lane. */
    void startNext(Block block, int lane);

    /** Draws the parameters of a lane's layout again, for a state that was changed as a whole. */
    void resume(Block block, int lane);

    /**
     * Steps lanes and writes their observations.
     *
     * @param active the lanes to step, as bits; in the others nothing is promised until they start
     *     their next episode
     * @param actions [..][2] thrust and yaw, not NaN
     * @param actionOffset of lane 0
     * @param rows [..][S] observations, modified
     * @param rowOffset of lane 0
     * @param outcomes modified
     */
    void step(
            Block block,
            long active,
            float[] actions,
            int actionOffset,
            float[] rows,
            int rowOffset,
            Outcomes outcomes);

    /** Writes a lane's observation, rowOffset being lane 0's. */
    void observe(Block block, int lane, float[] rows, int rowOffset);
}
