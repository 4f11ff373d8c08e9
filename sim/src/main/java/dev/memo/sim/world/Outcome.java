package dev.memo.sim.world;

/** What one step gave, besides the state. */
public final class Outcome {
    /** Of the step, clipped. */
    public double reward;

    /** [C] by the scenario's names of costs; the last is the sum. */
    public final double[] costs;

    /** The step reached the goal. */
    public boolean goalMet;

    /** Bodies touched in the step. */
    public boolean contact;

    /** No place was left for the next goal. */
    public boolean terminated;

    /** The step was the episode's last. */
    public boolean truncated;

    /** For so many costs, the sum included. */
    public Outcome(int costs) {
        this.costs = new double[costs];
    }
}
