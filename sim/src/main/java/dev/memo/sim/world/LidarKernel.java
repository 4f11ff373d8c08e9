package dev.memo.sim.world;

import dev.memo.base.Vectors;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PseudoLidar} for all lanes at once, bit for bit: first every object's reading and sector,
 * lanes being environments; then the rows, lanes being sectors.
 *
 * <p>The larger of two readings is taken as the larger of their bits as integers, which readings of
 * 0 and more allow: the float's own maximum takes several instructions to be right for NaN.
 */
final class LidarKernel {
    private static final VectorSpecies<Float> SPECIES =
            VectorSpecies.of(float.class, Vectors.SHAPE);
    private static final VectorSpecies<Integer> BITS = VectorSpecies.of(int.class, Vectors.SHAPE);
    private static final int LENGTH = SPECIES.length();

    /** The number of sectors for which rows are written by SIMD. */
    private static final int SECTORS = 16;

    private static final int ABSOLUTE = Integer.MAX_VALUE;

    private final PseudoLidar lidar;
    private final Sizes sizes;

    /** [SECTORS][SECTORS] for an object in a sector, what each reading takes of the object's. */
    private final float[] whole = new float[SECTORS * SECTORS];

    /** [SECTORS][SECTORS] as {@link #whole}, of the share. */
    private final float[] part = new float[SECTORS * SECTORS];

    LidarKernel(PseudoLidar lidar, Sizes sizes) {
        this.lidar = lidar;
        this.sizes = sizes;
        for (int sector = 0; sector < SECTORS; sector++) {
            int row = sector * SECTORS;
            whole[row + sector] = 1;
            if (lidar.alias) {
                int next = (sector + 1) % SECTORS;
                int previous = (sector + SECTORS - 1) % SECTORS;
                whole[row + previous] = 1;
                part[row + previous] = -1;
                part[row + next] = 1;
            }
        }
    }

    /** Computes the objects' readings, and how near the nearest hazard and vase are. */
    void locate(Lanes lanes, Senses senses) {
        Arrays.fill(lanes.nearestHazard, Float.MAX_VALUE);
        Arrays.fill(lanes.nearestVase, Float.MAX_VALUE);
        locate(lanes, senses, 0, 1, senses.nearestGoal);
        locate(lanes, senses, 1, sizes.hazards(), lanes.nearestHazard);
        locate(lanes, senses, 1 + sizes.hazards(), sizes.vases(), lanes.nearestVase);
    }

