package dev.memo.sim.world;

import dev.memo.sim.scenario.Scenario;

/**
 * Free motion of Safety Gym's Point robot (point.xml): a sphere with a box ahead, on two slides and
 * a hinge, under MuJoCo's Euler integrator. {@link RobotDynamics} has the equations; {@link
 * MotionKernel} does the same for many robots at once, operation by operation.
 *
 * <p>The yaw servo's time constant of 0.3 ms is far below the substep, so it never settles: it
 * chatters between its limits and multiplies differences by 5.8 per substep. Two runs that differ
 * in the last bit are about 1 cm apart after 300 steps; in float32 they would part within 25.
 *
 * <p>The heading's cosine and sine are computed once per step and turned with the heading by {@link
 * #advance}.
 */
final class PointRobot {
    /** Substeps of one step. */
    static final int SUBSTEPS = 10;

    /** Length of a substep, s: 0.002 (point.xml, timestep). */
    static final double SUBSTEP = Scenario.STEP_SECONDS / SUBSTEPS;

    /** Radius of the sphere, m. */
    static final double RADIUS = 0.1;

    /** Half the side of the box, m. */
    static final double BOX_HALF_SIDE = 0.05;

    /** From the sphere's centre to the box's, m. */
    static final double BOX_AHEAD = 0.1;

    /** kg. */
    static final double MASS = RobotDynamics.MASS;

    /** From the sphere's centre to the centre of mass, m. */
    static final double COM_AHEAD = RobotDynamics.MOMENT / MASS;

    /** Inertia about the sphere's centre, kg m^2. */
    static final double INERTIA = RobotDynamics.INERTIA;

    /** m/s^2: what the accelerometer reads upwards. */
    static final double GRAVITY = 9.81;

    /** T: the field points along the world's -y axis (MuJoCo's default). */
    static final double FIELD = -0.5;

    /** Taylor coefficients of the sine and the cosine of a substep's turn. */
    static final double SIN_3 = -1.0 / 6;

    static final double SIN_5 = 1.0 / 120;
    static final double COS_2 = -0.5;
    static final double COS_4 = 1.0 / 24;

    private PointRobot() {}

    /** Computes cosine and sine of the heading, which the substeps need. */
    static void face(State state) {
        state.cos = Trigonometry.cos(state.heading);
        state.sin = Trigonometry.sin(state.heading);
    }

    /**
     * Changes the velocity by one substep of the actuators and of damping.
     *
     * @param state pose not modified; vx, vy and yawRate modified
     */
    static void accelerate(State state, Parameters parameters) {
        double[] k = parameters.dynamics;
        double cos = state.cos;
        double sin = state.sin;
        double w = state.yawRate;
        double forward = Math.fma(cos, state.vx, sin * state.vy);
        double left = Math.fma(-sin, state.vx, cos * state.vy);
        double turn = SUBSTEP * w;
        double push = k[RobotDynamics.PUSH] * limit(state.thrustAction, RobotDynamics.LIMIT);
        double yaw = k[RobotDynamics.SERVO_YAW] * state.yawAction;
        yaw = Math.fma(k[RobotDynamics.SERVO_RATE], w, yaw);
        double servo = Math.fma(k[RobotDynamics.SERVO_LEFT], left, yaw);
        servo = limit(servo, k[RobotDynamics.SERVO_MOST]);
        double dw =
                servo + Math.fma(k[RobotDynamics.RATE_LEFT], left, k[RobotDynamics.RATE_DRAG] * w);
        double dForward = Math.fma(k[RobotDynamics.DRAG], forward, push);
        dForward = Math.fma(k[RobotDynamics.CENTRIFUGAL], turn * turn, dForward);
        double dLeft = Math.fma(k[RobotDynamics.SWAY], dw, k[RobotDynamics.DRAG] * left);
        state.vx = Math.fma(-sin, dLeft, Math.fma(cos, dForward, state.vx));
        state.vy = Math.fma(cos, dLeft, Math.fma(sin, dForward, state.vy));
        state.yawRate = w + dw;
    }

    private static double limit(double value, double most) {
        return Math.clamp(value, -most, most);
    }

    /** Moves the pose by one substep of the velocity. */
    static void advance(State state) {
        state.x = Math.fma(SUBSTEP, state.vx, state.x);
        state.y = Math.fma(SUBSTEP, state.vy, state.y);
        double turn = SUBSTEP * state.yawRate;
        state.heading += turn;
        double square = turn * turn;
        double sin = Math.fma(turn * square, Math.fma(square, SIN_5, SIN_3), turn);
        double versine = Math.fma(square, COS_4, COS_2);
        double before = state.cos;
        state.cos = Math.fma(-state.sin, sin, Math.fma(versine, before * square, before));
        state.sin = Math.fma(before, sin, Math.fma(versine, state.sin * square, state.sin));
    }

    /**
     * Writes what the sensors read: accelerometer, velocimeter, gyro, magnetometer, in the body's
     * frame (forward, left, up). The accelerometer feels the action of the step before in the state
     * after it, without implicit damping and without contacts.
     *
     * @param row modified at offset .. offset + 11
     */
    static void sense(State state, Parameters parameters, float[] row, int offset) {
        double[] k = parameters.dynamics;
        double w = state.yawRate;
        double forward = Math.fma(state.cos, state.vx, state.sin * state.vy);
        double left = Math.fma(-state.sin, state.vx, state.cos * state.vy);
        double push = k[RobotDynamics.FELT_PUSH] * limit(state.thrustAction, RobotDynamics.LIMIT);
        double servo = k[RobotDynamics.FELT_SERVO_YAW] * state.yawAction;
        servo = Math.fma(k[RobotDynamics.FELT_SERVO_RATE], w, servo);
        servo = limit(servo, k[RobotDynamics.FELT_SERVO_MOST]);
        double alpha = Math.fma(k[RobotDynamics.FELT_RATE_LEFT], left, servo);
        alpha = Math.fma(k[RobotDynamics.FELT_RATE_DRAG], w, alpha);
        double ahead = Math.fma(k[RobotDynamics.FELT_DRAG], forward, push);
        row[offset] = (float) Math.fma(COM_AHEAD, w * w, ahead);
        row[offset + 1] = (float) Math.fma(k[RobotDynamics.FELT_DRAG], left, -COM_AHEAD * alpha);
        row[offset + 2] = (float) GRAVITY;
        row[offset + 3] = (float) forward;
        row[offset + 4] = (float) left;
        row[offset + 5] = 0;
        row[offset + 6] = 0;
        row[offset + 7] = 0;
        row[offset + 8] = (float) w;
        row[offset + 9] = (float) (FIELD * state.sin);
        row[offset + 10] = (float) (FIELD * state.cos);
        row[offset + 11] = 0;
    }
}
