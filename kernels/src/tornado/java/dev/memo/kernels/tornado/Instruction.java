package dev.memo.kernels.tornado;

import dev.memo.kernels.Shape;

/** One instruction of {@link RowKernel} being written. */
final class Instruction {
    private final int[] fields = new int[RowKernel.FIELDS];
    private float p = 1;
    private float q;

    /**
     * An operation whose result has rows of {@code width} entries that lie side by side.
     *
     * @param shape whose rows are computed
     * @param out offset of the first entry
     */
    Instruction(int operation, Shape shape, int width, int out) {
        fields[RowKernel.OPERATION] = operation;
        fields[RowKernel.WIDTH] = width;
        fields[RowKernel.PER_SAMPLE] = shape.batch() ? shape.height() : 1;
        fields[RowKernel.OUT] = out;
        fields[RowKernel.OUT_ROW] = width;
        fields[RowKernel.A_GROUP] = 1;
    }

    /** The result's rows stand so many entries apart. */
    Instruction apart(int row) {
        fields[RowKernel.OUT_ROW] = row;
        return this;
    }

    /** Entry [r][j] of a stands at offset + r row + j column. */
    Instruction a(int offset, int row, int column) {
        fields[RowKernel.A] = offset;
        fields[RowKernel.A_ROW] = row;
        fields[RowKernel.A_COLUMN] = column;
        return this;
    }

    /** So many rows of the result share a row of a. */
    Instruction shared(int rows) {
        fields[RowKernel.A_GROUP] = rows;
        return this;
    }

    /** Entry [r][j] of b stands at offset + r row + j column. */
    Instruction b(int offset, int row, int column) {
        fields[RowKernel.B] = offset;
        fields[RowKernel.B_ROW] = row;
        fields[RowKernel.B_COLUMN] = column;
        return this;
    }

    /** Row r of c stands at offset + r row. */
    Instruction c(int offset, int row) {
        fields[RowKernel.C] = offset;
        fields[RowKernel.C_ROW] = row;
        return this;
    }

    /** How many entries are gathered. */
    Instruction count(int count) {
        fields[RowKernel.COUNT] = count;
        return this;
    }

    /** Entries that are gathered stand so many entries apart. */
    Instruction step(int step) {
        return b(step, 0, 0);
    }

    Instruction numbers(double p, double q) {
        this.p = (float) p;
        this.q = (float) q;
        return this;
    }

    Instruction random(long seed, int stream) {
        fields[RowKernel.SEED_LOW] = (int) seed;
        fields[RowKernel.SEED_HIGH] = (int) (seed >>> Integer.SIZE);
        fields[RowKernel.STREAM] = stream;
        return this;
    }

    int[] fields() {
        return fields;
    }

    float p() {
        return p;
    }

    float q() {
        return q;
    }
}
