package dev.memo.sim.world;

import dev.memo.sim.scenario.Robot;

/**
 * Which bodies are near enough to touch. Exact for shapes that overlap and for faces; beyond a
 * corner it may say "near" a little too early, which costs time and changes nothing. The circles
 * around the bodies are to be asked first: they need no trigonometry.
 */
final class Proximity {
    private static final double VASE_REACH = Math.sqrt(2) * Vase.HALF_SIDE;

    /** From the robot's centre to its farthest corner, m. */
    static final double ROBOT_REACH =
            Math.hypot(PointRobot.BOX_AHEAD + PointRobot.BOX_HALF_SIDE, PointRobot.BOX_HALF_SIDE);

    /** Distances of centres up to which the circles around bodies meet, m. */
    static final double ROBOT = ROBOT_REACH + VASE_REACH;

    static final double VASES = 2 * VASE_REACH;

    /** More than the margin at which the engine sees bodies touch, and than rounding, m. */
    static final double SLACK = 1e-3;

    /** More than full thrust adds to the robot's speed within a step, per factor of it, m/s. */
    private static final double SPEED_UP = 0.06;

    /** More than the servo's chatter adds to it, m/s. */
    private static final double SWAY = 0.3;

    private Proximity() {}

    /** More than a step adds to the robot's speed, m/s. */
    static double speedUp(Robot robot) {
        return SWAY + SPEED_UP * robot.thrust().max();
    }

    /** Whether the robot's sphere or box is within the margin of a vase. */
    static boolean robotToVase(State state, int i, double margin) {
        double dx = state.vaseX[i] - state.x;
        double dy = state.vaseY[i] - state.y;
        double cos = Trigonometry.cos(state.vaseHeading[i]);
        double sin = Trigonometry.sin(state.vaseHeading[i]);
        if (discToBox(dx, dy, cos, sin, margin)) {
            return true;
        }
        double robotCos = Trigonometry.cos(state.heading);
        double robotSin = Trigonometry.sin(state.heading);
        return boxesNear(
                dx - PointRobot.BOX_AHEAD * robotCos,
                dy - PointRobot.BOX_AHEAD * robotSin,
                robotCos,
                robotSin,
                PointRobot.BOX_HALF_SIDE,
                cos,
                sin,
                margin);
    }

    /** Whether the circles around the robot and around a vase are within the margin. */
    static boolean circlesMeet(State state, int i, double margin) {
        double dx = state.vaseX[i] - state.x;
        double dy = state.vaseY[i] - state.y;
        double reach = ROBOT + margin;
        return dx * dx + dy * dy <= reach * reach;
    }

    /** Whether the circles around two vases are within the margin. */
    static boolean vaseCirclesMeet(State state, int i, int j, double margin) {
        double dx = state.vaseX[j] - state.vaseX[i];
        double dy = state.vaseY[j] - state.vaseY[i];
        double reach = VASES + margin;
        return dx * dx + dy * dy <= reach * reach;
    }

    /** Whether two vases are within the margin of each other. */
    static boolean vaseToVase(State state, int i, int j, double margin) {
        double dx = state.vaseX[j] - state.vaseX[i];
        double dy = state.vaseY[j] - state.vaseY[i];
        return boxesNear(
                dx,
                dy,
                Trigonometry.cos(state.vaseHeading[i]),
                Trigonometry.sin(state.vaseHeading[i]),
                Vase.HALF_SIDE,
                Trigonometry.cos(state.vaseHeading[j]),
                Trigonometry.sin(state.vaseHeading[j]),
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
     * @param cos of the first's heading
     * @param halfSide of the first
     * @param vaseCos of the second's heading
     */
    private static boolean boxesNear(
            double dx,
            double dy,
            double cos,
            double sin,
            double halfSide,
            double vaseCos,
            double vaseSin,
            double margin) {
        double spread =
                Math.abs(cos * vaseCos + sin * vaseSin) + Math.abs(sin * vaseCos - cos * vaseSin);
        double onFirst = halfSide + spread * Vase.HALF_SIDE + margin;
        double onSecond = Vase.HALF_SIDE + spread * halfSide + margin;
        return Math.abs(cos * dx + sin * dy) <= onFirst
                && Math.abs(cos * dy - sin * dx) <= onFirst
                && Math.abs(vaseCos * dx + vaseSin * dy) <= onSecond
                && Math.abs(vaseCos * dy - vaseSin * dx) <= onSecond;
    }
}
