package dev.memo.sim.world;

import dev.memo.base.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PointRobot#face} and {@link PointRobot#sense} for all lanes at once, bit for bit, and what
 * the lidar needs of the pose.
 */
final class SenseKernel {
    private static final VectorSpecies<Double> SPECIES =
            VectorSpecies.of(double.class, Vectors.SHAPE);

    /** As many floats. */
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(
                    float.class, VectorShape.forBitSize(Vectors.SHAPE.vectorBitSize() / 2));

    private static final int LENGTH = SPECIES.length();
    private static final long SIGN = Long.MIN_VALUE;

    private SenseKernel() {}

    /** Computes cosine and sine of the headings. */
    static void face(Lanes lanes, Scratch scratch) {
        for (int i = 0; i < Lanes.COUNT; i += LENGTH) {
            DoubleVector heading = DoubleVector.fromArray(SPECIES, lanes.heading, i);
            DoubleVector rounded = heading.mul(Trigonometry.TWO_OVER_PI).add(Trigonometry.ROUNDER);
            DoubleVector quadrant = rounded.sub(Trigonometry.ROUNDER).neg();
            DoubleVector angle =
                    quadrant.fma(
                            DoubleVector.broadcast(SPECIES, Trigonometry.HALF_PI_LOW),
                            quadrant.fma(
                                    DoubleVector.broadcast(SPECIES, Trigonometry.HALF_PI_HIGH),
                                    heading));
            DoubleVector z = angle.mul(angle);
            DoubleVector sin =
                    DoubleVector.broadcast(SPECIES, Trigonometry.SIN_13)
                            .fma(z, DoubleVector.broadcast(SPECIES, Trigonometry.SIN_11))
                            .fma(z, DoubleVector.broadcast(SPECIES, Trigonometry.SIN_9))
                            .fma(z, DoubleVector.broadcast(SPECIES, Trigonometry.SIN_7))
                            .fma(z, DoubleVector.broadcast(SPECIES, Trigonometry.SIN_5))
                            .fma(z, DoubleVector.broadcast(SPECIES, Trigonometry.SIN_3))
                            .fma(z.mul(angle), angle);
            DoubleVector cos =
                    DoubleVector.broadcast(SPECIES, Trigonometry.COS_14)
                            .fma(z, DoubleVector.broadcast(SPECIES, Trigonometry.COS_12))
                            .fma(z, DoubleVector.broadcast(SPECIES, Trigonometry.COS_10))
                            .fma(z, DoubleVector.broadcast(SPECIES, Trigonometry.COS_8))
                            .fma(z, DoubleVector.broadcast(SPECIES, Trigonometry.COS_6))
                            .fma(z, DoubleVector.broadcast(SPECIES, Trigonometry.COS_4))
                            .fma(
                                    z.mul(z),
                                    z.fma(
                                            DoubleVector.broadcast(SPECIES, -0.5),
                                            DoubleVector.broadcast(SPECIES, 1)));
            LongVector turns = rounded.reinterpretAsLongs();
            VectorMask<Double> odd = turns.and(1).compare(VectorOperators.NE, 0).cast(SPECIES);
            LongVector sinSign = turns.and(2).lanewise(VectorOperators.LSHL, 62);
            LongVector cosSign = turns.add(1).and(2).lanewise(VectorOperators.LSHL, 62);
            sin.blend(cos, odd)
                    .reinterpretAsLongs()
                    .lanewise(VectorOperators.XOR, sinSign)
                    .reinterpretAsDoubles()
                    .intoArray(scratch.sin, i);
            cos.blend(sin, odd)
                    .reinterpretAsLongs()
                    .lanewise(VectorOperators.XOR, cosSign)
                    .reinterpretAsDoubles()
                    .intoArray(scratch.cos, i);
        }
    }

