package dev.memo.kernels.jvm;

import static dev.memo.kernels.jvm.Lanes.LENGTH;
import static dev.memo.kernels.jvm.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Kernels that look at each row as a whole. Rows from .. to - 1 of y are modified, x is not. */
final class Rows {
    private Rows() {}

    /** y[r] = x[r] - the largest entry of x[r]; x and y [R][C]. */
    static void belowMax(Buffer x, Buffer y, int from, int to) {
        for (int r = from; r < to; r++) {
            float max = max(x.data, x.at(r), x.width);
            for (int j = 0; j < x.width; j++) {
                y.data[y.at(r) + j] = x.data[x.at(r) + j] - max;
            }
        }
    }

    /** y[r] is divided by its sum; y [R][C]. */
    static void shares(Buffer y, int from, int to) {
        for (int r = from; r < to; r++) {
            float sum = sum(y.data, y.at(r), y.width);
            for (int j = 0; j < y.width; j++) {
                y.data[y.at(r) + j] /= sum;
            }
        }
    }

    /** y[r] = the largest entry of x[r]; y [R][1]. */
    static void max(Buffer x, Buffer y, int from, int to) {
        for (int r = from; r < to; r++) {
            y.data[y.at(r)] = max(x.data, x.at(r), x.width);
        }
    }

    private static float max(float[] x, int xo, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            max = Math.max(max, x[xo + j]);
        }
        return max;
    }

    /** y[r] = the column of the smallest entry of x[r], the lowest of equal ones; y [R][1]. */
    static void argMin(Buffer x, Buffer y, int from, int to) {
        for (int r = from; r < to; r++) {
            y.data[y.at(r)] = argMin(x.data, x.at(r), x.width);
        }
    }

    /** Each lane finds its own smallest entry, starting from the first of all. */
    private static int argMin(float[] x, int xo, int n) {
        FloatVector smallest = FloatVector.broadcast(SPECIES, x[xo]);
        FloatVector column = FloatVector.zero(SPECIES);
        FloatVector lane = column.addIndex(1);
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            FloatVector entry = FloatVector.fromArray(SPECIES, x, xo + j);
            VectorMask<Float> smaller = entry.compare(VectorOperators.LT, smallest);
            smallest = smallest.blend(entry, smaller);
            column = column.blend(lane.add(j), smaller);
        }
        int best = columnOfSmallest(smallest, column);
        for (; j < n; j++) {
            best = x[xo + j] < x[xo + best] ? j : best;
        }
        return best;
    }

    /** By whole numbers in the same order, since -0 and 0 are equal, and columns not negative. */
    private static int columnOfSmallest(FloatVector smallest, FloatVector column) {
        IntVector bits = smallest.add(0).reinterpretAsInts();
        IntVector order =
                bits.lanewise(
                        VectorOperators.XOR,
                        bits.lanewise(VectorOperators.ASHR, Integer.SIZE - 1)
                                .lanewise(VectorOperators.LSHR, 1));
        VectorMask<Integer> others =
                order.compare(VectorOperators.NE, order.reduceLanes(VectorOperators.MIN));
        IntVector columns = column.reinterpretAsInts().blend(Integer.MAX_VALUE, others);
        return (int) Float.intBitsToFloat(columns.reduceLanes(VectorOperators.MIN));
    }

    /** y[r] = 1 at the column that x[r][0] equals, else 0; all 0 if it equals none. */
    static void oneHot(Buffer x, Buffer y, int from, int to) {
        Arrays.fill(y.data, y.at(from), y.at(to), 0);
        for (int r = from; r < to; r++) {
            float value = x.data[x.at(r)];
            int index = (int) value;
            if (index == value && index >= 0 && index < y.width) {
                y.data[y.at(r) + index] = 1;
            }
        }
    }

    /** y[r] = share times the sum of x[r]; y [R][1]. */
    static void sums(float share, Buffer x, Buffer y, int from, int to) {
        for (int r = from; r < to; r++) {
            y.data[y.at(r)] = share * sum(x.data, x.at(r), x.width);
        }
    }

    /** n entries in four partial sums: entry j goes to the sum j mod 4. */
    private static float sum(float[] x, int xo, int n) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int j = 0;
        for (; j + 4 <= n; j += 4) {
            a += x[xo + j];
            b += x[xo + j + 1];
            c += x[xo + j + 2];
            d += x[xo + j + 3];
        }
        a += j < n ? x[xo + j] : 0;
        b += j + 1 < n ? x[xo + j + 1] : 0;
        c += j + 2 < n ? x[xo + j + 2] : 0;
        return (a + b) + (c + d);
    }

    /** Columns of y from an offset on are those of x from an offset on. */
    static void columns(Buffer x, int xOffset, Buffer y, int yOffset, int count, int from, int to) {
        copy(
                x.data,
                x.at(from) + xOffset,
                x.stride,
                y.data,
                y.at(from) + yOffset,
                y.stride,
                count,
                to - from);
    }

    /** Copies rows of so many entries; at once where they lie side by side on both sides. */
    static void copy(float[] x, int xo, int ldx, float[] y, int yo, int ldy, int count, int rows) {
        if (ldx == count && ldy == count) {
            System.arraycopy(x, xo, y, yo, count * rows);
            return;
        }
        for (int r = 0; r < rows; r++) {
            System.arraycopy(x, xo + r * ldx, y, yo + r * ldy, count);
        }
    }

    /** Every entry of y is one number. */
    static void fill(float value, Buffer y, int from, int to) {
        Arrays.fill(y.data, y.at(from), y.at(to), value);
    }

    /** Every entry of y[r] is share times x[r][0]. */
    static void spreadColumn(float share, Buffer x, Buffer y, int from, int to) {
        for (int r = from; r < to; r++) {
            Arrays.fill(y.data, y.at(r), y.at(r) + y.width, share * x.data[x.at(r)]);
        }
    }

    /** Every row of y is share times the one row of x. */
    static void spreadRow(float share, Buffer x, Buffer y, int from, int to) {
        for (int r = from; r < to; r++) {
            for (int j = 0; j < y.width; j++) {
                y.data[y.at(r) + j] = share * x.data[j];
            }
        }
    }
}