    private void locate(Lanes lanes, Senses senses, int from, int count, float[] nearest) {
        float[] atan = lidar.atan;
        for (int i = 0; i < Lanes.COUNT; i += LENGTH) {
            FloatVector xHigh = FloatVector.fromArray(SPECIES, senses.xHigh, i);
            FloatVector xLow = FloatVector.fromArray(SPECIES, senses.xLow, i);
            FloatVector yHigh = FloatVector.fromArray(SPECIES, senses.yHigh, i);
            FloatVector yLow = FloatVector.fromArray(SPECIES, senses.yLow, i);
            FloatVector heading = FloatVector.fromArray(SPECIES, senses.sectors, i);
            FloatVector quarter = FloatVector.broadcast(SPECIES, lidar.quarter);
            FloatVector half = FloatVector.broadcast(SPECIES, lidar.half);
            FloatVector one = FloatVector.broadcast(SPECIES, 1);
            IntVector smallest = FloatVector.fromArray(SPECIES, nearest, i).reinterpretAsInts();
            int end = (from + count) * Lanes.COUNT;
            for (int at = from * Lanes.COUNT + i; at < end; at += Lanes.COUNT) {
                FloatVector dx =
                        FloatVector.fromArray(SPECIES, lanes.objectX, at).sub(xHigh).sub(xLow);
                FloatVector dy =
                        FloatVector.fromArray(SPECIES, lanes.objectY, at).sub(yHigh).sub(yLow);
                FloatVector distance = dx.fma(dx, dy.mul(dy)).sqrt();
                smallest = smallest.min(distance.reinterpretAsInts());
                FloatVector reading =
                        distance.fma(FloatVector.broadcast(SPECIES, lidar.perMetre), one)
                                .reinterpretAsInts()
                                .max(0)
                                .reinterpretAsFloats();
                IntVector ax = dx.reinterpretAsInts().and(ABSOLUTE);
                IntVector ay = dy.reinterpretAsInts().and(ABSOLUTE);
                FloatVector longer =
                        ax.max(ay)
                                .reinterpretAsFloats()
                                .reinterpretAsInts()
                                .max(NEAREST_BITS)
                                .reinterpretAsFloats();
                FloatVector slope = ax.min(ay).reinterpretAsFloats().div(longer);
                FloatVector square = slope.mul(slope);
                FloatVector angle =
                        FloatVector.broadcast(SPECIES, atan[7])
                                .fma(square, FloatVector.broadcast(SPECIES, atan[6]))
                                .fma(square, FloatVector.broadcast(SPECIES, atan[5]))
                                .fma(square, FloatVector.broadcast(SPECIES, atan[4]))
                                .fma(square, FloatVector.broadcast(SPECIES, atan[3]))
                                .fma(square, FloatVector.broadcast(SPECIES, atan[2]))
                                .fma(square, FloatVector.broadcast(SPECIES, atan[1]))
                                .fma(square, FloatVector.broadcast(SPECIES, atan[0]))
                                .mul(slope);
                angle =
                        angle.blend(
                                quarter.sub(angle),
                                ay.compare(VectorOperators.GT, ax).cast(SPECIES));
                angle = angle.blend(half.sub(angle), dx.compare(VectorOperators.LT, 0));
                angle = angle.blend(angle.neg(), dy.compare(VectorOperators.LT, 0));
                angle = angle.sub(heading);
                FloatVector rounded = angle.sub(0.5f).add(PseudoLidar.ROUNDER);
                FloatVector share = angle.sub(rounded.sub(PseudoLidar.ROUNDER)).mul(reading);
                reading.intoArray(senses.reading, at);
                share.intoArray(senses.share, at);
                rounded.reinterpretAsInts().intoArray(senses.sector, at);
            }
            smallest.reinterpretAsFloats().intoArray(nearest, i);
        }
    }

    private static final int NEAREST_BITS = Float.floatToRawIntBits(PseudoLidar.NEAREST);

    /**
     * Writes the observations of the first lanes.
     *
     * @param count how many
     * @param rows [..][S] modified from offset on
     */
    void write(Senses senses, int count, float[] rows, int offset) {
        writeSensors(senses.readings, count, rows, offset, sizes.observation());
        if (lidar.bins == SECTORS) {
            writeSectors(senses, count, rows, offset + Sizes.SENSORS);
        } else {
            scatter(senses, count, rows, offset + Sizes.SENSORS);
        }
    }

    static void writeSensors(float[] readings, int count, float[] rows, int offset, int stride) {
        for (int lane = 0; lane < count; lane++) {
            int at = offset + lane * stride;
            rows[at] = readings[Senses.FORWARD_ACCELERATION * Lanes.COUNT + lane];
            rows[at + 1] = readings[Senses.LEFT_ACCELERATION * Lanes.COUNT + lane];
            rows[at + 2] = (float) PointRobot.GRAVITY;
            rows[at + 3] = readings[Senses.FORWARD_VELOCITY * Lanes.COUNT + lane];
            rows[at + 4] = readings[Senses.LEFT_VELOCITY * Lanes.COUNT + lane];
            rows[at + 5] = 0;
            rows[at + 6] = 0;
            rows[at + 7] = 0;
            rows[at + 8] = readings[Senses.YAW_RATE * Lanes.COUNT + lane];
            rows[at + 9] = readings[Senses.FORWARD_FIELD * Lanes.COUNT + lane];
            rows[at + 10] = readings[Senses.LEFT_FIELD * Lanes.COUNT + lane];
            rows[at + 11] = 0;
        }
    }

