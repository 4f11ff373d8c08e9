package dev.memo.sim.world;

import java.util.Arrays;

/**
 * Up to 64 environments: their states, the parameters of their layouts, and what their last step
 * gave. What every step needs stands in {@link Lanes} as well, which is the newer of the two:
 * {@link #load} brings an environment's state up to date, {@link #store} takes over a changed one.
 */
public final class Block {
    /** The most environments of a block. */
    public static final int MOST = Lanes.COUNT;

    /** Numbers of a pose. */
    public static final int POSE = 8;

    /** Environments, the first lanes. */
    public final int size;

    /** [size] of the last step. */
    public final double[] rewards;

    /** [size][C] of the last step. */
    public final double[] costs;

    // Of the last step, a bit for each lane.

    /** Lanes that reached a goal. */
    public long goalsMet;

    /** Lanes whose task ended: no place was left for the next goal. */
    public long terminated;

    /** Lanes that reached the step limit. */
    public long truncated;

    /** Lanes whose episode is over: only a reset may follow. */
    public long ended;

    /** Steps so far in which bodies touched. */
    public long contactSteps;

    final Lanes lanes;

    /** [V] for each vase, the lanes in which it moves or will, as bits. */
    final long[] awake;

    private final Sizes sizes;
    private final State[] states;
    private final Parameters[] parameters;

    /** States of zeros, for so many environments of a scenario. */
    public Block(Sizes sizes, int size, int costs) {
        this.size = size;
        this.sizes = sizes;
        rewards = new double[size];
        this.costs = new double[size * costs];
        lanes = new Lanes(sizes);
        awake = new long[sizes.vases()];
        states = new State[size];
        Arrays.setAll(states, _ -> new State(sizes));
        parameters = new Parameters[size];
        Arrays.setAll(parameters, _ -> new Parameters());
    }

    /** All lanes, as bits. */
    public long all() {
        return -1L >>> -size;
    }

    /** The numbers of a lane's layout. */
    public Parameters parameters(int lane) {
        return parameters[lane];
    }

    /** The lane's state, to be read or changed as a whole. */
    public State state(int lane) {
        return states[lane];
    }

    /** The lane's state as it is now. Changes to it count after {@link #store}. */
    public State load(int lane) {
        State state = states[lane];
        state.ended = (ended >>> lane & 1) != 0;
        state.step = lanes.step[lane];
        state.episodeReturn = lanes.episodeReturn[lane];
        state.episodeCost = lanes.episodeCost[lane];
        state.x = lanes.x[lane];
        state.y = lanes.y[lane];
        state.heading = lanes.heading[lane];
        state.vx = lanes.vx[lane];
        state.vy = lanes.vy[lane];
        state.yawRate = lanes.yawRate[lane];
        state.thrustAction = lanes.thrustAction[lane];
        state.yawAction = lanes.yawAction[lane];
        state.goalX = lanes.goalX[lane];
        state.goalY = lanes.goalY[lane];
        return state;
    }

    /** Takes over the lane's state and parameters, whatever has changed in them. */
    public void store(int lane) {
        State state = states[lane];
        ended = state.ended ? ended | 1L << lane : ended & ~(1L << lane);
        lanes.step[lane] = state.step;
        lanes.episodeReturn[lane] = state.episodeReturn;
        lanes.episodeCost[lane] = state.episodeCost;
        lanes.thrustAction[lane] = state.thrustAction;
        lanes.yawAction[lane] = state.yawAction;
        PointRobot.face(state);
        lanes.cos[lane] = state.cos;
        lanes.sin[lane] = state.sin;
        storeLayout(lane);
        storeRobot(lane);
        storeVases(lane);
        storeGoal(lane);
        // Nothing is known of what is near: the next step looks at all bodies.
        lanes.nearestVase[lane] = 0;
    }

    private void storeLayout(int lane) {
        State state = states[lane];
        Parameters layout = parameters[lane];
        for (int k = 0; k < RobotDynamics.COUNT; k++) {
            lanes.dynamics[k * Lanes.COUNT + lane] = layout.dynamics[k];
        }
        lanes.goalRadius[lane] = layout.goalRadius;
        lanes.hazardReach[lane] = (float) (layout.hazardRadius + Lanes.SLACK);
        for (int i = 0; i < sizes.hazards(); i++) {
            boolean there = i < layout.hazards;
            lanes.place(1 + i, lane, there, state.hazardX[i], state.hazardY[i]);
        }
    }

    /** Takes over the robot's motion. */
    void storeRobot(int lane) {
        State state = states[lane];
        lanes.x[lane] = state.x;
        lanes.y[lane] = state.y;
        lanes.heading[lane] = state.heading;
        lanes.vx[lane] = state.vx;
        lanes.vy[lane] = state.vy;
        lanes.yawRate[lane] = state.yawRate;
    }

    private void storeVases(int lane) {
        int vases = parameters[lane].vases;
        for (int i = 0; i < sizes.vases(); i++) {
            if (i < vases) {
                storeVase(lane, i);
            } else {
                awake[i] &= ~(1L << lane);
                lanes.place(1 + sizes.hazards() + i, lane, false, 0, 0);
            }
        }
    }

    /** Takes over the motion of one vase. */
    void storeVase(int lane, int i) {
        State state = states[lane];
        long bit = 1L << lane;
        awake[i] = Vase.rests(state, i) ? awake[i] & ~bit : awake[i] | bit;
        lanes.place(1 + sizes.hazards() + i, lane, true, state.vaseX[i], state.vaseY[i]);
    }

    /** Lanes with a vase that moves or will. */
    long awake() {
        long any = 0;
        for (long lanesOfVase : awake) {
            any |= lanesOfVase;
        }
        return any;
    }

    /** Takes over a goal that has moved. */
    void storeGoal(int lane) {
        State state = states[lane];
        lanes.goalX[lane] = state.goalX;
        lanes.goalY[lane] = state.goalY;
        lanes.goalDistance[lane] = World.goalDistance(state);
        lanes.place(0, lane, true, state.goalX, state.goalY);
    }

    /**
     * Writes x, y, heading, vx, vy, yaw rate, and the goal's x and y.
     *
     * @param poses [..][POSE] modified at the lane's row
     * @param offset of lane 0
     */
    public void writePose(int lane, double[] poses, int offset) {
        int at = offset + lane * POSE;
        poses[at] = lanes.x[lane];
        poses[at + 1] = lanes.y[lane];
        poses[at + 2] = lanes.heading[lane];
        poses[at + 3] = lanes.vx[lane];
        poses[at + 4] = lanes.vy[lane];
        poses[at + 5] = lanes.yawRate[lane];
        poses[at + 6] = lanes.goalX[lane];
        poses[at + 7] = lanes.goalY[lane];
    }
}
