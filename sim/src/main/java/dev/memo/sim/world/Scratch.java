package dev.memo.sim.world;

/**
 * What a step of a block computes on its way and nothing needs afterwards. One for each thread, so
 * that it stays in the first cache.
 */
final class Scratch {
    // Of the heading.
    final double[] cos = new double[Lanes.COUNT];
    final double[] sin = new double[Lanes.COUNT];

    /** From the robot to the goal before the step, m. */
    final double[] goalDistance = new double[Lanes.COUNT];

    /** Distance of the nearest hazard, m. */
    final float[] nearestHazard = new float[Lanes.COUNT];

    /** Readings that change; the other sensors read constants. */
    static final int READINGS = 7;

    // Their places among the readings.
    static final int FORWARD_ACCELERATION = 0;
    static final int LEFT_ACCELERATION = 1;
    static final int FORWARD_VELOCITY = 2;
    static final int LEFT_VELOCITY = 3;
    static final int YAW_RATE = 4;
    static final int FORWARD_FIELD = 5;
    static final int LEFT_FIELD = 6;

    /** [READINGS][COUNT] */
    final float[] readings = new float[READINGS * Lanes.COUNT];

    // The robot's place as the sum of two floats, and its heading in sectors of the lidar.
    final float[] xHigh = new float[Lanes.COUNT];
    final float[] xLow = new float[Lanes.COUNT];
    final float[] yHigh = new float[Lanes.COUNT];
    final float[] yLow = new float[Lanes.COUNT];
    final float[] sectors = new float[Lanes.COUNT];

    /** Distance of the goal as the lidar sees it, which nothing reads. */
    final float[] nearestGoal = new float[Lanes.COUNT];

    /** [1 + H + V][COUNT] per object its reading, 0 or more. */
    final float[] reading;

    /** [1 + H + V][COUNT] the part of it that the next sector shows. */
    final float[] share;

    /** [1 + H + V][COUNT] the sector, as the bits of a sum with {@link PseudoLidar#ROUNDER}. */
    final int[] sector;

    Scratch(Sizes sizes) {
        int objects = 1 + sizes.hazards() + sizes.vases();
        reading = new float[objects * Lanes.COUNT];
        share = new float[objects * Lanes.COUNT];
        sector = new int[objects * Lanes.COUNT];
    }
}
