package dev.memo.sim.scenario;

/** Numbers as a person writes them: 8, not 8.0. */
final class Numbers {
    /** Up to here whole numbers are written without a fraction. */
    private static final double LARGE = 1e9;

    private Numbers() {}

    /** Whether an int says it all: whole, not large, and not minus zero. */
    static boolean isInt(double value) {
        return Math.abs(value) < LARGE && Double.compare((int) value, value) == 0;
    }

    static String text(double value) {
        return isInt(value) ? Integer.toString((int) value) : Double.toString(value);
    }
}
