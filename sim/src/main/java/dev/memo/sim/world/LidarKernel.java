package dev.memo.sim.world;

import dev.memo.base.Vectors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
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

    /**
     * [SECTORS][2][SECTORS] for an object in a sector, what each reading takes of the object's, and
     * what of the share. Aligned, as half of a table's rows would otherwise lie across two lines of
     * the cache.
     */
    private final MemorySegment table;

    /** Bytes of a row of the table, and of a sector's two. */
    private static final int ROW = 4 * SECTORS;

    private static final int ROWS = 2 * ROW;

    private static final MemorySegment PLAIN = table(false);
    private static final MemorySegment ALIAS = table(true);
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    LidarKernel(PseudoLidar lidar, Sizes sizes) {
        this.lidar = lidar;
        this.sizes = sizes;
        table = lidar.alias ? ALIAS : PLAIN;
    }

    private static MemorySegment table(boolean alias) {
        MemorySegment table = Arena.global().allocate(SECTORS * ROWS, ROW);
        for (int sector = 0; sector < SECTORS; sector++) {
            int whole = 2 * SECTORS * sector;
            int part = whole + SECTORS;
            table.setAtIndex(ValueLayout.JAVA_FLOAT, whole + sector, 1);
            if (alias) {
                int next = (sector + 1) % SECTORS;
                int previous = (sector + SECTORS - 1) % SECTORS;
                table.setAtIndex(ValueLayout.JAVA_FLOAT, whole + previous, 1);
                table.setAtIndex(ValueLayout.JAVA_FLOAT, part + previous, -1);
                table.setAtIndex(ValueLayout.JAVA_FLOAT, part + next, 1);
            }
        }
        return table;
    }

    /** Computes the objects' readings, and how near the nearest hazard and vase are. */
    void locate(Lanes lanes, Scratch scratch) {
        Arrays.fill(scratch.nearestHazard, Float.MAX_VALUE);
        Arrays.fill(lanes.nearestVase, Float.MAX_VALUE);
        locate(lanes, scratch, 0, 1, scratch.nearestGoal);
        locate(lanes, scratch, 1, sizes.hazards(), scratch.nearestHazard);
        locate(lanes, scratch, 1 + sizes.hazards(), sizes.vases(), lanes.nearestVase);
    }

    private void locate(Lanes lanes, Scratch scratch, int from, int count, float[] nearest) {
        float[] atan = lidar.atan;
        for (int i = 0; i < Lanes.COUNT; i += LENGTH) {
            FloatVector xHigh = FloatVector.fromArray(SPECIES, scratch.xHigh, i);
            FloatVector xLow = FloatVector.fromArray(SPECIES, scratch.xLow, i);
            FloatVector yHigh = FloatVector.fromArray(SPECIES, scratch.yHigh, i);
            FloatVector yLow = FloatVector.fromArray(SPECIES, scratch.yLow, i);
            FloatVector heading = FloatVector.fromArray(SPECIES, scratch.sectors, i);
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
                reading.intoArray(scratch.reading, at);
                share.intoArray(scratch.share, at);
                rounded.reinterpretAsInts().intoArray(scratch.sector, at);
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
    void write(Scratch scratch, int count, float[] rows, int offset) {
        writeSensors(scratch.readings, count, rows, offset, sizes.observation());
        if (lidar.bins == SECTORS) {
            writeSectors(scratch, count, rows, offset + Sizes.SENSORS);
        } else {
            scatter(scratch, count, rows, offset + Sizes.SENSORS);
        }
    }

    static void writeSensors(float[] readings, int count, float[] rows, int offset, int stride) {
        for (int lane = 0; lane < count; lane++) {
            int at = offset + lane * stride;
            rows[at] = readings[Scratch.FORWARD_ACCELERATION * Lanes.COUNT + lane];
            rows[at + 1] = readings[Scratch.LEFT_ACCELERATION * Lanes.COUNT + lane];
            rows[at + 2] = (float) PointRobot.GRAVITY;
            rows[at + 3] = readings[Scratch.FORWARD_VELOCITY * Lanes.COUNT + lane];
            rows[at + 4] = readings[Scratch.LEFT_VELOCITY * Lanes.COUNT + lane];
            rows[at + 5] = 0;
            rows[at + 6] = 0;
            rows[at + 7] = 0;
            rows[at + 8] = readings[Scratch.YAW_RATE * Lanes.COUNT + lane];
            rows[at + 9] = readings[Scratch.FORWARD_FIELD * Lanes.COUNT + lane];
            rows[at + 10] = readings[Scratch.LEFT_FIELD * Lanes.COUNT + lane];
            rows[at + 11] = 0;
        }
    }

    /** All sectors of a kind at once, by two small tables. */
    void writeSectors(Scratch scratch, int count, float[] rows, int offset) {
        MemorySegment table = this.table;
        int[] sectors = scratch.sector;
        float[] readings = scratch.reading;
        float[] shares = scratch.share;
        int stride = sizes.observation();
        int hazardsEnd = (1 + sizes.hazards()) * Lanes.COUNT;
        int end = hazardsEnd + sizes.vases() * Lanes.COUNT;
        int hazards = SECTORS;
        int vases = sizes.hazards() > 0 ? 2 * SECTORS : SECTORS;
        for (int lane = 0; lane < count; lane++) {
            int at = offset + lane * stride;
            for (int i = 0; i < SECTORS; i += LENGTH) {
                int entry = (sectors[lane] & SECTORS - 1) * ROWS + 4 * i;
                FloatVector.fromMemorySegment(SPECIES, table, entry + ROW, ORDER)
                        .fma(
                                FloatVector.broadcast(SPECIES, shares[lane]),
                                FloatVector.fromMemorySegment(SPECIES, table, entry, ORDER)
                                        .mul(readings[lane]))
                        .reinterpretAsInts()
                        .max(0)
                        .reinterpretAsFloats()
                        .intoArray(rows, at + i);
                IntVector row = IntVector.zero(BITS);
                for (int k = Lanes.COUNT + lane; k < hazardsEnd; k += Lanes.COUNT) {
                    entry = (sectors[k] & SECTORS - 1) * ROWS + 4 * i;
                    row =
                            row.max(
                                    FloatVector.fromMemorySegment(
                                                    SPECIES, table, entry + ROW, ORDER)
                                            .fma(
                                                    FloatVector.broadcast(SPECIES, shares[k]),
                                                    FloatVector.fromMemorySegment(
                                                                    SPECIES, table, entry, ORDER)
                                                            .mul(readings[k]))
                                            .reinterpretAsInts());
                }
                if (hazardsEnd > Lanes.COUNT) {
                    row.reinterpretAsFloats().intoArray(rows, at + hazards + i);
                }
                row = IntVector.zero(BITS);
                for (int k = hazardsEnd + lane; k < end; k += Lanes.COUNT) {
                    entry = (sectors[k] & SECTORS - 1) * ROWS + 4 * i;
                    row =
                            row.max(
                                    FloatVector.fromMemorySegment(
                                                    SPECIES, table, entry + ROW, ORDER)
                                            .fma(
                                                    FloatVector.broadcast(SPECIES, shares[k]),
                                                    FloatVector.fromMemorySegment(
                                                                    SPECIES, table, entry, ORDER)
                                                            .mul(readings[k]))
                                            .reinterpretAsInts());
                }
                if (end > hazardsEnd) {
                    row.reinterpretAsFloats().intoArray(rows, at + vases + i);
                }
            }
        }
    }

    private void scatter(Scratch scratch, int count, float[] rows, int offset) {
        scatter(scratch, 0, 1, count, rows, offset);
        int at = offset;
        if (sizes.hazards() > 0) {
            at += lidar.bins;
            scatter(scratch, 1, sizes.hazards(), count, rows, at);
        }
        if (sizes.vases() > 0) {
            at += lidar.bins;
            scatter(scratch, 1 + sizes.hazards(), sizes.vases(), count, rows, at);
        }
    }

    private void scatter(
            Scratch scratch, int from, int objects, int count, float[] rows, int offset) {
        for (int lane = 0; lane < count; lane++) {
            int at = offset + lane * sizes.observation();
            Arrays.fill(rows, at, at + lidar.bins, 0);
            for (int object = from; object < from + objects; object++) {
                int k = object * Lanes.COUNT + lane;
                int sector = (int) (Float.intBitsToFloat(scratch.sector[k]) - PseudoLidar.ROUNDER);
                lidar.scatter(scratch.reading[k], scratch.share[k], sector, rows, at);
            }
        }
    }
}
