package dev.memo.kernels.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Matrix products in tiles. A group of {@link #STEP} x {@link #STEP} work items computes one tile
 * of {@link #TILE} rows and columns of the result, sixteen entries each, from slices of the
 * operands in local memory. Every entry is one chain of multiply-adds in ascending order.
 */
final class MatrixKernels {
    /** Rows and columns of a tile of the result. */
    static final int TILE = 64;

    /** Launch items of a group in each of two directions. */
    static final int STEP = 16;

    /** Rows and columns that a work item computes, side by side. */
    private static final int EACH = 4;

    /** Terms of the sums that stand in local memory at a time. */
    private static final int SLICE = 16;

    private MatrixKernels() {}

    /** Fields of both kernels: whose rows are summed or written. */
    static final int FIXED_ROWS = 0;

    static final int PER_SAMPLE = 1;

    /** Fields of {@link #product}. */
    static final int PRODUCT_FIELDS = 11;

    static final int X = 2;
    static final int DEPTH = 3;
    static final int W = 4;
    static final int W_COLUMN = 5;
    static final int W_DEPTH = 6;
    static final int START = 7;
    static final int Y = 8;
    static final int COLUMNS = 9;
    static final int POINT = 10;

    /** Fields of {@link #transposed}. */
    static final int TRANSPOSED_FIELDS = 8;

    static final int A = 2;
    static final int HEIGHT = 3;
    static final int B = 4;
    static final int WIDTH = 5;
    static final int SUM = 6;
    static final int SPLITS = 7;

    /**
     * y[r][n] = f(start[n] + sum over k of x[r][k] w(n, k)), or with squared differences in place
     * of products. Group (i, j) computes tile (i, j).
     *
     * <p>Fields: FIXED_ROWS R, or 0 where R is PER_SAMPLE times the samples of the run; X, offset
     * of [R][DEPTH]; W, offset of the matrix, where w(n, k) stands at n W_COLUMN + k W_DEPTH;
     * START, offset of [COLUMNS], or -1 for zeros; Y, offset of [R][COLUMNS], modified; POINT,
     * offset of [R][COLUMNS], where the slope is taken.
     *
     * @param inputs [0] holds the samples of the run
     * @param squared 1 for the sum of (x - w)^2
     * @param function of {@link RowKernel}, applied to each entry; -1 for none
     * @param slope function by whose slope each entry is multiplied; -1 for none
     */
    static void product(
            KernelContext context,
            FloatArray inputs,
            FloatArray memory,
            IntArray fields,
            int squared,
            int function,
            int slope) {
        int x = fields.get(X);
        int depth = fields.get(DEPTH);
        int w = fields.get(W);
        int wColumn = fields.get(W_COLUMN);
        int wDepth = fields.get(W_DEPTH);
        int start = fields.get(START);
        int y = fields.get(Y);
        int columns = fields.get(COLUMNS);
        int point = fields.get(POINT);
        int fixedRows = fields.get(FIXED_ROWS);
        int perSample = fields.get(PER_SAMPLE);
        int tx = context.localIdx;
        int ty = context.localIdy;
        int rows = fixedRows > 0 ? fixedRows : (int) inputs.get(0) * perSample;
        int top = context.groupIdx * TILE;
        int left = context.groupIdy * TILE;
        float[] xs = context.allocateFloatLocalArray(SLICE * TILE);
        float[] ws = context.allocateFloatLocalArray(SLICE * TILE);
        float y00 = 0;
        float y01 = 0;
        float y02 = 0;
        float y03 = 0;
        float y10 = 0;
        float y11 = 0;
        float y12 = 0;
        float y13 = 0;
        float y20 = 0;
        float y21 = 0;
        float y22 = 0;
        float y23 = 0;
        float y30 = 0;
        float y31 = 0;
        float y32 = 0;
        float y33 = 0;
        // Groups behind the last row have nothing to do, but must meet at every barrier.
        int end = top < rows ? depth : 0;
        for (int k = 0; k < end; k += SLICE) {
            for (int i = 0; i < EACH; i++) {
                int row = ty + i * STEP;
                float entry = 0;
                if (top + row < rows && k + tx < depth) {
                    entry = memory.get(x + (top + row) * depth + k + tx);
                }
                xs[tx * TILE + row] = entry;
                // Neighbours read neighbours, whichever way the matrix lies.
                int column = wDepth == 1 ? row : ty % 4 * STEP + tx;
                int slice = wDepth == 1 ? tx : ty / 4 + 4 * i;
                entry = 0;
                if (left + column < columns && k + slice < depth) {
                    entry = memory.get(w + (left + column) * wColumn + (k + slice) * wDepth);
                }
                ws[slice * TILE + column] = entry;
            }
            context.localBarrier();
            int terms = Math.min(SLICE, depth - k);
            for (int d = 0; d < terms; d++) {
                float x0 = xs[d * TILE + EACH * ty];
                float x1 = xs[d * TILE + EACH * ty + 1];
                float x2 = xs[d * TILE + EACH * ty + 2];
                float x3 = xs[d * TILE + EACH * ty + 3];
                float w0 = ws[d * TILE + EACH * tx];
                float w1 = ws[d * TILE + EACH * tx + 1];
                float w2 = ws[d * TILE + EACH * tx + 2];
                float w3 = ws[d * TILE + EACH * tx + 3];
                y00 += term(squared, x0, w0);
                y01 += term(squared, x0, w1);
                y02 += term(squared, x0, w2);
                y03 += term(squared, x0, w3);
                y10 += term(squared, x1, w0);
                y11 += term(squared, x1, w1);
                y12 += term(squared, x1, w2);
                y13 += term(squared, x1, w3);
                y20 += term(squared, x2, w0);
                y21 += term(squared, x2, w1);
                y22 += term(squared, x2, w2);
                y23 += term(squared, x2, w3);
                y30 += term(squared, x3, w0);
                y31 += term(squared, x3, w1);
                y32 += term(squared, x3, w2);
                y33 += term(squared, x3, w3);
            }
            context.localBarrier();
        }
        for (int i = 0; i < EACH; i++) {
            int row = top + EACH * ty + i;
            float e0 = i == 0 ? y00 : i == 1 ? y10 : i == 2 ? y20 : y30;
            float e1 = i == 0 ? y01 : i == 1 ? y11 : i == 2 ? y21 : y31;
            float e2 = i == 0 ? y02 : i == 1 ? y12 : i == 2 ? y22 : y32;
            float e3 = i == 0 ? y03 : i == 1 ? y13 : i == 2 ? y23 : y33;
            for (int j = 0; j < EACH; j++) {
                int column = left + EACH * tx + j;
                if (row < rows && column < columns) {
                    float sum = j == 0 ? e0 : j == 1 ? e1 : j == 2 ? e2 : e3;
                    if (start >= 0) {
                        sum += memory.get(start + column);
                    }
                    if (function >= 0) {
                        sum = RowKernel.function(function, sum);
                    }
                    if (slope >= 0) {
                        float p = memory.get(point + row * columns + column);
                        sum = sum * RowKernel.slope(slope, p);
                    }
                    memory.set(y + row * columns + column, sum);
                }
            }
        }
    }

    private static float term(int squared, float x, float w) {
        return squared == 1 ? (x - w) * (x - w) : x * w;
    }

    /**
     * y[s] = a^T b over the s-th of so many equal shares of the rows. Group (i, j) computes tile (i
     * / SPLITS, j) of share i % SPLITS.
     *
     * <p>Fields: FIXED_ROWS R, or 0 where R is PER_SAMPLE times the samples of the run; A, offset
     * of [R][HEIGHT]; B, offset of [R][WIDTH]; SUM, offset of y [SPLITS][HEIGHT][WIDTH], modified.
     *
     * @param inputs [0] holds the samples of the run
     */
    static void transposed(
            KernelContext context, FloatArray inputs, FloatArray memory, IntArray fields) {
        int a = fields.get(A);
        int height = fields.get(HEIGHT);
        int b = fields.get(B);
        int width = fields.get(WIDTH);
        int y = fields.get(SUM);
        int fixedRows = fields.get(FIXED_ROWS);
        int perSample = fields.get(PER_SAMPLE);
        int splits = fields.get(SPLITS);
        int tx = context.localIdx;
        int ty = context.localIdy;
        int rows = fixedRows > 0 ? fixedRows : (int) inputs.get(0) * perSample;
        int top = context.groupIdx / splits * TILE;
        int left = context.groupIdy * TILE;
        int split = context.groupIdx % splits;
        int share = (rows + splits - 1) / splits;
        int from = split * share;
        int to = Math.min(from + share, rows);
        float[] as = context.allocateFloatLocalArray(SLICE * TILE);
        float[] bs = context.allocateFloatLocalArray(SLICE * TILE);
        float y00 = 0;
        float y01 = 0;
        float y02 = 0;
        float y03 = 0;
        float y10 = 0;
        float y11 = 0;
        float y12 = 0;
        float y13 = 0;
        float y20 = 0;
        float y21 = 0;
        float y22 = 0;
        float y23 = 0;
        float y30 = 0;
        float y31 = 0;
        float y32 = 0;
        float y33 = 0;
        for (int r = from; r < to; r += SLICE) {
            for (int i = 0; i < EACH; i++) {
                int row = ty / 4 + 4 * i;
                int column = ty % 4 * STEP + tx;
                float entry = 0;
                if (r + row < to && top + column < height) {
                    entry = memory.get(a + (r + row) * height + top + column);
                }
                as[row * TILE + column] = entry;
                entry = 0;
                if (r + row < to && left + column < width) {
                    entry = memory.get(b + (r + row) * width + left + column);
                }
                bs[row * TILE + column] = entry;
            }
            context.localBarrier();
            int terms = Math.min(SLICE, to - r);
            for (int d = 0; d < terms; d++) {
                float a0 = as[d * TILE + EACH * ty];
                float a1 = as[d * TILE + EACH * ty + 1];
                float a2 = as[d * TILE + EACH * ty + 2];
                float a3 = as[d * TILE + EACH * ty + 3];
                float b0 = bs[d * TILE + EACH * tx];
                float b1 = bs[d * TILE + EACH * tx + 1];
                float b2 = bs[d * TILE + EACH * tx + 2];
                float b3 = bs[d * TILE + EACH * tx + 3];
                y00 += a0 * b0;
                y01 += a0 * b1;
                y02 += a0 * b2;
                y03 += a0 * b3;
                y10 += a1 * b0;
                y11 += a1 * b1;
                y12 += a1 * b2;
                y13 += a1 * b3;
                y20 += a2 * b0;
                y21 += a2 * b1;
                y22 += a2 * b2;
                y23 += a2 * b3;
                y30 += a3 * b0;
                y31 += a3 * b1;
                y32 += a3 * b2;
                y33 += a3 * b3;
            }
            context.localBarrier();
        }
        int out = y + split * height * width;
        for (int i = 0; i < EACH; i++) {
            int row = top + EACH * ty + i;
            float e0 = i == 0 ? y00 : i == 1 ? y10 : i == 2 ? y20 : y30;
            float e1 = i == 0 ? y01 : i == 1 ? y11 : i == 2 ? y21 : y31;
            float e2 = i == 0 ? y02 : i == 1 ? y12 : i == 2 ? y22 : y32;
            float e3 = i == 0 ? y03 : i == 1 ? y13 : i == 2 ? y23 : y33;
            for (int j = 0; j < EACH; j++) {
                int column = left + EACH * tx + j;
                if (row < height && column < width) {
                    float sum = j == 0 ? e0 : j == 1 ? e1 : j == 2 ? e2 : e3;
                    memory.set(out + row * width + column, sum);
                }
            }
        }
    }
}
