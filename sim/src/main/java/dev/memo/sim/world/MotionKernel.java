package dev.memo.sim.world;

import dev.memo.base.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The substeps of {@link PointRobot} for all lanes at once: the same operations in the same order,
 * so the same bits.
 *
 * <p>Two vectors go side by side, because one alone waits for its own results. No helper method
 * takes vectors: in kernels of this size the compiler stops inlining them and allocates.
 */
final class MotionKernel {
    private static final VectorSpecies<Double> SPECIES =
            VectorSpecies.of(double.class, Vectors.SHAPE);
    private static final int LENGTH = SPECIES.length();
    private static final double DT = PointRobot.SUBSTEP;
    private static final long SIGN = Long.MIN_VALUE;

    private MotionKernel() {}

    /**
     * Ten substeps of free motion.
     *
     * @param lanes pose and velocity modified
     * @param scratch cosine and sine of the headings before, which stay
     */
    static void run(Lanes lanes, Scratch scratch) {
        double[] k = lanes.dynamics;
        for (int i = 0; i < Lanes.COUNT; i += 2 * LENGTH) {
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, lanes.x, i);
            DoubleVector y0 = DoubleVector.fromArray(SPECIES, lanes.y, i);
            DoubleVector h0 = DoubleVector.fromArray(SPECIES, lanes.heading, i);
            DoubleVector vx0 = DoubleVector.fromArray(SPECIES, lanes.vx, i);
            DoubleVector vy0 = DoubleVector.fromArray(SPECIES, lanes.vy, i);
            DoubleVector w0 = DoubleVector.fromArray(SPECIES, lanes.yawRate, i);
            DoubleVector cos0 = DoubleVector.fromArray(SPECIES, scratch.cos, i);
            DoubleVector sin0 = DoubleVector.fromArray(SPECIES, scratch.sin, i);
            DoubleVector thrust0 = DoubleVector.fromArray(SPECIES, lanes.thrustAction, i);
            thrust0 = thrust0.max(-RobotDynamics.LIMIT).min(RobotDynamics.LIMIT);
            DoubleVector push0 =
                    DoubleVector.fromArray(SPECIES, k, RobotDynamics.PUSH * Lanes.COUNT + i)
                            .mul(thrust0);
            DoubleVector yaw0 =
                    DoubleVector.fromArray(SPECIES, k, RobotDynamics.SERVO_YAW * Lanes.COUNT + i)
                            .mul(DoubleVector.fromArray(SPECIES, lanes.yawAction, i));
            DoubleVector servoLeft0 =
                    DoubleVector.fromArray(SPECIES, k, RobotDynamics.SERVO_LEFT * Lanes.COUNT + i);
            DoubleVector servoRate0 =
                    DoubleVector.fromArray(SPECIES, k, RobotDynamics.SERVO_RATE * Lanes.COUNT + i);
            LongVector most0 =
                    DoubleVector.fromArray(SPECIES, k, RobotDynamics.SERVO_MOST * Lanes.COUNT + i)
                            .reinterpretAsLongs();
            DoubleVector rateLeft0 =
                    DoubleVector.fromArray(SPECIES, k, RobotDynamics.RATE_LEFT * Lanes.COUNT + i);
            DoubleVector rateDrag0 =
                    DoubleVector.fromArray(SPECIES, k, RobotDynamics.RATE_DRAG * Lanes.COUNT + i);
            DoubleVector drag0 =
                    DoubleVector.fromArray(SPECIES, k, RobotDynamics.DRAG * Lanes.COUNT + i);
            DoubleVector centrifugal0 =
                    DoubleVector.fromArray(SPECIES, k, RobotDynamics.CENTRIFUGAL * Lanes.COUNT + i);
            DoubleVector sway0 =
                    DoubleVector.fromArray(SPECIES, k, RobotDynamics.SWAY * Lanes.COUNT + i);
            DoubleVector turn0 = w0.mul(DT);
            DoubleVector square0 = turn0.mul(turn0);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, lanes.x, i + LENGTH);
            DoubleVector y1 = DoubleVector.fromArray(SPECIES, lanes.y, i + LENGTH);
            DoubleVector h1 = DoubleVector.fromArray(SPECIES, lanes.heading, i + LENGTH);
            DoubleVector vx1 = DoubleVector.fromArray(SPECIES, lanes.vx, i + LENGTH);
            DoubleVector vy1 = DoubleVector.fromArray(SPECIES, lanes.vy, i + LENGTH);
            DoubleVector w1 = DoubleVector.fromArray(SPECIES, lanes.yawRate, i + LENGTH);
            DoubleVector cos1 = DoubleVector.fromArray(SPECIES, scratch.cos, i + LENGTH);
            DoubleVector sin1 = DoubleVector.fromArray(SPECIES, scratch.sin, i + LENGTH);
            DoubleVector thrust1 = DoubleVector.fromArray(SPECIES, lanes.thrustAction, i + LENGTH);
            thrust1 = thrust1.max(-RobotDynamics.LIMIT).min(RobotDynamics.LIMIT);
            DoubleVector push1 =
                    DoubleVector.fromArray(
                                    SPECIES, k, RobotDynamics.PUSH * Lanes.COUNT + i + LENGTH)
                            .mul(thrust1);
            DoubleVector yaw1 =
                    DoubleVector.fromArray(
                                    SPECIES, k, RobotDynamics.SERVO_YAW * Lanes.COUNT + i + LENGTH)
                            .mul(DoubleVector.fromArray(SPECIES, lanes.yawAction, i + LENGTH));
            DoubleVector servoLeft1 =
                    DoubleVector.fromArray(
                            SPECIES, k, RobotDynamics.SERVO_LEFT * Lanes.COUNT + i + LENGTH);
            DoubleVector servoRate1 =
                    DoubleVector.fromArray(
                            SPECIES, k, RobotDynamics.SERVO_RATE * Lanes.COUNT + i + LENGTH);
            LongVector most1 =
                    DoubleVector.fromArray(
                                    SPECIES, k, RobotDynamics.SERVO_MOST * Lanes.COUNT + i + LENGTH)
                            .reinterpretAsLongs();
            DoubleVector rateLeft1 =
                    DoubleVector.fromArray(
                            SPECIES, k, RobotDynamics.RATE_LEFT * Lanes.COUNT + i + LENGTH);
            DoubleVector rateDrag1 =
                    DoubleVector.fromArray(
                            SPECIES, k, RobotDynamics.RATE_DRAG * Lanes.COUNT + i + LENGTH);
            DoubleVector drag1 =
                    DoubleVector.fromArray(
                            SPECIES, k, RobotDynamics.DRAG * Lanes.COUNT + i + LENGTH);
            DoubleVector centrifugal1 =
                    DoubleVector.fromArray(
                            SPECIES, k, RobotDynamics.CENTRIFUGAL * Lanes.COUNT + i + LENGTH);
            DoubleVector sway1 =
                    DoubleVector.fromArray(
                            SPECIES, k, RobotDynamics.SWAY * Lanes.COUNT + i + LENGTH);
            DoubleVector turn1 = w1.mul(DT);
            DoubleVector square1 = turn1.mul(turn1);
            for (int substep = 0; substep < PointRobot.SUBSTEPS; substep++) {
                DoubleVector minusSin0 = sin0.neg();
                DoubleVector minusSin1 = sin1.neg();
                DoubleVector forward0 = cos0.fma(vx0, sin0.mul(vy0));
                DoubleVector forward1 = cos1.fma(vx1, sin1.mul(vy1));
                DoubleVector left0 = minusSin0.fma(vx0, cos0.mul(vy0));
                DoubleVector left1 = minusSin1.fma(vx1, cos1.mul(vy1));
                DoubleVector servo0 = servoLeft0.fma(left0, servoRate0.fma(w0, yaw0));
                DoubleVector servo1 = servoLeft1.fma(left1, servoRate1.fma(w1, yaw1));
                LongVector bits0 = servo0.reinterpretAsLongs();
                LongVector bits1 = servo1.reinterpretAsLongs();
                servo0 = bits0.and(~SIGN).min(most0).or(bits0.and(SIGN)).reinterpretAsDoubles();
                servo1 = bits1.and(~SIGN).min(most1).or(bits1.and(SIGN)).reinterpretAsDoubles();
                DoubleVector dw0 = servo0.add(rateLeft0.fma(left0, rateDrag0.mul(w0)));
                DoubleVector dw1 = servo1.add(rateLeft1.fma(left1, rateDrag1.mul(w1)));
                DoubleVector dForward0 = centrifugal0.fma(square0, drag0.fma(forward0, push0));
                DoubleVector dForward1 = centrifugal1.fma(square1, drag1.fma(forward1, push1));
                DoubleVector dLeft0 = sway0.fma(dw0, drag0.mul(left0));
                DoubleVector dLeft1 = sway1.fma(dw1, drag1.mul(left1));
                vx0 = minusSin0.fma(dLeft0, cos0.fma(dForward0, vx0));
                vx1 = minusSin1.fma(dLeft1, cos1.fma(dForward1, vx1));
                vy0 = cos0.fma(dLeft0, sin0.fma(dForward0, vy0));
                vy1 = cos1.fma(dLeft1, sin1.fma(dForward1, vy1));
                w0 = w0.add(dw0);
                w1 = w1.add(dw1);
                x0 = vx0.fma(DoubleVector.broadcast(SPECIES, DT), x0);
                x1 = vx1.fma(DoubleVector.broadcast(SPECIES, DT), x1);
                y0 = vy0.fma(DoubleVector.broadcast(SPECIES, DT), y0);
                y1 = vy1.fma(DoubleVector.broadcast(SPECIES, DT), y1);
                turn0 = w0.mul(DT);
                turn1 = w1.mul(DT);
                h0 = h0.add(turn0);
                h1 = h1.add(turn1);
                square0 = turn0.mul(turn0);
                square1 = turn1.mul(turn1);
                DoubleVector sinTurn0 =
                        square0.fma(
                                        DoubleVector.broadcast(SPECIES, PointRobot.SIN_5),
                                        DoubleVector.broadcast(SPECIES, PointRobot.SIN_3))
                                .fma(turn0.mul(square0), turn0);
                DoubleVector sinTurn1 =
                        square1.fma(
                                        DoubleVector.broadcast(SPECIES, PointRobot.SIN_5),
                                        DoubleVector.broadcast(SPECIES, PointRobot.SIN_3))
                                .fma(turn1.mul(square1), turn1);
                DoubleVector versine0 =
                        square0.fma(
                                DoubleVector.broadcast(SPECIES, PointRobot.COS_4),
                                DoubleVector.broadcast(SPECIES, PointRobot.COS_2));
                DoubleVector versine1 =
                        square1.fma(
                                DoubleVector.broadcast(SPECIES, PointRobot.COS_4),
                                DoubleVector.broadcast(SPECIES, PointRobot.COS_2));
                DoubleVector before0 = cos0;
                DoubleVector before1 = cos1;
                cos0 = minusSin0.fma(sinTurn0, versine0.fma(before0.mul(square0), before0));
                cos1 = minusSin1.fma(sinTurn1, versine1.fma(before1.mul(square1), before1));
                sin0 = before0.fma(sinTurn0, versine0.fma(sin0.mul(square0), sin0));
                sin1 = before1.fma(sinTurn1, versine1.fma(sin1.mul(square1), sin1));
            }
            x0.intoArray(lanes.x, i);
            y0.intoArray(lanes.y, i);
            h0.intoArray(lanes.heading, i);
            vx0.intoArray(lanes.vx, i);
            vy0.intoArray(lanes.vy, i);
            w0.intoArray(lanes.yawRate, i);
            x1.intoArray(lanes.x, i + LENGTH);
            y1.intoArray(lanes.y, i + LENGTH);
            h1.intoArray(lanes.heading, i + LENGTH);
            vx1.intoArray(lanes.vx, i + LENGTH);
            vy1.intoArray(lanes.vy, i + LENGTH);
            w1.intoArray(lanes.yawRate, i + LENGTH);
        }
    }

    /** Clips the actions to [-1, 1]. */
    static void clipActions(Lanes lanes) {
        for (int i = 0; i < Lanes.COUNT; i += LENGTH) {
            DoubleVector.fromArray(SPECIES, lanes.thrustAction, i)
                    .max(-1)
                    .min(1)
                    .intoArray(lanes.thrustAction, i);
            DoubleVector.fromArray(SPECIES, lanes.yawAction, i)
                    .max(-1)
                    .min(1)
                    .intoArray(lanes.yawAction, i);
        }
    }
}
