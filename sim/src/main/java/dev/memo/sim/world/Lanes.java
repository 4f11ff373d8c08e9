package dev.memo.sim.world;

import java.util.Arrays;

/**
 * What every step reads or changes in up to 64 environments, side by side for SIMD: the state of
 * the robot, the goal, and where things stand as the lidar sees them. {@link State} has the meaning
 * and the units. Lanes without an environment hold zeros, and objects far away, and are stepped
 * along.
 */
final class Lanes {
    /** Environments in a block: 64 masks fit a long, and a block's lidar fits the first cache. */
    static final int COUNT = 64;

    final double[] x = new double[COUNT];
    final double[] y = new double[COUNT];
    final double[] heading = new double[COUNT];
    final double[] vx = new double[COUNT];
    final double[] vy = new double[COUNT];
    final double[] yawRate = new double[COUNT];

    final double[] thrustAction = new double[COUNT];
    final double[] yawAction = new double[COUNT];

    /** [RobotDynamics.COUNT][COUNT] */
    final double[] dynamics;

    final double[] goalX = new double[COUNT];
    final double[] goalY = new double[COUNT];
    final double[] goalRadius = new double[COUNT];

    final double[] episodeReturn = new double[COUNT];
    final double[] episodeCost = new double[COUNT];
    final int[] step = new int[COUNT];

    /** [1 + H + V][COUNT] where the goal, hazards and vases are; those that are not, far away. */
    final float[] objectX;

    final float[] objectY;

    /** How near a hazard's centre costs, at most, m. */
    final float[] hazardReach = new float[COUNT];

    /** Distance of the nearest vase, m. */
    final float[] nearestVase = new float[COUNT];

    // The above but the dynamics, which blocks may share, and the few lines of the step counts.
    private final double[][] doubles;
    private final float[][] floats;

    /** Where objects are that are not there: no lidar sees so far, and its square is finite. */
    private static final float FAR = 1e15f;

    /** More than float32 can err in a distance, m. */
    static final double SLACK = 1e-4;

    Lanes(Sizes sizes, double[] dynamics) {
        this.dynamics = dynamics;
        int objects = 1 + sizes.hazards() + sizes.vases();
        objectX = new float[objects * COUNT];
        objectY = new float[objects * COUNT];
        Arrays.fill(objectX, FAR);
        Arrays.fill(objectY, FAR);
        doubles =
                new double[][] {
                    x,
                    y,
                    heading,
                    vx,
                    vy,
                    yawRate,
                    thrustAction,
                    yawAction,
                    goalX,
                    goalY,
                    goalRadius,
                    episodeReturn,
                    episodeCost
                };
        floats = new float[][] {objectX, objectY, hazardReach, nearestVase};
    }

    /**
     * Reads a number of every line of the cache, so that all come from memory side by side, and not
     * one after the other as a step needs them.
     *
     * @return means nothing; to be kept, or the compiler leaves out the reads
     */
    double fetch() {
        double sum = 0;
        for (double[] numbers : doubles) {
            for (int i = 0; i < COUNT; i += Block.LINE / Double.BYTES) {
                sum += numbers[i];
            }
        }
        for (float[] numbers : floats) {
            for (int i = 0; i < numbers.length; i += Block.LINE / Float.BYTES) {
                sum += numbers[i];
            }
        }
        return sum;
    }

    /** Sets where an object is, or that it is not there. */
    void place(int object, int lane, boolean there, double objectX, double objectY) {
        this.objectX[object * COUNT + lane] = there ? (float) objectX : FAR;
        this.objectY[object * COUNT + lane] = there ? (float) objectY : FAR;
    }
}
