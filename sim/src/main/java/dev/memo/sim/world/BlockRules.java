package dev.memo.sim.world;

import dev.memo.sim.scenario.Scenario;

/**
 * What a step does to a block. Rules hold scratch, so there is one for each thread; nothing in it
 * outlives a call. All rules give the same bits.
 */
public abstract class BlockRules {
    /** Numbers of an action: thrust and yaw. */
    static final int ACTION = 2;

    final World world;
    final Sizes sizes;

    BlockRules(Scenario scenario) {
        world = new World(scenario);
        sizes = Sizes.of(scenario);
    }

    /** Starts the next episode of a lane. */
    public final void startNext(Block block, int lane) {
        State state = block.load(lane);
        state.episode++;
        world.reset(state, block.parameters(lane));
        block.store(lane);
    }

    /** Draws the parameters of a lane's layout again, for a state that was changed as a whole. */
    public final void resume(Block block, int lane) {
        world.drawParameters(block.state(lane), block.parameters(lane));
        block.store(lane);
    }

    /** Writes a lane's observation, rowOffset being lane 0's. */
    public final void observe(Block block, int lane, float[] rows, int rowOffset) {
        int at = rowOffset + lane * sizes.observation();
        world.observe(block.load(lane), block.parameters(lane), rows, at);
    }

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
    public abstract void step(
            Block block,
            long active,
            float[] actions,
            int actionOffset,
            float[] rows,
            int rowOffset,
            Outcomes outcomes);
}
