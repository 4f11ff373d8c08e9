package dev.memo.sim.world;

/**
 * Sine, cosine and arc tangent with a fixed order of operations and no branch, so that every JVM,
 * compiler and vector lane gets the same bits. Sine and cosine are within 2.3e-16 for angles up to
 * 1e3 rad, the arc tangent within 1.5e-15.
 *
 * <p>Source of the polynomials: fdlibm 5.3 (k_sin.c, k_cos.c, s_atan.c).
 */
final class Trigonometry {
    private static final double TWO_OVER_PI = 2 / Math.PI;

    /** Pi / 2 as a sum: the nearest double, and what it lacks. */
    private static final double HALF_PI_HIGH = Math.PI / 2;

    private static final double HALF_PI_LOW = 6.123233995736766e-17;

    /** Tangent of pi / 8, from where the arc tangent is taken as pi / 4 plus a smaller one. */
    private static final double TAN_EIGHTH = 0.4142135623730950488;

    private Trigonometry() {}

    static double sin(double angle) {
        double quadrant = Math.rint(angle * TWO_OVER_PI);
        return quarterTurns((long) quadrant, remainder(angle, quadrant));
    }

    static double cos(double angle) {
        double quadrant = Math.rint(angle * TWO_OVER_PI);
        return quarterTurns((long) quadrant + 1, remainder(angle, quadrant));
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
        double p = 1.58969099521155010221e-10;
        p = Math.fma(p, z, -2.50507602534068634195e-08);
        p = Math.fma(p, z, 2.75573137070700676789e-06);
        p = Math.fma(p, z, -1.98412698298579493134e-04);
        p = Math.fma(p, z, 8.33333333332248946124e-03);
        p = Math.fma(p, z, -1.66666666666666324348e-01);
        return Math.fma(p, z * x, x);
    }

    private static double cosNearZero(double x) {
        double z = x * x;
        double p = -1.13596475577881948265e-11;
        p = Math.fma(p, z, 2.08757232129817482790e-09);
        p = Math.fma(p, z, -2.75573143513906633035e-07);
        p = Math.fma(p, z, 2.48015872894767294178e-05);
        p = Math.fma(p, z, -1.38888888888741095749e-03);
        p = Math.fma(p, z, 4.16666666666666019037e-02);
        return Math.fma(p, z * z, Math.fma(z, -0.5, 1));
    }

    /** The angle of (x, y) in [-pi, pi]; 0 for the origin. */
    static double atan2(double y, double x) {
        double ax = Math.abs(x);
        double ay = Math.abs(y);
        double longer = ax > ay ? ax : ay;
        double shorter = ax > ay ? ay : ax;
        double slope = longer == 0 ? 0 : shorter / longer;
        boolean steep = slope > TAN_EIGHTH;
        double angle = atanNearZero(steep ? (slope - 1) / (slope + 1) : slope);
        angle = steep ? Math.PI / 4 + angle : angle;
        angle = ay > ax ? Math.PI / 2 - angle : angle;
        angle = x < 0 ? Math.PI - angle : angle;
        return y < 0 ? -angle : angle;
    }

    /** Arc tangent for values up to tan(pi / 8) in size. */
    private static double atanNearZero(double x) {
        double z = x * x;
        double p = 1.62858201153657823623e-02;
        p = Math.fma(p, z, -3.65315727442169155270e-02);
        p = Math.fma(p, z, 4.97687799461593236017e-02);
        p = Math.fma(p, z, -5.83357013379057348645e-02);
        p = Math.fma(p, z, 6.66107313738753120669e-02);
        p = Math.fma(p, z, -7.69187620504482999495e-02);
        p = Math.fma(p, z, 9.09088713343650656196e-02);
        p = Math.fma(p, z, -1.11111104054623557880e-01);
        p = Math.fma(p, z, 1.42857142725034663711e-01);
        p = Math.fma(p, z, -1.99999999998764832476e-01);
        p = Math.fma(p, z, 3.33333333333329318027e-01);
        return Math.fma(-p, z * x, x);
    }
}
