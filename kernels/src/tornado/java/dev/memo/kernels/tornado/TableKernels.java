package dev.memo.kernels.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Kernels that do many like works in one launch. Each work is a row of a table; {@code groups[2 i]}
 * and {@code groups[2 i + 1]} say which work group i does, and which part of it.
 */
final class TableKernels {
    /** Launch items of a group. */
    static final int LANES = 256;

    /** Columns that a group of {@link #sums} adds up. */
    static final int COLUMNS = 32;

    /** Entries of a parameter that a group of {@link #optimise} moves. */
    static final int ENTRIES = 1024;

    private static final int ROW_LANES = LANES / COLUMNS;

    /** Fields of a sum. */
    static final int SUM_FIELDS = 14;

    static final int SOURCE = 0;
    static final int WIDTH = 1;
    static final int FIXED_ROWS = 2;
    static final int PER_SAMPLE = 3;
    static final int SPLITS = 4;
    static final int OUT = 5;
    static final int TERM = 6;
    static final int FLAT = 7;
    static final int ACROSS = 8;
    static final int BY_SAMPLES = 9;
    static final int ROOT = 10;
    static final int WEIGHT = 11;
    static final int WEIGHT_WIDTH = 12;
    static final int CODE = 13;

    /** What a sum adds: the entry, its square, or weight times (entry - code). */
    static final int PLAIN = 0;

    static final int SQUARE = 1;
    static final int WEIGHTED = 2;

    /** Fields of an optimiser step. */
    static final int STEP_FIELDS = 9;

    static final int PARAMETER = 0;
    static final int FIRST = 1;
    static final int SECOND = 2;
    static final int GRADIENT = 3;
    static final int SIZE = 4;
    static final int LEARNING_RATE = 5;
    static final int NORM = 6;
    static final int FACTORS = 7;
    static final int BELIEF = 8;

    /** Numbers of an optimiser step. */
    static final int STEP_NUMBERS = 6;

    static final int SHARE_1 = 0;
    static final int BETA_2 = 1;
    static final int SHARE_2 = 2;
    static final int EPSILON = 3;
    static final int KEEP = 4;
    static final int MAX_NORM = 5;

    /** Factors of an optimiser step, which the host works out anew for every run. */
    static final int STEP_FACTORS = 3;

    static final int RATE = 0;
    static final int ROOT_FACTOR = 1;
    static final int MOMENT_ONLY = 2;

    private TableKernels() {}

    /**
     * Sums over rows. A part is a block of {@link #COLUMNS} columns of one of the equal shares that
     * the rows are split into; it writes its sums to OUT + share WIDTH. FLAT takes all entries as
     * rows of {@link #COLUMNS}; ACROSS adds the columns up too. Sums are multiplied by the work's
     * number, divided by the samples of the run where BY_SAMPLES says so, and ROOT takes the square
     * root.
     *
     * @param inputs [0] holds the samples of the run
     * @param numbers one per work
     */
    static void sums(
            KernelContext context,
            FloatArray inputs,
            FloatArray memory,
            IntArray works,
            IntArray groups,
            FloatArray numbers) {
        int lane = context.localIdx;
        int work = groups.get(2 * context.groupIdx);
        int part = groups.get(2 * context.groupIdx + 1);
        int at = work * SUM_FIELDS;
        float[] partial = context.allocateFloatLocalArray(LANES);
        int samples = (int) inputs.get(0);
        int fixedRows = works.get(at + FIXED_ROWS);
        int rows = fixedRows > 0 ? fixedRows : samples * works.get(at + PER_SAMPLE);
        int stride = works.get(at + WIDTH);
        int splits = works.get(at + SPLITS);
        int split = part % splits;
        int column = part / splits * COLUMNS + lane % COLUMNS;
        int entries = rows * stride;
        int valid = stride;
        if (works.get(at + FLAT) == 1) {
            stride = COLUMNS;
            valid = COLUMNS;
            rows = (entries + COLUMNS - 1) / COLUMNS;
        }
        int share = (rows + splits - 1) / splits;
        int to = Math.min((split + 1) * share, rows);
        int source = works.get(at + SOURCE);
        int term = works.get(at + TERM);
        float sum = 0;
        if (column < valid) {
            for (int r = split * share + lane / COLUMNS; r < to; r += ROW_LANES) {
                int index = r * stride + column;
                if (index < entries) {
                    float entry = memory.get(source + index);
                    if (term == SQUARE) {
                        entry = entry * entry;
                    }
                    if (term == WEIGHTED) {
                        int weight = works.get(at + WEIGHT) + r * works.get(at + WEIGHT_WIDTH);
                        float code = memory.get(works.get(at + CODE) + column);
                        entry = memory.get(weight) * (entry - code);
                    }
                    sum += entry;
                }
            }
        }
        partial[lane] = sum;
        context.localBarrier();
        sum = 0;
        for (int i = 0; i < ROW_LANES; i++) {
            sum += partial[i * COLUMNS + lane % COLUMNS];
        }
        context.localBarrier();
        partial[lane] = sum;
        context.localBarrier();
        int across = works.get(at + ACROSS);
        if (across == 1) {
            sum = 0;
            for (int i = 0; i < COLUMNS; i++) {
                sum += partial[i];
            }
        }
        sum = sum * numbers.get(work);
        if (works.get(at + BY_SAMPLES) == 1) {
            sum = sum / samples;
        }
        if (works.get(at + ROOT) == 1) {
            sum = TornadoMath.sqrt(sum);
        }
        int out = works.get(at + OUT);
        if (across == 1) {
            if (lane == 0) {
                memory.set(out, sum);
            }
        } else if (lane < COLUMNS && column < valid) {
            memory.set(out + split * stride + column, sum);
        }
    }

