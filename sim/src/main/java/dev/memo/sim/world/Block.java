package dev.memo.sim.world;

import dev.memo.sim.scenario.Robot;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;

/**
 * Up to 64 environments: their states and the parameters of their layouts. What every step needs
 * stands in {@link Lanes} as well, which is the newer of the two: {@link #load} brings an
 * environment's state up to date, {@link #store} takes over a changed one.
 */
public final class Block {
    /** The most environments of a block. */
    public static final int MOST = Lanes.COUNT;

    /** Numbers of a pose. */
    public static final int POSE = 8;

    /** Bytes of a line of the cache; a wrong one costs time alone. */
    static final int LINE = 64;

    /** Environments, the first lanes. */
    public final int size;

    /** Lanes whose episode is over, as bits: only a reset may follow. */
    public long ended;

    /** Steps so far in which bodies touched. */
    public long contactSteps;

    final Lanes lanes;

    /** [V] for each vase, the lanes in which it moves or will, as bits. */
    final long[] awake;

    private final Sizes sizes;
    private final boolean sharedDynamics;
    private final State[] states;
    private final Parameters[] parameters;

    /**
     * Blocks of states of zeros.
     *
     * @param envs how many environments
     * @param each of a block, the last one excepted; at most {@link #MOST}
     */
    public static Block[] of(Scenario scenario, int envs, int each) {
        Sizes sizes = Sizes.of(scenario);
        double[] dynamics = sharedDynamics(scenario.robot());
        Block[] blocks = new Block[Math.ceilDiv(envs, each)];
        Arrays.setAll(blocks, i -> new Block(sizes, Math.min(each, envs - i * each), dynamics));
        return blocks;
    }

    /** The same coefficients for all lanes of all blocks, or null where each draws its own. */
    private static double[] sharedDynamics(Robot robot) {
        double thrust = robot.thrust().max();
        double damping = robot.damping().max();
        if (robot.thrust().min() < thrust || robot.damping().min() < damping) {
            return null;
        }
        double[] one = new double[RobotDynamics.COUNT];
        RobotDynamics.compute(thrust, damping, robot.yaw(), one);
        double[] all = new double[RobotDynamics.COUNT * MOST];
        Arrays.setAll(all, i -> one[i / MOST]);
        return all;
    }

    private Block(Sizes sizes, int size, double[] dynamics) {
        this.size = size;
        this.sizes = sizes;
        sharedDynamics = dynamics != null;
        lanes =
                new Lanes(
                        sizes, sharedDynamics ? dynamics : new double[RobotDynamics.COUNT * MOST]);
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

    /** As {@link Lanes#fetch}, for what the physics of these lanes needs besides. */
    double fetch(long lanes) {
        double sum = 0;
        for (long left = lanes; left != 0; left &= left - 1) {
            int lane = Long.numberOfTrailingZeros(left);
            sum += states[lane].fetch() + parameters[lane].fetch();
        }
        return sum;
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
        for (int k = 0; k < RobotDynamics.COUNT && !sharedDynamics; k++) {
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
