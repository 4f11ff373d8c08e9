package dev.memo.sim.world;

/** What one step of a block gave, besides the states. One for each thread. */
public final class Outcomes {
    /** [64] of the steps, clipped. */
    public final double[] rewards = new double[Block.MOST];

    /** [64][C] by the scenario's names of costs; the last is the sum. */
    public final double[] costs;

    // A bit for each lane.

    /** Lanes that reached a goal. */
    public long goalsMet;

    /** Lanes whose task ended: no place was left for the next goal. */
    public long terminated;

    /** Lanes that reached the step limit. */
    public long truncated;

    /** For so many costs, the sum included. */
    public Outcomes(int costs) {
        this.costs = new double[Block.MOST * costs];
    }
}
