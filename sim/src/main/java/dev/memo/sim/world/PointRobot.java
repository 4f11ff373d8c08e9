package dev.memo.sim.world;

import dev.memo.sim.scenario.Robot;
import dev.memo.sim.scenario.Scenario;

/**
 * Free motion of Safety Gym's Point robot (point.xml): a sphere with a box ahead, on two slides and
 * a hinge, under MuJoCo's Euler integrator, which takes damping implicitly.
 *
 * <p>With position and velocity those of the sphere's centre, heading h, yaw rate w, velocity (u,
 * v) forward and left, mass m, first moment s and inertia J about the centre, damping b and c, and
 * m' = m + dt b, J' = J + dt c, one substep is
 *
 * <pre>
 *   F = 0.3 clip(thrust)    T = 0.3 clip(yaw - 0.3 w)    clip to +-0.05
 *   alpha = (T - c w + s b v / m') / (J' - s^2 / m')
 *   ax = (F - b u + s w^2) / m'        ay = (-b v - s alpha) / m'
 * </pre>
 *
 * and the velocity changes by dt (ax, ay, alpha), then the pose by dt times the new velocity. The
 * yaw servo's time constant of 0.3 ms is far below the substep, so it never settles: it chatters
 * between its limits and multiplies differences by 5.8 per substep. Two runs that differ in the
 * last bit are about 1 cm apart after 300 steps; in float32 they would part within 25.
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

    // Density 1 kg/m^3: the sphere's mass is its volume, the box's is 0.1^3.
    private static final double SPHERE_MASS = 4.0 / 3 * Math.PI * 1e-3;
    private static final double BOX_MASS = 1e-3;

    /** kg. */
    static final double MASS = SPHERE_MASS + BOX_MASS;

    /** First moment of mass about the centre, kg m. */
    private static final double MOMENT = BOX_MASS * BOX_AHEAD;

    /** From the sphere's centre to the centre of mass, m. */
    static final double COM_AHEAD = MOMENT / MASS;

    /** Inertia about the sphere's centre, kg m^2. */
    static final double INERTIA = 0.4 * SPHERE_MASS * 1e-2 + BOX_MASS * (1e-2 / 6 + 1e-2);

    /** Gear of both actuators; the servo sees the yaw rate times it. */
    private static final double GEAR = 0.3;

    /** Limit of an actuator's force before the gear: reached at a thrust of 0.05. */
    private static final double LIMIT = 0.05;

    /** Damping of each slide, N s/m, and of the hinge, N m s. */
    private static final double SLIDE_DAMPING = 0.01;

    private static final double HINGE_DAMPING = 0.005;

    /** m/s^2: what the accelerometer reads upwards. */
    static final double GRAVITY = 9.81;

    private PointRobot() {}

    /**
     * Changes the velocity by one substep of the actuators and of damping.
     *
     * @param state x, y and heading not modified; vx, vy and yawRate modified
     */
    static void accelerate(State state, Parameters parameters, Robot.Yaw yaw) {
        double cos = Trigonometry.cos(state.heading);
        double sin = Trigonometry.sin(state.heading);
        double w = state.yawRate;
        double forward = cos * state.vx + sin * state.vy;
        double left = cos * state.vy - sin * state.vx;
        double b = SLIDE_DAMPING * parameters.damping;
        double c = HINGE_DAMPING * parameters.damping;
        double mass = MASS + SUBSTEP * b;
        double inertia = INERTIA + SUBSTEP * c - MOMENT * MOMENT / mass;
        double passive = MOMENT * b * left / mass - c * w;
        double force =
                switch (yaw) {
                    case AS_SHIPPED -> state.yawAction - GEAR * w;
                    case IDEAL -> settledServo(state.yawAction, w, passive, inertia);
                };
        double alpha = (GEAR * clip(force) + passive) / inertia;
        double thrust = parameters.thrust * GEAR * clip(state.thrustAction);
        double ax = (thrust - b * forward + MOMENT * w * w) / mass;
        double ay = (-b * left - MOMENT * alpha) / mass;
        state.vx += SUBSTEP * (cos * ax - sin * ay);
        state.vy += SUBSTEP * (sin * ax + cos * ay);
        state.yawRate += SUBSTEP * alpha;
    }

    /**
     * The servo's force, unclipped, from the yaw rate at the substep's end rather than at its
     * start: the same law, but stable. At damping 1 it settles at min(3, 3.158 |yaw|) rad/s.
     */
    private static double settledServo(double yaw, double w, double passive, double inertia) {
        double alpha = (GEAR * (yaw - GEAR * w) + passive) / (inertia + SUBSTEP * GEAR * GEAR);
        return yaw - GEAR * (w + SUBSTEP * alpha);
    }

    private static double clip(double force) {
        return Math.clamp(force, -LIMIT, LIMIT);
    }

    /** Moves the pose by one substep of the velocity. */
    static void advance(State state) {
        state.x += SUBSTEP * state.vx;
        state.y += SUBSTEP * state.vy;
        state.heading += SUBSTEP * state.yawRate;
    }

    /**
     * Writes what the sensors read: accelerometer, velocimeter, gyro, magnetometer, in the body's
     * frame (forward, left, up). The accelerometer feels the action of the step before in the state
     * after it, without implicit damping and without contacts.
     *
     * @param row modified at offset .. offset + 11
     */
    static void sense(State state, Parameters parameters, float[] row, int offset) {
        double cos = Trigonometry.cos(state.heading);
        double sin = Trigonometry.sin(state.heading);
        double w = state.yawRate;
        double forward = cos * state.vx + sin * state.vy;
        double left = cos * state.vy - sin * state.vx;
        double b = SLIDE_DAMPING * parameters.damping;
        double c = HINGE_DAMPING * parameters.damping;
        double torque = GEAR * clip(state.yawAction - GEAR * w);
        double alpha =
                (torque - c * w + MOMENT * b * left / MASS) / (INERTIA - MOMENT * MOMENT / MASS);
        double thrust = parameters.thrust * GEAR * clip(state.thrustAction);
        row[offset] = (float) ((thrust - b * forward + MOMENT * w * w) / MASS);
        row[offset + 1] = (float) ((-b * left - MOMENT * alpha) / MASS);
        row[offset + 2] = (float) GRAVITY;
        row[offset + 3] = (float) forward;
        row[offset + 4] = (float) left;
        row[offset + 5] = 0;
        row[offset + 6] = 0;
        row[offset + 7] = 0;
        row[offset + 8] = (float) w;
        // The field points along the world's -y axis with strength 0.5 (MuJoCo's default).
        row[offset + 9] = (float) (-0.5 * sin);
        row[offset + 10] = (float) (-0.5 * cos);
        row[offset + 11] = 0;
    }
}
