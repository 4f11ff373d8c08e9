package dev.memo.kernels.jvm;

import static dev.memo.kernels.jvm.Lanes.LENGTH;
import static dev.memo.kernels.jvm.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** The derivatives of squared distances of rows to codes. */
final class Distances {
    private Distances() {}

    /**
     * dx[r][d] = 2 times the sum over c of dy[r][c] (x[r][d] - e[c][d]), c ascending.
     *
     * @param dy [R][C], not modified
     * @param x [R][D], not modified
     * @param codes [C][D], not modified
     * @param dx [R][D], modified
     */
    static void rowSlope(Buffer dy, Buffer x, Buffer codes, Buffer dx, int from, int to) {
        for (int r = from; r < to; r++) {
            rowSlope(
                    dy.data,
                    dy.at(r),
                    dy.width,
                    x.data,
                    x.at(r),
                    codes.data,
                    dx.data,
                    dx.at(r),
                    x.width);
        }
    }

    private static void rowSlope(
            float[] dy,
            int dyo,
            int codeCount,
            float[] x,
            int xo,
            float[] codes,
            float[] dx,
            int dxo,
            int width) {
        for (int d = 0; d < width; d += LENGTH) {
            FloatVector point = FloatVector.fromArray(SPECIES, x, xo + d);
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int c = 0; c < codeCount; c++) {
                FloatVector code = FloatVector.fromArray(SPECIES, codes, c * width + d);
                sum = point.sub(code).fma(FloatVector.broadcast(SPECIES, dy[dyo + c]), sum);
            }
            sum.mul(2).intoArray(dx, dxo + d, SPECIES.indexInRange(d, width));
        }
    }

    /**
     * de[c][d] = -2 times the sum over r of dy[r][c] (x[r][d] - e[c][d]): row blocks are summed by
     * themselves and added in their order. A part is a code.
     *
     * @param dy [R][C], not modified
     * @param x [R][D], not modified
     * @param codes [C][D], not modified
     * @param de [C][D], modified
     * @param fixedRows of dy and x, or 0 for those of the run
     */
    record CodeSlope(Buffer dy, Buffer x, Buffer codes, Buffer de, int fixedRows) implements Parts {
        @Override
        public int count(int rows) {
            return dy.width;
        }

        @Override
        public void run(int code, int runRows, float[] scratch) {
            int rows = fixedRows > 0 ? fixedRows : runRows;
            int out = de.at(code);
            Arrays.fill(de.data, out, out + de.width, 0);
            for (int r = 0; r < rows; r += Lanes.ROW_BLOCK) {
                addBlock(
                        dy.data,
                        dy.at(r) + code,
                        dy.stride,
                        x.data,
                        x.at(r),
                        x.stride,
                        Math.min(Lanes.ROW_BLOCK, rows - r),
                        codes.data,
                        codes.at(code),
                        de.data,
                        out,
                        de.width);
            }
        }
    }

    private static void addBlock(
            float[] dy,
            int dyo,
            int lddy,
            float[] x,
            int xo,
            int ldx,
            int rows,
            float[] codes,
            int co,
            float[] de,
            int deo,
            int width) {
        for (int d = 0; d < width; d += LENGTH) {
            FloatVector code = FloatVector.fromArray(SPECIES, codes, co + d);
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int r = 0; r < rows; r++) {
                FloatVector point = FloatVector.fromArray(SPECIES, x, xo + r * ldx + d);
                sum = point.sub(code).fma(FloatVector.broadcast(SPECIES, dy[dyo + r * lddy]), sum);
            }
            FloatVector before = FloatVector.fromArray(SPECIES, de, deo + d);
            sum.fma(FloatVector.broadcast(SPECIES, -2), before)
                    .intoArray(de, deo + d, SPECIES.indexInRange(d, width));
        }
    }
}
