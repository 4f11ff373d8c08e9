package dev.memo.sim.world;

import dev.memo.sim.scenario.Vases;

/**
 * Free motion of a vase: a cube of 0.2 m and 8 milligrams that slides on the floor.
 *
 * <p>MuJoCo's vase is three-dimensional. What matters of the third dimension is kept as five
 * numbers per vase: height z and speed vz of a hop, the landing speed that the floor still has to
 * take up (load), the rocking that goes on after sliding has stopped, and for how long a touch
 * still counts. The constants were fitted to slides, spins and rams recorded with MuJoCo 2.3.3;
 * docs/environment.md states how far they go.
 */
final class Vase {
    /** Half the side, m. */
    static final double HALF_SIDE = Vases.HALF_SIDE;

    private static final double SIDE_SQUARED = 4 * HALF_SIDE * HALF_SIDE;

    /** kg. */
    static final double MASS = 8e-6;

    /** About the centre, kg m^2. */
    static final double INERTIA = MASS * SIDE_SQUARED / 6;

    /** Speed from which a vase counts as moving, m/s (Safety Gym, vases_velocity_threshold). */
    static final double MOVING = 1e-4;

    private static final double SUBSTEP = PointRobot.SUBSTEP;

    /** Speed that gravity gives in a substep, m/s. */
    private static final double FALL = PointRobot.GRAVITY * SUBSTEP;

    /** Part of a contact's change of velocity that goes upwards. */
    private static final double HOP = 0.3;

    /** Part of the load that the floor takes up in a substep. */
    private static final double UPTAKE = 0.2;

    /** Sliding friction. */
    private static final double FRICTION = 0.975;

    /** How much a corner's friction grows where the velocity lies along a world axis. */
    private static final double PYRAMID = 0.085;

    /** A substep of friction takes at most this part of the speed, and of the spin. */
    private static final double MOST_OF_SPEED = 0.19;

    private static final double MOST_OF_SPIN = 0.2066;

    /** Below this |vx| + |vy| + 0.1 |w| it stands still, m/s. */
    private static final double STILL = 1e-7;

    /** Load and rocking below this have no effect and are zero, m/s. */
    private static final double NEGLIGIBLE = 1e-12;

    /** A touch counts for this time per change of velocity, s per m/s, and at most so long, s. */
    private static final double TOUCH_TIME = 0.032;

    private static final double LONGEST_TOUCH = 0.065;

    private Vase() {}

    /**
     * Changes the velocity by one substep of floor friction, and the hop and rocking with it.
     *
     * @param state pose of the vase not modified; the rest of it modified
     * @param i which vase
     */
    static void accelerate(State state, int i) {
        if (rests(state, i)) {
            return;
        }
        double pressure = hop(state, i);
        if (!isStill(state, i)) {
            slide(state, i, pressure);
        }
        rock(state, i);
    }

    /** Neither moves nor will by itself: a substep would change nothing. */
    static boolean rests(State state, int i) {
        return isStill(state, i)
                && state.vaseZ[i] == 0
                && state.vaseVz[i] == 0
                && state.vaseLoad[i] == 0
                && state.vaseRocking[i] == 0
                && state.vaseTouch[i] < SUBSTEP
                && state.vaseKick[i] == 0;
    }

    /** Its centre and heading stand still. */
    static boolean isStill(State state, int i) {
        return state.vaseVx[i] == 0 && state.vaseVy[i] == 0 && state.vaseYawRate[i] == 0;
    }

    /** An upper bound of the speed of its corners, m/s. */
    static double reachSpeed(State state, int i) {
        return speed(state, i) + 2 * HALF_SIDE * Math.abs(state.vaseYawRate[i]);
    }

    /** Hops and lands; returns how hard it presses on the floor, as a multiple of its weight. */
    private static double hop(State state, int i) {
        double upwards = state.vaseVz[i] + HOP * state.vaseKick[i] - FALL;
        double pressure = 0;
        if (state.vaseZ[i] <= 0 && upwards <= 0) {
            pressure = -upwards / FALL;
            state.vaseVz[i] = 0;
        } else {
            state.vaseVz[i] = upwards;
            state.vaseZ[i] += SUBSTEP * upwards;
            if (state.vaseZ[i] <= 0) {
                state.vaseLoad[i] -= upwards;
                state.vaseZ[i] = 0;
                state.vaseVz[i] = 0;
            }
        }
        pressure += UPTAKE * state.vaseLoad[i] / FALL;
        state.vaseLoad[i] = flush((1 - UPTAKE) * state.vaseLoad[i]);
        return pressure;
    }