    /**
     * Optimiser steps; {@link dev.memo.kernels.Optimiser} has the formulas. A part is a block of
     * {@link #ENTRIES} entries.
     *
     * @param inputs at a work's FACTORS: the factor of the learning rate, that of the root of the
     *     second moment, and 1 if the second moment is not to be used
     * @param numbers {@link #STEP_NUMBERS} per work
     */
    static void optimise(
            KernelContext context,
            FloatArray inputs,
            FloatArray memory,
            IntArray works,
            IntArray groups,
            FloatArray numbers) {
        int work = groups.get(2 * context.groupIdx);
        int from = groups.get(2 * context.groupIdx + 1) * ENTRIES;
        int at = work * STEP_FIELDS;
        int constants = work * STEP_NUMBERS;
        int factors = works.get(at + FACTORS);
        int to = Math.min(from + ENTRIES, works.get(at + SIZE));
        int belief = works.get(at + BELIEF);
        float share1 = numbers.get(constants + SHARE_1);
        float beta2 = numbers.get(constants + BETA_2);
        float share2 = numbers.get(constants + SHARE_2);
        float epsilon = numbers.get(constants + EPSILON);
        float keep = numbers.get(constants + KEEP);
        float scale = 1;
        int norm = works.get(at + NORM);
        if (norm >= 0) {
            float limit = numbers.get(constants + MAX_NORM);
            if (memory.get(norm) > limit) {
                scale = limit / memory.get(norm);
            }
        }
        float step = -memory.get(works.get(at + LEARNING_RATE)) * inputs.get(factors + RATE);
        float root = inputs.get(factors + ROOT_FACTOR);
        float momentOnly = inputs.get(factors + MOMENT_ONLY);
        for (int i = from + context.localIdx; i < to; i += LANES) {
            float gradient = memory.get(works.get(at + GRADIENT) + i) * scale;
            float first = memory.get(works.get(at + FIRST) + i);
            first += (gradient - first) * share1;
            float surprise = belief == 1 ? gradient - first : gradient;
            float second = memory.get(works.get(at + SECOND) + i) * beta2;
            second += surprise * surprise * share2;
            if (belief == 1) {
                second += epsilon;
            }
            float move = first;
            if (momentOnly == 0) {
                move = first / (TornadoMath.sqrt(second) * root + epsilon);
            }
            int parameter = works.get(at + PARAMETER) + i;
            memory.set(works.get(at + FIRST) + i, first);
            memory.set(works.get(at + SECOND) + i, second);
            memory.set(parameter, memory.get(parameter) * keep + step * move);
        }
    }

    /** Writes the first numbers of an array to the beginning of memory. */
    static void copy(KernelContext context, FloatArray from, FloatArray memory, int count) {
        int i = context.globalIdx;
        if (i < count) {
            memory.set(i, from.get(i));
        }
    }
}
