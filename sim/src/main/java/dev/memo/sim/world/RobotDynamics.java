package dev.memo.sim.world;

import dev.memo.sim.scenario.Robot;

/**
 * The coefficients of one layout's robot, so that a substep of it is a few multiply-adds.
 *
 * <p>With mass m, first moment s and inertia J about the sphere's centre, damping b of the slides
 * and c of the hinge, substep dt, m' = m + dt b and I' = J + dt c - s^2 / m' (MuJoCo's Euler
 * integrator takes damping implicitly), and force the servo's, limited to +-0.05:
 *
 * <pre>
 *   dw        = dt (0.3 force - c w + s b left / m') / I'
 *   d forward = dt (thrust - b forward + s w^2) / m'
 *   d left    = dt (-b left) / m' - s dw / m'
 * </pre>
 *
 * What the accelerometer reads has the same form with dt = 0 in m' and I', and per second.
 */
final class RobotDynamics {
    // Density 1 kg/m^3: the sphere's mass is its volume, the box's is 0.1^3.
    private static final double SPHERE_MASS = 4.0 / 3 * Math.PI * 1e-3;
    private static final double BOX_MASS = 1e-3;

    /** kg. */
    static final double MASS = SPHERE_MASS + BOX_MASS;

    /** First moment of mass about the centre, kg m. */
    static final double MOMENT = BOX_MASS * PointRobot.BOX_AHEAD;

    /** Inertia about the sphere's centre, kg m^2. */
    static final double INERTIA = 0.4 * SPHERE_MASS * 1e-2 + BOX_MASS * (1e-2 / 6 + 1e-2);

    /** Gear of both actuators; the servo sees the yaw rate times it. */
    private static final double GEAR = 0.3;

    /** Limit of an actuator's force before the gear: reached at a thrust of 0.05. */
    static final double LIMIT = 0.05;

    /** Damping of each slide, N s/m, and of the hinge, N m s. */
    private static final double SLIDE_DAMPING = 0.01;

    private static final double HINGE_DAMPING = 0.005;

    /** How many coefficients there are. */
    static final int COUNT = 17;

    // A substep.

    /** d forward per limited thrust, m/s. */
    static final int PUSH = 0;

    /** d forward per forward, and d left per left. */
    static final int DRAG = 1;

    /** d forward per (dt w)^2, m/s. */
    static final int CENTRIFUGAL = 2;

    /** d left per dw, m. */
    static final int SWAY = 3;

    /** dw by the unlimited servo per yaw action, per w and per left. */
    static final int SERVO_YAW = 4;

    static final int SERVO_RATE = 5;
    static final int SERVO_LEFT = 6;

    /** Most dw by the servo, rad/s. */
    static final int SERVO_MOST = 7;

    /** dw per w, and per left. */
    static final int RATE_DRAG = 8;

    static final int RATE_LEFT = 9;

    // The accelerometer.

    /** Forward acceleration per limited thrust and per forward; the latter is also left's. */
    static final int FELT_PUSH = 10;

    static final int FELT_DRAG = 11;

    /** Yaw acceleration by the servo per yaw action and per w, and the most of it. */
    static final int FELT_SERVO_YAW = 12;

    static final int FELT_SERVO_RATE = 13;
    static final int FELT_SERVO_MOST = 14;

    /** Yaw acceleration per w, and per left. */
    static final int FELT_RATE_DRAG = 15;

    static final int FELT_RATE_LEFT = 16;

    private RobotDynamics() {}

    /**
     * Computes the coefficients.
     *
     * @param thrust factor on the thrust force
     * @param damping factor on all damping
     * @param coefficients [COUNT] modified
     */
    static void compute(double thrust, double damping, Robot.Yaw yaw, double[] coefficients) {
        double dt = PointRobot.SUBSTEP;
        double b = SLIDE_DAMPING * damping;
        double c = HINGE_DAMPING * damping;
        double mass = MASS + dt * b;
        double inertia = INERTIA + dt * c - MOMENT * MOMENT / mass;
        coefficients[PUSH] = dt * thrust * GEAR / mass;
        coefficients[DRAG] = -dt * b / mass;
        coefficients[CENTRIFUGAL] = MOMENT / (dt * mass);
        coefficients[SWAY] = -MOMENT / mass;
        double perForce = dt * GEAR / inertia;
        double byYaw = 1;
        double byRate = -GEAR;
        double byLeft = 0;
        if (yaw == Robot.Yaw.IDEAL) {
            // The same law with the yaw rate at the substep's end, which is stable: linear, too.
            double looseInertia = inertia + dt * GEAR * GEAR;
            byYaw = 1 - dt * GEAR * GEAR / looseInertia;
            byRate = -GEAR + dt * GEAR * (GEAR * GEAR + c) / looseInertia;
            byLeft = -dt * GEAR * MOMENT * b / mass / looseInertia;
        }
        coefficients[SERVO_YAW] = perForce * byYaw;
        coefficients[SERVO_RATE] = perForce * byRate;
        coefficients[SERVO_LEFT] = perForce * byLeft;
        coefficients[SERVO_MOST] = perForce * LIMIT;
        coefficients[RATE_DRAG] = -dt * c / inertia;
        coefficients[RATE_LEFT] = dt * MOMENT * b / mass / inertia;
        double freeInertia = INERTIA - MOMENT * MOMENT / MASS;
        coefficients[FELT_PUSH] = thrust * GEAR / MASS;
        coefficients[FELT_DRAG] = -b / MASS;
        coefficients[FELT_SERVO_YAW] = GEAR / freeInertia;
        coefficients[FELT_SERVO_RATE] = -GEAR * GEAR / freeInertia;
        coefficients[FELT_SERVO_MOST] = GEAR * LIMIT / freeInertia;
        coefficients[FELT_RATE_DRAG] = -c / freeInertia;
        coefficients[FELT_RATE_LEFT] = MOMENT * b / MASS / freeInertia;
    }
}
