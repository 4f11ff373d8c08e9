package dev.memo.sim.world;

/**
 * Which bodies are near enough to touch. Exact for shapes that overlap and for faces; beyond a
 * corner it may say "near" a little too early, which costs time and changes nothing.
 */
final class Proximity {
    private static final double VASE_REACH = Math.sqrt(2) * Vase.HALF_SIDE;
    private static final double ROBOT_REACH =
            Math.hypot(PointRobot.BOX_AHEAD + PointRobot.BOX_HALF_SIDE, PointRobot.BOX_HALF_SIDE);

    private Proximity() {}

    /** Whether the robot's sphere or box is within the margin of a vase. */
    static boolean robotToVase(State state, int i, double margin) {
        double dx = state.vaseX[i] - state.x;
        double dy = state.vaseY[i] - state.y;
        double reach = ROBOT_REACH + VASE_REACH + margin;
        if (dx * dx + dy * dy > reach * reach) {
            return false;
        }
        double cos = Trigonometry.cos(state.vaseHeading[i]);
        double sin = Trigonometry.sin(state.vaseHeading[i]);
        return discToBox(dx, dy, cos, sin, margin)
                || boxesNear(
                        dx - PointRobot.BOX_AHEAD * Trigonometry.cos(state.heading),
                        dy - PointRobot.BOX_AHEAD * Trigonometry.sin(state.heading),
                        state.heading - state.vaseHeading[i],
                        state.heading,
                        PointRobot.BOX_HALF_SIDE,
                        margin);
    }

    /** Whether two vases are within the margin of each other. */
    static boolean vaseToVase(State state, int i, int j, double margin) {
        double dx = state.vaseX[j] - state.vaseX[i];
        double dy = state.vaseY[j] - state.vaseY[i];
        double reach = 2 * VASE_REACH + margin;
        return dx * dx + dy * dy <= reach * reach
                && boxesNear(
                        dx,
                        dy,
                        state.vaseHeading[i] - state.vaseHeading[j],
                        state.vaseHeading[i],
                        Vase.HALF_SIDE,
                        margin);
    }

    private static boolean discToBox(double dx, double dy, double cos, double sin, double margin) {
        double ahead = Math.max(0, Math.abs(cos * dx + sin * dy) - Vase.HALF_SIDE);
        double left = Math.max(0, Math.abs(cos * dy - sin * dx) - Vase.HALF_SIDE);
        double reach = PointRobot.RADIUS + margin;
        return ahead * ahead + left * left <= reach * reach;
    }

    /**
     * Separating axes: two boxes are apart if their shadows on a direction of a side are.
     *
     * @param dx from the first box's centre to the second's, a vase
     * @param turn heading of the first less that of the second
     * @param heading of the first
     * @param halfSide of the first
     */
    private static boolean boxesNear(
            double dx, double dy, double turn, double heading, double halfSide, double margin) {
        double spread = Math.abs(Trigonometry.cos(turn)) + Math.abs(Trigonometry.sin(turn));
        double cos = Trigonometry.cos(heading);
        double sin = Trigonometry.sin(heading);
        double onFirst = halfSide + spread * Vase.HALF_SIDE + margin;
        if (Math.abs(cos * dx + sin * dy) > onFirst || Math.abs(cos * dy - sin * dx) > onFirst) {
            return false;
        }
        double other = heading - turn;
        cos = Trigonometry.cos(other);
        sin = Trigonometry.sin(other);
        double onSecond = Vase.HALF_SIDE + spread * halfSide + margin;
        return Math.abs(cos * dx + sin * dy) <= onSecond
                && Math.abs(cos * dy - sin * dx) <= onSecond;
    }
}
