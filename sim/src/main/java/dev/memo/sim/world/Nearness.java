package dev.memo.sim.world;

import dev.memo.base.Vectors;
import dev.memo.sim.scenario.Scenario;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Which lanes need more than free motion. It may name a lane too many, which costs time and changes
 * nothing, but never one too few.
 */
final class Nearness {
    private static final VectorSpecies<Double> SPECIES =
            VectorSpecies.of(double.class, Vectors.SHAPE);
    private static final VectorSpecies<Float> HALF =
            VectorSpecies.of(
                    float.class, VectorShape.forBitSize(Vectors.SHAPE.vectorBitSize() / 2));
    private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, Vectors.SHAPE);

    /** More than the centrifugal force adds to the way within a step, per squared yaw rate. */
    private static final double SWING = 2e-5;

    /** Beyond what may be, so much nearer is within a hazard for sure, m. */
    static final float SURELY = (float) (2 * Lanes.SLACK);

    private static final double STEP = Scenario.STEP_SECONDS;

    /** How near a robot must be to a vase's centre to touch it within a step, standing, m. */
    private final double reach;

    Nearness(Scenario scenario) {
        reach = Proximity.ROBOT + Proximity.SLACK + STEP * Proximity.speedUp(scenario.robot());
    }

    /** Lanes whose robot may touch a vase at rest within the next step. */
    long toVases(Lanes lanes) {
        long near = 0;
        for (int i = 0; i < Lanes.COUNT; i += SPECIES.length()) {
            DoubleVector w = DoubleVector.fromArray(SPECIES, lanes.yawRate, i);
            DoubleVector speed =
                    DoubleVector.fromArray(SPECIES, lanes.vx, i)
                            .abs()
                            .add(DoubleVector.fromArray(SPECIES, lanes.vy, i).abs());
            DoubleVector nearest =
                    (DoubleVector)
                            FloatVector.fromArray(HALF, lanes.nearestVase, i)
                                    .convertShape(VectorOperators.F2D, SPECIES, 0);
            DoubleVector far = speed.mul(STEP).add(w.mul(w).mul(SWING)).add(reach);
            near |= nearest.compare(VectorOperators.LE, far).toLong() << i;
        }
        return near;
    }

    /**
     * Lanes whose robot may be within a hazard.
     *
     * @param less how much nearer than may be, m: {@link #SURELY} for lanes that are within one
     */
    static long toHazards(Lanes lanes, Scratch scratch, float less) {
        long near = 0;
        for (int i = 0; i < Lanes.COUNT; i += FLOATS.length()) {
            near |=
                    FloatVector.fromArray(FLOATS, scratch.nearestHazard, i)
                                    .add(less)
                                    .compare(
                                            VectorOperators.LE,
                                            FloatVector.fromArray(FLOATS, lanes.hazardReach, i))
                                    .toLong()
                            << i;
        }
        return near;
    }
}
