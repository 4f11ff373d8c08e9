package dev.memo.sim.world;

/**
 * Sine and cosine with a fixed order of operations, so that every JVM, compiler and vector lane
 * gets the same bits; within 2.3e-16 for angles up to 1e3 rad. {@link SenseKernel} does the same
 * for many angles at once.
 *
 * <p>Source of the polynomials: fdlibm 5.3 (k_sin.c, k_cos.c).
 */
final class Trigonometry {
    static final double TWO_OVER_PI = 2 / Math.PI;

    /** Pi / 2 as a sum: the nearest double, and what it lacks. */
    static final double HALF_PI_HIGH = Math.PI / 2;

    static final double HALF_PI_LOW = 6.123233995736766e-17;

    // The powers' coefficients.
    static final double SIN_3 = -1.66666666666666324348e-01;
    static final double SIN_5 = 8.33333333332248946124e-03;
    static final double SIN_7 = -1.98412698298579493134e-04;
    static final double SIN_9 = 2.75573137070700676789e-06;
    static final double SIN_11 = -2.50507602534068634195e-08;
    static final double SIN_13 = 1.58969099521155010221e-10;
    static final double COS_4 = 4.16666666666666019037e-02;
    static final double COS_6 = -1.38888888888741095749e-03;
    static final double COS_8 = 2.48015872894767294178e-05;
    static final double COS_10 = -2.75573143513906633035e-07;
    static final double COS_12 = 2.08757232129817482790e-09;
    static final double COS_14 = -1.13596475577881948265e-11;

    /** A sum with it rounds to a whole number, which then stands in its lowest bits. */
    static final double ROUNDER = 0x1.8p52;

    private Trigonometry() {}

    static double sin(double angle) {
        double quadrant = round(angle * TWO_OVER_PI);
        return quarterTurns((long) quadrant, remainder(angle, quadrant));
    }

    static double cos(double angle) {
        double quadrant = round(angle * TWO_OVER_PI);
        return quarterTurns((long) quadrant + 1, remainder(angle, quadrant));
    }

    /** The nearest whole number. */
    static double round(double value) {
        return value + ROUNDER - ROUNDER;
    }

    /** The angle less so many quarter turns: within pi / 4 of 0. */
    private static double remainder(double angle, double quadrant) {
        return Math.fma(-quadrant, HALF_PI_LOW, Math.fma(-quadrant, HALF_PI_HIGH, angle));
    }

    /** Sine of an angle within pi / 4 of 0 plus so many quarter turns. */
    private static double quarterTurns(long turns, double angle) {
        double value = (turns & 1) == 0 ? sinNearZero(angle) : cosNearZero(angle);
        return (turns & 2) == 0 ? value : -value;
    }

    private static double sinNearZero(double x) {
        double z = x * x;
        double p = SIN_13;
        p = Math.fma(p, z, SIN_11);
        p = Math.fma(p, z, SIN_9);
        p = Math.fma(p, z, SIN_7);
        p = Math.fma(p, z, SIN_5);
        p = Math.fma(p, z, SIN_3);
        return Math.fma(p, z * x, x);
    }

    private static double cosNearZero(double x) {
        double z = x * x;
        double p = COS_14;
        p = Math.fma(p, z, COS_12);
        p = Math.fma(p, z, COS_10);
        p = Math.fma(p, z, COS_8);
        p = Math.fma(p, z, COS_6);
        p = Math.fma(p, z, COS_4);
        return Math.fma(p, z * z, Math.fma(z, -0.5, 1));
    }
}
