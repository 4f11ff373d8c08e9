package dev.memo.sim.world;

import dev.memo.sim.scenario.Lidar;

/**
 * Safety Gym's pseudo-lidar (engine.py, obs_lidar_pseudo): per sector of the circle around the
 * robot how near the nearest object's centre is, 1 at the robot and 0 at the lidar's range.
 *
 * <p>An object at fraction f of its sector also shows in the next sector with f times its reading
 * and in the one before with 1 - f times it, so that readings change smoothly with the angle: f = 0
 * in one sector and f = 1 in the one before give the same readings, and rounding at the border does
 * no harm.
 *
 * <p>In float32 with a fixed order of operations, which {@link LidarKernel} repeats for many
 * environments at once. The robot's place is taken as the sum of two floats, an object's is rounded
 * to one: with 16 sectors and arenas of a few metres, readings of objects from 0.3 m on are within
 * 2.4e-6 of their formula.
 */
final class PseudoLidar {
    /** Minimax polynomial of atan(r) / r in r^2 for r up to 1; the arc tangent is within 4e-8. */
    private static final double[] ATAN = {
        0.999999339795,
        -0.333298725224,
        0.199466730122,
        -0.139090878665,
        0.0964323354095,
        -0.0559251170326,
        0.0218711011993,
        -0.00405665977022
    };

    /** A sum with it rounds to a whole number, which then stands in its lowest bits. */
    static final float ROUNDER = 0x1.8p23f;

    /** Below this, m, an object has no direction; it shows as straight ahead in the world. */
    static final float NEAREST = 1e-30f;

    /** Turns per radian. */
    static final double PER_TURN = 1 / (2 * Math.PI);

    final int bins;
    final boolean alias;

    /** Reading per metre, below 0. */
    final float perMetre;

    /** The polynomial's coefficients, in sectors instead of radians. */
    final float[] atan = new float[ATAN.length];

    /** Sectors of a quarter and of half a turn. */
    final float quarter;

    final float half;

    PseudoLidar(Lidar lidar) {
        bins = lidar.bins();
        alias = lidar.alias();
        perMetre = (float) (-1 / lidar.range());
        quarter = bins / 4f;
        half = bins / 2f;
        for (int i = 0; i < ATAN.length; i++) {
            atan[i] = (float) (ATAN[i] * bins * PER_TURN);
        }
    }

    /** The heading in sectors, within a full turn. */
    float sectors(double heading) {
        double turns = heading * PER_TURN;
        return (float) (bins * (turns - Trigonometry.round(turns)));
    }

    /**
     * Adds one object to the readings of its kind.
     *
     * @param row modified at offset .. offset + bins - 1, zero before the first object
     */
    void add(State state, double objectX, double objectY, float[] row, int offset) {
        float xHigh = (float) state.x;
        float xLow = (float) (state.x - xHigh);
        float yHigh = (float) state.y;
        float yLow = (float) (state.y - yHigh);
        float dx = (float) objectX - xHigh - xLow;
        float dy = (float) objectY - yHigh - yLow;
        float distance = (float) Math.sqrt(Math.fma(dx, dx, dy * dy));
        float reading = Math.fma(distance, perMetre, 1);
        if (reading <= 0) {
            return;
        }
        float ax = Math.abs(dx);
        float ay = Math.abs(dy);
        float slope = Math.min(ax, ay) / Math.max(NEAREST, Math.max(ax, ay));
        float square = slope * slope;
        float angle = atan[ATAN.length - 1];
        for (int i = ATAN.length - 2; i >= 0; i--) {
            angle = Math.fma(angle, square, atan[i]);
        }
        angle *= slope;
        angle = ay > ax ? quarter - angle : angle;
        angle = dx < 0 ? half - angle : angle;
        angle = dy < 0 ? -angle : angle;
        angle -= sectors(state.heading);
        float whole = angle - 0.5f + ROUNDER - ROUNDER;
        scatter(reading, (angle - whole) * reading, (int) whole, row, offset);
    }

    /**
     * Raises the readings of an object's sector and, with alias, of the two beside it.
     *
     * @param share the part of the reading that the next sector shows
     */
    void scatter(float reading, float share, int sector, float[] row, int offset) {
        int bin = Math.floorMod(sector, bins);
        raise(row, offset + bin, reading);
        if (alias) {
            raise(row, offset + (bin + 1) % bins, share);
            raise(row, offset + (bin + bins - 1) % bins, reading - share);
        }
    }

    private static void raise(float[] row, int index, float reading) {
        if (reading > row[index]) {
            row[index] = reading;
        }
    }
}