    /**
     * Friction at the four corners. MuJoCo's friction cone is a pyramid along the world's axes: it
     * holds along the stronger component of a corner's velocity.
     *
     * <p>Friction acts at the floor, half a side below the centre, and so leans the vase towards
     * where it slides: leading corners press harder, a trailing one may even pull. With corners p
     * from the centre, forces f per unit of pressure, friction mu and half a side H, the pressures
     * that balance the torque of all friction F are
     *
     * <pre>
     *   n = (1 - p . F / H) / 4        F = mu sum n f
     * </pre>
     *
     * as multiples of the whole, since sum p = 0 and sum p p' = 4 H^2 I. That is linear in F:
     *
     * <pre>
     *   (I + mu / (4 H) sum f p') F = mu / 4 sum f
     * </pre>
     *
     * <p>Its determinant keeps away from 0: VaseTest tries random motions.
     */
    private static void slide(State state, int i, double pressure) {
        double vx = state.vaseVx[i];
        double vy = state.vaseVy[i];
        double w = state.vaseYawRate[i];
        double cos = HALF_SIDE * Trigonometry.cos(state.vaseHeading[i]);
        double sin = HALF_SIDE * Trigonometry.sin(state.vaseHeading[i]);
        double sumX = 0;
        double sumY = 0;
        double sumT = 0;
        double sumXx = 0;
        double sumXy = 0;
        double sumYx = 0;
        double sumYy = 0;
        double sumTx = 0;
        double sumTy = 0;
        for (int corner = 0; corner < 4; corner++) {
            double ahead = corner < 2 ? 1 : -1;
            double left = corner % 2 == 0 ? 1 : -1;
            double px = ahead * cos - left * sin;
            double py = ahead * sin + left * cos;
            double ux = vx - w * py;
            double uy = vy + w * px;
            double a = Math.abs(ux * ux * ux);
            double b = Math.abs(uy * uy * uy);
            if (a + b > 0) {
                double alongX = a / (a + b);
                double slant = 2 * alongX - 1;
                double strength = 1 + PYRAMID * slant * slant;
                double fx = -strength * Math.signum(ux) * alongX;
                double fy = -strength * Math.signum(uy) * (1 - alongX);
                double torque = px * fy - py * fx;
                sumX += fx;
                sumY += fy;
                sumT += torque;
                sumXx += fx * px;
                sumXy += fx * py;
                sumYx += fy * px;
                sumYy += fy * py;
                sumTx += torque * px;
                sumTy += torque * py;
            }
        }
        // 4 / mu times the force, and the torque, per unit of pressure.
        double lean = FRICTION / (4 * HALF_SIDE);
        double xx = 1 + lean * sumXx;
        double yy = 1 + lean * sumYy;
        double determinant = xx * yy - lean * lean * sumXy * sumYx;
        double forceX = (yy * sumX - lean * sumXy * sumY) / determinant;
        double forceY = (xx * sumY - lean * sumYx * sumX) / determinant;
        double torque = sumT - lean * (sumTx * forceX + sumTy * forceY);
        double perCorner = FRICTION * pressure * FALL / 4;
        double speed = Math.sqrt(vx * vx + vy * vy);
        double dvx = perCorner * forceX;
        double dvy = perCorner * forceY;
        if (Math.sqrt(dvx * dvx + dvy * dvy) > MOST_OF_SPEED * speed) {
            dvx = -MOST_OF_SPEED * vx;
            dvy = -MOST_OF_SPEED * vy;
        }
        double mostOfSpin = MOST_OF_SPIN * Math.abs(w);
        double dw = perCorner * torque / (SIDE_SQUARED / 6);
        vx += dvx;
        vy += dvy;
        w += Math.clamp(dw, -mostOfSpin, mostOfSpin);
        boolean still = Math.abs(vx) + Math.abs(vy) + 0.1 * Math.abs(w) < STILL;
        state.vaseVx[i] = still ? 0 : vx;
        state.vaseVy[i] = still ? 0 : vy;
        state.vaseYawRate[i] = still ? 0 : w;
    }

    /** Rocking follows the speed up at once, and dies away slowly. */
    private static void rock(State state, int i) {
        double speed = speed(state, i);
        double before = state.vaseRocking[i];
        double falling = before - Math.min(0.58 * SUBSTEP, 0.0643 * before);
        double sliding = 0.117 * speed * speed / (speed + 0.103);
        double spinning = 0.005 * Math.max(0, Math.abs(state.vaseYawRate[i]) - 1);
        state.vaseRocking[i] = flush(Math.max(falling, Math.max(sliding, spinning)));
    }

    private static double flush(double speed) {
        return speed < NEGLIGIBLE ? 0 : speed;
    }

    /** Of the centre over the floor, m/s. */
    private static double speed(State state, int i) {
        double vx = state.vaseVx[i];
        double vy = state.vaseVy[i];
        return Math.sqrt(vx * vx + vy * vy);
    }

    /** The speed that counts as a cost: of the centre, rocking included, m/s. */
    static double visibleSpeed(State state, int i) {
        return Math.max(speed(state, i), state.vaseRocking[i]);
    }

    /** Whether a touch counts in this substep, which it uses up. */
    static boolean touches(State state, int i) {
        if (state.vaseTouch[i] < SUBSTEP) {
            return false;
        }
        state.vaseTouch[i] -= SUBSTEP;
        return true;
    }

    /** The robot changed this vase's velocity by so much: MuJoCo's soft contact lasts a while. */
    static void touch(State state, int i, double change) {
        state.vaseTouch[i] = Math.min(LONGEST_TOUCH, state.vaseTouch[i] + TOUCH_TIME * change);
    }

    /** Moves the pose by one substep of the velocity. */
    static void advance(State state, int i) {
        state.vaseX[i] += SUBSTEP * state.vaseVx[i];
        state.vaseY[i] += SUBSTEP * state.vaseVy[i];
        state.vaseHeading[i] += SUBSTEP * state.vaseYawRate[i];
    }
}