    /** Computes the sensors' readings. Needs cosine and sine of the headings. */
    static void sense(Lanes lanes, Scratch scratch) {
        double[] k = lanes.dynamics;
        float[] readings = scratch.readings;
        for (int i = 0; i < Lanes.COUNT; i += LENGTH) {
            DoubleVector cos = DoubleVector.fromArray(SPECIES, scratch.cos, i);
            DoubleVector sin = DoubleVector.fromArray(SPECIES, scratch.sin, i);
            DoubleVector vx = DoubleVector.fromArray(SPECIES, lanes.vx, i);
            DoubleVector vy = DoubleVector.fromArray(SPECIES, lanes.vy, i);
            DoubleVector w = DoubleVector.fromArray(SPECIES, lanes.yawRate, i);
            DoubleVector forward = cos.fma(vx, sin.mul(vy));
            DoubleVector left = sin.neg().fma(vx, cos.mul(vy));
            DoubleVector thrust =
                    DoubleVector.fromArray(SPECIES, lanes.thrustAction, i)
                            .max(-RobotDynamics.LIMIT)
                            .min(RobotDynamics.LIMIT);
            DoubleVector push =
                    DoubleVector.fromArray(SPECIES, k, RobotDynamics.FELT_PUSH * Lanes.COUNT + i)
                            .mul(thrust);
            LongVector servo =
                    DoubleVector.fromArray(
                                    SPECIES, k, RobotDynamics.FELT_SERVO_RATE * Lanes.COUNT + i)
                            .fma(
                                    w,
                                    DoubleVector.fromArray(
                                                    SPECIES,
                                                    k,
                                                    RobotDynamics.FELT_SERVO_YAW * Lanes.COUNT + i)
                                            .mul(
                                                    DoubleVector.fromArray(
                                                            SPECIES, lanes.yawAction, i)))
                            .reinterpretAsLongs();
            LongVector most =
                    DoubleVector.fromArray(
                                    SPECIES, k, RobotDynamics.FELT_SERVO_MOST * Lanes.COUNT + i)
                            .reinterpretAsLongs();
            DoubleVector alpha =
                    DoubleVector.fromArray(
                                    SPECIES, k, RobotDynamics.FELT_RATE_LEFT * Lanes.COUNT + i)
                            .fma(
                                    left,
                                    servo.and(~SIGN)
                                            .min(most)
                                            .or(servo.and(SIGN))
                                            .reinterpretAsDoubles());
            alpha =
                    DoubleVector.fromArray(
                                    SPECIES, k, RobotDynamics.FELT_RATE_DRAG * Lanes.COUNT + i)
                            .fma(w, alpha);
            DoubleVector drag =
                    DoubleVector.fromArray(SPECIES, k, RobotDynamics.FELT_DRAG * Lanes.COUNT + i);
            DoubleVector ahead =
                    w.mul(w)
                            .fma(
                                    DoubleVector.broadcast(SPECIES, PointRobot.COM_AHEAD),
                                    drag.fma(forward, push));
            DoubleVector aside = drag.fma(left, alpha.mul(-PointRobot.COM_AHEAD));
            ((FloatVector) ahead.convertShape(VectorOperators.D2F, FLOATS, 0))
                    .intoArray(readings, Scratch.FORWARD_ACCELERATION * Lanes.COUNT + i);
            ((FloatVector) aside.convertShape(VectorOperators.D2F, FLOATS, 0))
                    .intoArray(readings, Scratch.LEFT_ACCELERATION * Lanes.COUNT + i);
            ((FloatVector) forward.convertShape(VectorOperators.D2F, FLOATS, 0))
                    .intoArray(readings, Scratch.FORWARD_VELOCITY * Lanes.COUNT + i);
            ((FloatVector) left.convertShape(VectorOperators.D2F, FLOATS, 0))
                    .intoArray(readings, Scratch.LEFT_VELOCITY * Lanes.COUNT + i);
            ((FloatVector) w.convertShape(VectorOperators.D2F, FLOATS, 0))
                    .intoArray(readings, Scratch.YAW_RATE * Lanes.COUNT + i);
            ((FloatVector) sin.mul(PointRobot.FIELD).convertShape(VectorOperators.D2F, FLOATS, 0))
                    .intoArray(readings, Scratch.FORWARD_FIELD * Lanes.COUNT + i);
            ((FloatVector) cos.mul(PointRobot.FIELD).convertShape(VectorOperators.D2F, FLOATS, 0))
                    .intoArray(readings, Scratch.LEFT_FIELD * Lanes.COUNT + i);
        }
    }

    /** Computes the robots' poses as the lidar takes them. */
    static void place(Lanes lanes, Scratch scratch, int bins) {
        for (int i = 0; i < Lanes.COUNT; i += LENGTH) {
            DoubleVector turns =
                    DoubleVector.fromArray(SPECIES, lanes.heading, i).mul(PseudoLidar.PER_TURN);
            DoubleVector whole = turns.add(Trigonometry.ROUNDER).sub(Trigonometry.ROUNDER);
            ((FloatVector) turns.sub(whole).mul(bins).convertShape(VectorOperators.D2F, FLOATS, 0))
                    .intoArray(scratch.sectors, i);
            DoubleVector x = DoubleVector.fromArray(SPECIES, lanes.x, i);
            FloatVector high = (FloatVector) x.convertShape(VectorOperators.D2F, FLOATS, 0);
            high.intoArray(scratch.xHigh, i);
            ((FloatVector)
                            x.sub(high.convertShape(VectorOperators.F2D, SPECIES, 0))
                                    .convertShape(VectorOperators.D2F, FLOATS, 0))
                    .intoArray(scratch.xLow, i);
            DoubleVector y = DoubleVector.fromArray(SPECIES, lanes.y, i);
            high = (FloatVector) y.convertShape(VectorOperators.D2F, FLOATS, 0);
            high.intoArray(scratch.yHigh, i);
            ((FloatVector)
                            y.sub(high.convertShape(VectorOperators.F2D, SPECIES, 0))
                                    .convertShape(VectorOperators.D2F, FLOATS, 0))
                    .intoArray(scratch.yLow, i);
        }
    }
}
