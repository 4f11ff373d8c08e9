package dev.memo.kernels.jvm;

import static dev.memo.kernels.jvm.Lanes.LENGTH;
import static dev.memo.kernels.jvm.Lanes.ROW_BLOCK;
import static dev.memo.kernels.jvm.Lanes.SPECIES;
import static dev.memo.kernels.jvm.Lanes.VIRTUAL;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * Sums over many entries, in a fixed order: by blocks, inside a block by 16 virtual lanes (entry i
 * goes to lane i mod 16), then the blocks lane by lane in their order, then the lanes by halves.
 */
final class Sums {
    private Sums() {}

    /** Adds n entries to 16 lanes; n is any number. */
    private static void addLanes(float[] x, int xo, int n, float[] lanes, int lo) {
        int whole = n - n % VIRTUAL;
        for (int lane = 0; lane < VIRTUAL; lane += LENGTH) {
            FloatVector sum = FloatVector.fromArray(SPECIES, lanes, lo + lane);
            for (int i = 0; i < whole; i += VIRTUAL) {
                sum = sum.add(FloatVector.fromArray(SPECIES, x, xo + i + lane));
            }
            sum.intoArray(lanes, lo + lane);
        }
        for (int i = whole; i < n; i++) {
            lanes[lo + i - whole] += x[xo + i];
        }
    }

    /** Adds the squares of n entries to 16 lanes. */
    private static void addSquares(float[] x, int xo, int n, float[] lanes, int lo) {
        int whole = n - n % VIRTUAL;
        for (int lane = 0; lane < VIRTUAL; lane += LENGTH) {
            FloatVector sum = FloatVector.fromArray(SPECIES, lanes, lo + lane);
            for (int i = 0; i < whole; i += VIRTUAL) {
                FloatVector entry = FloatVector.fromArray(SPECIES, x, xo + i + lane);
                sum = entry.fma(entry, sum);
            }
            sum.intoArray(lanes, lo + lane);
        }
        for (int i = whole; i < n; i++) {
            lanes[lo + i - whole] = Math.fma(x[xo + i], x[xo + i], lanes[lo + i - whole]);
        }
    }

    /** The sum of the lanes of all blocks; the first block's lanes are modified. */
    private static float total(float[] lanes, int blocks) {
        for (int block = 1; block < blocks; block++) {
            for (int i = 0; i < VIRTUAL; i++) {
                lanes[i] += lanes[block * VIRTUAL + i];
            }
        }
        for (int half = VIRTUAL / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[half + i];
            }
        }
        return lanes[0];
    }

    /**
     * y = the sum or mean of all entries of x. A part is a row block.
     *
     * @param x [R][N], not modified
     * @param y one number, modified
     * @param fixedRows of x, or 0 for those of the run
     * @param lanes scratch, 16 per row block
     */
    record Entries(Buffer x, Buffer y, boolean mean, int fixedRows, float[] lanes)
            implements Parts {
        @Override
        public int count(int rows) {
            return Lanes.blocks(rowsOf(rows));
        }

        private int rowsOf(int rows) {
            return fixedRows > 0 ? fixedRows : rows;
        }

        @Override
        public void run(int part, int rows, float[] scratch) {
            int from = part * ROW_BLOCK;
            int count = Math.min(ROW_BLOCK, rowsOf(rows) - from);
            int lane = part * VIRTUAL;
            Arrays.fill(lanes, lane, lane + VIRTUAL, 0);
            addLanes(x.data, x.at(from), count * x.width, lanes, lane);
        }

        @Override
        public void finish(int rows) {
            float sum = total(lanes, count(rows));
            y.data[0] = mean ? sum / ((float) rowsOf(rows) * x.width) : sum;
        }
    }

    /**
     * y = the sum or mean of the rows of x. A part is a row block.
     *
     * @param x [R][N], not modified
     * @param y [N], modified
     * @param fixedRows of x, or 0 for those of the run
     * @param partial scratch, N rounded up to 16 per row block
     */
    record Columns(Buffer x, Buffer y, boolean mean, int fixedRows, float[] partial)
            implements Parts {
        @Override
        public int count(int rows) {
            return Lanes.blocks(rowsOf(rows));
        }

        private int rowsOf(int rows) {
            return fixedRows > 0 ? fixedRows : rows;
        }

        @Override
        public void run(int part, int rows, float[] scratch) {
            int from = part * ROW_BLOCK;
            int count = Math.min(ROW_BLOCK, rowsOf(rows) - from);
            int out = part * Lanes.roundUp(x.width);
            for (int j = 0; j < x.width; j += LENGTH) {
                FloatVector sum = FloatVector.zero(SPECIES);
                for (int r = 0; r < count; r++) {
                    sum = sum.add(FloatVector.fromArray(SPECIES, x.data, x.at(from + r) + j));
                }
                sum.intoArray(partial, out + j);
            }
        }

        @Override
        public void finish(int rows) {
            int padded = Lanes.roundUp(x.width);
            float share = mean ? 1f / rowsOf(rows) : 1;
            int blocks = count(rows);
            for (int j = 0; j < padded; j += LENGTH) {
                FloatVector sum = FloatVector.fromArray(SPECIES, partial, j);
                for (int block = 1; block < blocks; block++) {
                    sum = sum.add(FloatVector.fromArray(SPECIES, partial, block * padded + j));
                }
                sum.mul(share).intoArray(y.data, j);
            }
        }
    }

    /** y = the square root of the sum of squares of fixed tensors. A part is a block of one. */
    static final class Norm implements Parts {
        private static final int BLOCK = 16_384;

        private final List<float[]> tensors;
        private final int[] sizes;
        private final int[] firstPart;
        private final float[] lanes;
        private final Buffer y;

        Norm(List<float[]> tensors, int[] sizes, Buffer y) {
            this.tensors = tensors;
            this.sizes = sizes;
            this.y = y;
            firstPart = new int[sizes.length + 1];
            for (int i = 0; i < sizes.length; i++) {
                firstPart[i + 1] = firstPart[i] + (sizes[i] + BLOCK - 1) / BLOCK;
            }
            lanes = new float[firstPart[sizes.length] * VIRTUAL];
        }

        @Override
        public int count(int rows) {
            return firstPart[sizes.length];
        }

        @Override
        public void run(int part, int rows, float[] scratch) {
            int tensor = 0;
            while (firstPart[tensor + 1] <= part) {
                tensor++;
            }
            int from = (part - firstPart[tensor]) * BLOCK;
            int lane = part * VIRTUAL;
            Arrays.fill(lanes, lane, lane + VIRTUAL, 0);
            int count = Math.min(BLOCK, sizes[tensor] - from);
            addSquares(tensors.get(tensor), from, count, lanes, lane);
        }

        @Override
        public void finish(int rows) {
            y.data[0] = (float) Math.sqrt(total(lanes, count(rows)));
        }
    }
}
