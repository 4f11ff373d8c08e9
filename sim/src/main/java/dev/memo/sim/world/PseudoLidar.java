package dev.memo.sim.world;

import dev.memo.sim.scenario.Lidar;

/**
 * Safety Gym's pseudo-lidar (engine.py, obs_lidar_pseudo): per sector of the circle around the
 * robot how near the nearest object's centre is, 1 at the robot and 0 at the lidar's range.
 *
 * <p>An object at fraction f of its sector also shows in the next sector with f times its reading
 * and in the one before with 1 - f times it, so that readings change smoothly with the angle.
 */
final class PseudoLidar {
    private PseudoLidar() {}

    /**
     * Adds one object to the readings of its kind.
     *
     * @param dx from the robot to the object in the world's frame, m
     * @param dy as dx
     * @param cos of the robot's heading
     * @param sin of the robot's heading
     * @param row modified at offset .. offset + bins - 1, zero before the first object
     */
    static void add(
            Lidar lidar, double dx, double dy, double cos, double sin, float[] row, int offset) {
        double reading = (lidar.range() - Math.sqrt(dx * dx + dy * dy)) / lidar.range();
        if (reading <= 0) {
            return;
        }
        int bins = lidar.bins();
        double angle = Trigonometry.atan2(cos * dy - sin * dx, cos * dx + sin * dy);
        double sectors = angle * bins / (2 * Math.PI);
        double whole = Math.floor(sectors);
        double fraction = sectors - whole;
        int bin = Math.floorMod((int) whole, bins);
        raise(row, offset + bin, reading);
        if (lidar.alias()) {
            raise(row, offset + (bin + 1) % bins, fraction * reading);
            raise(row, offset + (bin + bins - 1) % bins, (1 - fraction) * reading);
        }
    }

    private static void raise(float[] row, int index, double reading) {
        row[index] = Math.max(row[index], (float) reading);
    }
}