    /** All sectors of a kind at once, by two small tables. */
    void writeSectors(Senses senses, int count, float[] rows, int offset) {
        int[] sectors = senses.sector;
        float[] readings = senses.reading;
        float[] shares = senses.share;
        int stride = sizes.observation();
        int hazardsEnd = (1 + sizes.hazards()) * Lanes.COUNT;
        int end = hazardsEnd + sizes.vases() * Lanes.COUNT;
        int hazards = SECTORS;
        int vases = sizes.hazards() > 0 ? 2 * SECTORS : SECTORS;
        for (int lane = 0; lane < count; lane++) {
            int at = offset + lane * stride;
            for (int i = 0; i < SECTORS; i += LENGTH) {
                int entry = (sectors[lane] & SECTORS - 1) * SECTORS + i;
                FloatVector.fromArray(SPECIES, part, entry)
                        .fma(
                                FloatVector.broadcast(SPECIES, shares[lane]),
                                FloatVector.fromArray(SPECIES, whole, entry).mul(readings[lane]))
                        .reinterpretAsInts()
                        .max(0)
                        .reinterpretAsFloats()
                        .intoArray(rows, at + i);
                IntVector row = IntVector.zero(BITS);
                for (int k = Lanes.COUNT + lane; k < hazardsEnd; k += Lanes.COUNT) {
                    entry = (sectors[k] & SECTORS - 1) * SECTORS + i;
                    row =
                            row.max(
                                    FloatVector.fromArray(SPECIES, part, entry)
                                            .fma(
                                                    FloatVector.broadcast(SPECIES, shares[k]),
                                                    FloatVector.fromArray(SPECIES, whole, entry)
                                                            .mul(readings[k]))
                                            .reinterpretAsInts());
                }
                if (hazardsEnd > Lanes.COUNT) {
                    row.reinterpretAsFloats().intoArray(rows, at + hazards + i);
                }
                row = IntVector.zero(BITS);
                for (int k = hazardsEnd + lane; k < end; k += Lanes.COUNT) {
                    entry = (sectors[k] & SECTORS - 1) * SECTORS + i;
                    row =
                            row.max(
                                    FloatVector.fromArray(SPECIES, part, entry)
                                            .fma(
                                                    FloatVector.broadcast(SPECIES, shares[k]),
                                                    FloatVector.fromArray(SPECIES, whole, entry)
                                                            .mul(readings[k]))
                                            .reinterpretAsInts());
                }
                if (end > hazardsEnd) {
                    row.reinterpretAsFloats().intoArray(rows, at + vases + i);
                }
            }
        }
    }

    private void scatter(Senses senses, int count, float[] rows, int offset) {
        scatter(senses, 0, 1, count, rows, offset);
        int at = offset;
        if (sizes.hazards() > 0) {
            at += lidar.bins;
            scatter(senses, 1, sizes.hazards(), count, rows, at);
        }
        if (sizes.vases() > 0) {
            at += lidar.bins;
            scatter(senses, 1 + sizes.hazards(), sizes.vases(), count, rows, at);
        }
    }

    private void scatter(
            Senses senses, int from, int objects, int count, float[] rows, int offset) {
        for (int lane = 0; lane < count; lane++) {
            int at = offset + lane * sizes.observation();
            Arrays.fill(rows, at, at + lidar.bins, 0);
            for (int object = from; object < from + objects; object++) {
                int k = object * Lanes.COUNT + lane;
                int sector = (int) (Float.intBitsToFloat(senses.sector[k]) - PseudoLidar.ROUNDER);
                lidar.scatter(senses.reading[k], senses.share[k], sector, rows, at);
            }
        }
    }
}
