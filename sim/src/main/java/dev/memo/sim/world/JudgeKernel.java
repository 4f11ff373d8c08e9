package dev.memo.sim.world;

import dev.memo.base.Vectors;
import dev.memo.sim.scenario.Reward;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Goals, rewards and returns of {@link World#judge} for all lanes at once, bit for bit. */
final class JudgeKernel {
    private static final VectorSpecies<Double> SPECIES =
            VectorSpecies.of(double.class, Vectors.SHAPE);
    private static final VectorSpecies<Integer> COUNTS = VectorSpecies.of(int.class, Vectors.SHAPE);
    private static final int LENGTH = SPECIES.length();

    private JudgeKernel() {}

    /** Computes the distances of the goals. */
    static void measure(Lanes lanes, double[] distances) {
        for (int i = 0; i < Lanes.COUNT; i += LENGTH) {
            DoubleVector dx =
                    DoubleVector.fromArray(SPECIES, lanes.goalX, i)
                            .sub(DoubleVector.fromArray(SPECIES, lanes.x, i));
            DoubleVector dy =
                    DoubleVector.fromArray(SPECIES, lanes.goalY, i)
                            .sub(DoubleVector.fromArray(SPECIES, lanes.y, i));
            dx.mul(dx).add(dy.mul(dy)).sqrt().intoArray(distances, i);
        }
    }

    /**
     * Rewards the way of a step.
     *
     * @param lanes returns modified
     * @param scratch distances of the goals before the step
     * @param outcomes rewards modified
     * @return the lanes that have reached their goals, as bits
     */
    static long run(Lanes lanes, Scratch scratch, Reward reward, Outcomes outcomes) {
        long met = 0;
        for (int i = 0; i < Lanes.COUNT; i += LENGTH) {
            DoubleVector dx =
                    DoubleVector.fromArray(SPECIES, lanes.goalX, i)
                            .sub(DoubleVector.fromArray(SPECIES, lanes.x, i));
            DoubleVector dy =
                    DoubleVector.fromArray(SPECIES, lanes.goalY, i)
                            .sub(DoubleVector.fromArray(SPECIES, lanes.y, i));
            DoubleVector after = dx.mul(dx).add(dy.mul(dy)).sqrt();
            DoubleVector before = DoubleVector.fromArray(SPECIES, scratch.goalDistance, i);
            VectorMask<Double> reached =
                    after.compare(
                            VectorOperators.LE,
                            DoubleVector.fromArray(SPECIES, lanes.goalRadius, i));
            DoubleVector earned =
                    before.sub(after)
                            .mul(reward.distance())
                            .add(DoubleVector.zero(SPECIES).blend(reward.goal(), reached))
                            .max(-reward.clip())
                            .min(reward.clip());
            earned.intoArray(outcomes.rewards, i);
            DoubleVector.fromArray(SPECIES, lanes.episodeReturn, i)
                    .add(earned)
                    .intoArray(lanes.episodeReturn, i);
            met |= reached.toLong() << i;
        }
        return met;
    }

    /**
     * Counts a step in every lane.
     *
     * @return the lanes that have reached the limit, as bits
     */
    static long count(Lanes lanes, int limit) {
        long reached = 0;
        for (int i = 0; i < Lanes.COUNT; i += COUNTS.length()) {
            IntVector step = IntVector.fromArray(COUNTS, lanes.step, i).add(1);
            step.intoArray(lanes.step, i);
            reached |= step.compare(VectorOperators.GE, limit).toLong() << i;
        }
        return reached;
    }
}
