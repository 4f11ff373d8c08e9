package dev.memo.sim.world;

import dev.memo.sim.scenario.Scenario;

/**
 * The vases that can move within a step: those that do already, those that the robot may reach, and
 * those that such a vase may reach. The others stay as they are, whether anybody looks at them or
 * not. One for each thread.
 */
final class Candidates {
    private static final double STEP = Scenario.STEP_SECONDS;

    /** More than the servo adds to the yaw rate, on average over a step, rad/s. */
    private static final double SPIN_UP = 4;

    /** More than a vase is faster than what hit it: 1 + restitution, and its corners' turning. */
    private static final double KICK = 3;

    /** The first {@link #count} entries are the vases' numbers, ascending. */
    final int[] vases;

    int count;

    /** Whether the robot may reach a vase. */
    boolean robotMeets;

    private final double speedUp;

    /** Where the lanes keep the first vase. */
    private final int firstVase;

    private final boolean[] found;

    Candidates(Scenario scenario) {
        this(scenario.maxHazards(), scenario.maxVases(), Proximity.speedUp(scenario.robot()));
    }

    private Candidates(int hazards, int most, double speedUp) {
        vases = new int[most];
        found = new boolean[most];
        firstVase = (1 + hazards) * Lanes.COUNT;
        this.speedUp = speedUp;
    }

    /** All of so many vases. */
    static Candidates all(int count) {
        Candidates candidates = new Candidates(0, count, 0);
        candidates.takeAll(count);
        return candidates;
    }

    /** Takes the first so many vases, which are all. */
    void takeAll(int total) {
        count = total;
        for (int i = 0; i < total; i++) {
            vases[i] = i;
        }
        robotMeets = true;
    }

    /**
     * Takes those that can move from here on.
     *
     * @return whether there is any; then the lane's state is loaded
     */
    boolean find(Block block, int lane) {
        Lanes lanes = block.lanes;
        State state = block.state(lane);
        boolean loaded = false;
        int total = found.length;
        double vx = lanes.vx[lane];
        double vy = lanes.vy[lane];
        double cornerSpeed =
                World.distance(vx, vy)
                        + speedUp
                        + Proximity.ROBOT_REACH * (Math.abs(lanes.yawRate[lane]) + SPIN_UP);
        float x = (float) lanes.x[lane];
        float y = (float) lanes.y[lane];
        double fastest = 0;
        count = 0;
        robotMeets = false;
        for (int i = 0; i < total; i++) {
            boolean awake = (block.awake[i] >>> lane & 1) != 0;
            double speed = awake ? Vase.reachSpeed(state, i) : 0;
            double margin = STEP * (cornerSpeed + speed) + Proximity.SLACK;
            int at = firstVase + i * Lanes.COUNT + lane;
            boolean meets =
                    meet(lanes.objectX[at] - x, lanes.objectY[at] - y, Proximity.ROBOT + margin);
            if (!loaded && (meets || awake)) {
                block.load(lane);
                loaded = true;
            }
            meets = meets && Proximity.robotToVase(state, i, margin);
            found[i] = meets || awake;
            if (found[i]) {
                vases[count++] = i;
                robotMeets |= meets;
                fastest = Math.max(fastest, Math.max(speed, meets ? cornerSpeed : 0));
            }
        }
        if (fastest > 0 && count < total) {
            addNeighbours(
                    lanes,
                    lane,
                    total,
                    Proximity.VASES + 2 * STEP * KICK * fastest + Proximity.SLACK);
        }
        return count > 0;
    }

    private static boolean meet(double dx, double dy, double reach) {
        return dx * dx + dy * dy <= reach * reach;
    }

    /** Adds what a candidate may reach, and what that may reach. */
    private void addNeighbours(Lanes lanes, int lane, int total, double reach) {
        int candidates = count;
        for (int k = 0; k < count; k++) {
            int from = firstVase + vases[k] * Lanes.COUNT + lane;
            for (int j = 0; j < total; j++) {
                int at = firstVase + j * Lanes.COUNT + lane;
                if (!found[j]
                        && meet(
                                lanes.objectX[at] - lanes.objectX[from],
                                lanes.objectY[at] - lanes.objectY[from],
                                reach)) {
                    found[j] = true;
                    vases[count++] = j;
                }
            }
        }
        if (count > candidates) {
            count = 0;
            for (int i = 0; i < total; i++) {
                if (found[i]) {
                    vases[count++] = i;
                }
            }
        }
    }
}
