package dev.memo.sim.world;

import dev.memo.sim.scenario.Scenario;

/**
 * What never changes in a scenario: the extents of arrays.
 *
 * @param hazards H: the most hazards that a layout can have
 * @param vases V: the most vases that a layout can have
 * @param lidarBins sectors of each lidar
 */
public record Sizes(int hazards, int vases, int lidarBins) {
    /** Accelerometer, velocimeter, gyro and magnetometer: three numbers each. */
    static final int SENSORS = 12;

    /** The sizes of a scenario. */
    public static Sizes of(Scenario scenario) {
        return new Sizes(scenario.maxHazards(), scenario.maxVases(), scenario.lidar().bins());
    }

    /** Numbers of an observation: lidars only of the kinds of objects that there can be. */
    public int observation() {
        return SENSORS + lidars() * lidarBins;
    }

    /** One of the goal, and one of each kind of objects that there can be. */
    public int lidars() {
        return 1 + (hazards > 0 ? 1 : 0) + (vases > 0 ? 1 : 0);
    }
}
