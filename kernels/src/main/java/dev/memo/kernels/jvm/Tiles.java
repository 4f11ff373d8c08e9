package dev.memo.kernels.jvm;

import static dev.memo.kernels.jvm.Lanes.LENGTH;
import static dev.memo.kernels.jvm.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The inner kernels of matrix products and distances: six rows (or one) by two vectors of columns,
 * sums in local variables, so that they stay in registers: 12 sums, 2 vectors of the panel and one
 * entry fit the 16 registers of AVX2. Written out by hand, since C2 keeps neither arrays of vectors
 * nor masks beside so many vectors in registers: whole vectors are written, and who has fewer
 * columns gives a {@link #SIZE} scratch.
 *
 * <p>A panel is two vectors of columns: {@link #PANEL} floats per k, the start of the sums first,
 * then k = 0 .. depth - 1 (see {@link Packing}). Each entry is one chain of fused multiply-adds
 * over k in ascending order. {@code ldx} and {@code ldy} are entries from row to row; rows of y are
 * written one after the other, and may overlap.
 */
final class Tiles {
    /** Columns of a panel. */
    static final int PANEL = 2 * LENGTH;

    /** Rows of a tile. */
    static final int ROWS = 6;

    /** Entries of a tile. */
    static final int SIZE = ROWS * PANEL;

    private Tiles() {}

    /** Six rows of y = start + x P. */
    static void product6(
            float[] x,
            int xo,
            int ldx,
            float[] packed,
            int po,
            int depth,
            float[] y,
            int yo,
            int ldy) {
        FloatVector y0a = vector(packed, po);
        FloatVector y0b = vector(packed, po + LENGTH);
        FloatVector y1a = vector(packed, po);
        FloatVector y1b = vector(packed, po + LENGTH);
        FloatVector y2a = vector(packed, po);
        FloatVector y2b = vector(packed, po + LENGTH);
        FloatVector y3a = vector(packed, po);
        FloatVector y3b = vector(packed, po + LENGTH);
        FloatVector y4a = vector(packed, po);
        FloatVector y4b = vector(packed, po + LENGTH);
        FloatVector y5a = vector(packed, po);
        FloatVector y5b = vector(packed, po + LENGTH);
        for (int k = 0; k < depth; k++) {
            int panel = po + (k + 1) * PANEL;
            FloatVector a = vector(packed, panel);
            FloatVector b = vector(packed, panel + LENGTH);
            int column = xo + k;
            FloatVector x0 = FloatVector.broadcast(SPECIES, x[column]);
            y0a = x0.fma(a, y0a);
            y0b = x0.fma(b, y0b);
            FloatVector x1 = FloatVector.broadcast(SPECIES, x[column + ldx]);
            y1a = x1.fma(a, y1a);
            y1b = x1.fma(b, y1b);
            FloatVector x2 = FloatVector.broadcast(SPECIES, x[column + 2 * ldx]);
            y2a = x2.fma(a, y2a);
            y2b = x2.fma(b, y2b);
            FloatVector x3 = FloatVector.broadcast(SPECIES, x[column + 3 * ldx]);
            y3a = x3.fma(a, y3a);
            y3b = x3.fma(b, y3b);
            FloatVector x4 = FloatVector.broadcast(SPECIES, x[column + 4 * ldx]);
            y4a = x4.fma(a, y4a);
            y4b = x4.fma(b, y4b);
            FloatVector x5 = FloatVector.broadcast(SPECIES, x[column + 5 * ldx]);
            y5a = x5.fma(a, y5a);
            y5b = x5.fma(b, y5b);
        }
        y0a.intoArray(y, yo);
        y0b.intoArray(y, yo + LENGTH);
        y1a.intoArray(y, yo + ldy);
        y1b.intoArray(y, yo + ldy + LENGTH);
        y2a.intoArray(y, yo + 2 * ldy);
        y2b.intoArray(y, yo + 2 * ldy + LENGTH);
        y3a.intoArray(y, yo + 3 * ldy);
        y3b.intoArray(y, yo + 3 * ldy + LENGTH);
        y4a.intoArray(y, yo + 4 * ldy);
        y4b.intoArray(y, yo + 4 * ldy + LENGTH);
        y5a.intoArray(y, yo + 5 * ldy);
        y5b.intoArray(y, yo + 5 * ldy + LENGTH);
    }

    /** {@link #product6} for a panel with one vector of columns: every other one is not read. */
    static void narrow6(
            float[] x,
            int xo,
            int ldx,
            float[] packed,
            int po,
            int depth,
            float[] y,
            int yo,
            int ldy) {
        FloatVector y0 = vector(packed, po);
        FloatVector y1 = vector(packed, po);
        FloatVector y2 = vector(packed, po);
        FloatVector y3 = vector(packed, po);
        FloatVector y4 = vector(packed, po);
        FloatVector y5 = vector(packed, po);
        for (int k = 0; k < depth; k++) {
            FloatVector a = vector(packed, po + (k + 1) * PANEL);
            int column = xo + k;
            y0 = FloatVector.broadcast(SPECIES, x[column]).fma(a, y0);
            y1 = FloatVector.broadcast(SPECIES, x[column + ldx]).fma(a, y1);
            y2 = FloatVector.broadcast(SPECIES, x[column + 2 * ldx]).fma(a, y2);
            y3 = FloatVector.broadcast(SPECIES, x[column + 3 * ldx]).fma(a, y3);
            y4 = FloatVector.broadcast(SPECIES, x[column + 4 * ldx]).fma(a, y4);
            y5 = FloatVector.broadcast(SPECIES, x[column + 5 * ldx]).fma(a, y5);
        }
        y0.intoArray(y, yo);
        y1.intoArray(y, yo + ldy);
        y2.intoArray(y, yo + 2 * ldy);
        y3.intoArray(y, yo + 3 * ldy);
        y4.intoArray(y, yo + 4 * ldy);
        y5.intoArray(y, yo + 5 * ldy);
    }

    /**
     * One row of y = start + x P for four panels in a row, {@code size} apart: eight chains of
     * multiply-adds hide each other's latency where one panel's two cannot.
     */
    static void product1x4(
            float[] x, int xo, float[] packed, int po, int size, int depth, float[] y, int yo) {
        FloatVector y0 = vector(packed, po);
        FloatVector y1 = vector(packed, po + LENGTH);
        FloatVector y2 = vector(packed, po + size);
        FloatVector y3 = vector(packed, po + size + LENGTH);
        FloatVector y4 = vector(packed, po + 2 * size);
        FloatVector y5 = vector(packed, po + 2 * size + LENGTH);
        FloatVector y6 = vector(packed, po + 3 * size);
        FloatVector y7 = vector(packed, po + 3 * size + LENGTH);
        for (int k = 0; k < depth; k++) {
            int panel = po + (k + 1) * PANEL;
            FloatVector x0 = FloatVector.broadcast(SPECIES, x[xo + k]);
            y0 = x0.fma(vector(packed, panel), y0);
            y1 = x0.fma(vector(packed, panel + LENGTH), y1);
            y2 = x0.fma(vector(packed, panel + size), y2);
            y3 = x0.fma(vector(packed, panel + size + LENGTH), y3);
            y4 = x0.fma(vector(packed, panel + 2 * size), y4);
            y5 = x0.fma(vector(packed, panel + 2 * size + LENGTH), y5);
            y6 = x0.fma(vector(packed, panel + 3 * size), y6);
            y7 = x0.fma(vector(packed, panel + 3 * size + LENGTH), y7);
        }
        y0.intoArray(y, yo);
        y1.intoArray(y, yo + LENGTH);
        y2.intoArray(y, yo + PANEL);
        y3.intoArray(y, yo + PANEL + LENGTH);
        y4.intoArray(y, yo + 2 * PANEL);
        y5.intoArray(y, yo + 2 * PANEL + LENGTH);
        y6.intoArray(y, yo + 3 * PANEL);
        y7.intoArray(y, yo + 3 * PANEL + LENGTH);
    }

    /** One row of y = start + x P. */
    static void product1(float[] x, int xo, float[] packed, int po, int depth, float[] y, int yo) {
        FloatVector y0a = vector(packed, po);
        FloatVector y0b = vector(packed, po + LENGTH);
        for (int k = 0; k < depth; k++) {
            int panel = po + (k + 1) * PANEL;
            FloatVector a = vector(packed, panel);
            FloatVector b = vector(packed, panel + LENGTH);
            FloatVector x0 = FloatVector.broadcast(SPECIES, x[xo + k]);
            y0a = x0.fma(a, y0a);
            y0b = x0.fma(b, y0b);
        }
        y0a.intoArray(y, yo);
        y0b.intoArray(y, yo + LENGTH);
    }

    /** Six rows of squared distances: y = start + the sum over k of (x - P)^2. */
    static void distance6(
            float[] x,
            int xo,
            int ldx,
            float[] packed,
            int po,
            int depth,
            float[] y,
            int yo,
            int ldy) {
        FloatVector y0a = vector(packed, po);
        FloatVector y0b = vector(packed, po + LENGTH);
        FloatVector y1a = vector(packed, po);
        FloatVector y1b = vector(packed, po + LENGTH);
        FloatVector y2a = vector(packed, po);
        FloatVector y2b = vector(packed, po + LENGTH);
        FloatVector y3a = vector(packed, po);
        FloatVector y3b = vector(packed, po + LENGTH);
        FloatVector y4a = vector(packed, po);
        FloatVector y4b = vector(packed, po + LENGTH);
        FloatVector y5a = vector(packed, po);
        FloatVector y5b = vector(packed, po + LENGTH);
        for (int k = 0; k < depth; k++) {
            int panel = po + (k + 1) * PANEL;
            FloatVector a = vector(packed, panel);
            FloatVector b = vector(packed, panel + LENGTH);
            int column = xo + k;
            FloatVector x0 = FloatVector.broadcast(SPECIES, x[column]);
            FloatVector d0a = x0.sub(a);
            y0a = d0a.fma(d0a, y0a);
            FloatVector d0b = x0.sub(b);
            y0b = d0b.fma(d0b, y0b);
            FloatVector x1 = FloatVector.broadcast(SPECIES, x[column + ldx]);
            FloatVector d1a = x1.sub(a);
            y1a = d1a.fma(d1a, y1a);
            FloatVector d1b = x1.sub(b);
            y1b = d1b.fma(d1b, y1b);
            FloatVector x2 = FloatVector.broadcast(SPECIES, x[column + 2 * ldx]);
            FloatVector d2a = x2.sub(a);
            y2a = d2a.fma(d2a, y2a);
            FloatVector d2b = x2.sub(b);
            y2b = d2b.fma(d2b, y2b);
            FloatVector x3 = FloatVector.broadcast(SPECIES, x[column + 3 * ldx]);
            FloatVector d3a = x3.sub(a);
            y3a = d3a.fma(d3a, y3a);
            FloatVector d3b = x3.sub(b);
            y3b = d3b.fma(d3b, y3b);
            FloatVector x4 = FloatVector.broadcast(SPECIES, x[column + 4 * ldx]);
            FloatVector d4a = x4.sub(a);
            y4a = d4a.fma(d4a, y4a);
            FloatVector d4b = x4.sub(b);
            y4b = d4b.fma(d4b, y4b);
            FloatVector x5 = FloatVector.broadcast(SPECIES, x[column + 5 * ldx]);
            FloatVector d5a = x5.sub(a);
            y5a = d5a.fma(d5a, y5a);
            FloatVector d5b = x5.sub(b);
            y5b = d5b.fma(d5b, y5b);
        }
        y0a.intoArray(y, yo);
        y0b.intoArray(y, yo + LENGTH);
        y1a.intoArray(y, yo + ldy);
        y1b.intoArray(y, yo + ldy + LENGTH);
        y2a.intoArray(y, yo + 2 * ldy);
        y2b.intoArray(y, yo + 2 * ldy + LENGTH);
        y3a.intoArray(y, yo + 3 * ldy);
        y3b.intoArray(y, yo + 3 * ldy + LENGTH);
        y4a.intoArray(y, yo + 4 * ldy);
        y4b.intoArray(y, yo + 4 * ldy + LENGTH);
        y5a.intoArray(y, yo + 5 * ldy);
        y5b.intoArray(y, yo + 5 * ldy + LENGTH);
    }

    /** One row of squared distances. */
    static void distance1(float[] x, int xo, float[] packed, int po, int depth, float[] y, int yo) {
        FloatVector y0a = vector(packed, po);
        FloatVector y0b = vector(packed, po + LENGTH);
        for (int k = 0; k < depth; k++) {
            int panel = po + (k + 1) * PANEL;
            FloatVector a = vector(packed, panel);
            FloatVector b = vector(packed, panel + LENGTH);
            FloatVector x0 = FloatVector.broadcast(SPECIES, x[xo + k]);
            FloatVector d0a = x0.sub(a);
            y0a = d0a.fma(d0a, y0a);
            FloatVector d0b = x0.sub(b);
            y0b = d0b.fma(d0b, y0b);
        }
        y0a.intoArray(y, yo);
        y0b.intoArray(y, yo + LENGTH);
    }

    /** Copies rows into panels of {@link Lanes#ROW_BLOCK} rows, two vectors of a row to each. */
    static void panels(float[] x, int xo, int ldx, int rows, int panels, float[] packed) {
        for (int r = 0; r < rows; r++) {
            for (int panel = 0; panel < panels; panel++) {
                int row = xo + r * ldx + panel * PANEL;
                int out = (panel * Lanes.ROW_BLOCK + r) * PANEL;
                vector(x, row).intoArray(packed, out);
                vector(x, row + LENGTH).intoArray(packed, out + LENGTH);
            }
        }
    }

    /** Six rows of y = a^T P over some rows; a and P are in one array. */
    static void outer6(
            float[] array, int ao, int lda, int po, int rows, float[] y, int yo, int ldy) {
        FloatVector y0a = FloatVector.zero(SPECIES);
        FloatVector y0b = FloatVector.zero(SPECIES);
        FloatVector y1a = FloatVector.zero(SPECIES);
        FloatVector y1b = FloatVector.zero(SPECIES);
        FloatVector y2a = FloatVector.zero(SPECIES);
        FloatVector y2b = FloatVector.zero(SPECIES);
        FloatVector y3a = FloatVector.zero(SPECIES);
        FloatVector y3b = FloatVector.zero(SPECIES);
        FloatVector y4a = FloatVector.zero(SPECIES);
        FloatVector y4b = FloatVector.zero(SPECIES);
        FloatVector y5a = FloatVector.zero(SPECIES);
        FloatVector y5b = FloatVector.zero(SPECIES);
        for (int r = 0; r < rows; r++) {
            int row = po + r * PANEL;
            FloatVector u = vector(array, row);
            FloatVector v = vector(array, row + LENGTH);
            int entry = ao + r * lda;
            FloatVector a0 = FloatVector.broadcast(SPECIES, array[entry]);
            y0a = a0.fma(u, y0a);
            y0b = a0.fma(v, y0b);
            FloatVector a1 = FloatVector.broadcast(SPECIES, array[entry + 1]);
            y1a = a1.fma(u, y1a);
            y1b = a1.fma(v, y1b);
            FloatVector a2 = FloatVector.broadcast(SPECIES, array[entry + 2]);
            y2a = a2.fma(u, y2a);
            y2b = a2.fma(v, y2b);
            FloatVector a3 = FloatVector.broadcast(SPECIES, array[entry + 3]);
            y3a = a3.fma(u, y3a);
            y3b = a3.fma(v, y3b);
            FloatVector a4 = FloatVector.broadcast(SPECIES, array[entry + 4]);
            y4a = a4.fma(u, y4a);
            y4b = a4.fma(v, y4b);
            FloatVector a5 = FloatVector.broadcast(SPECIES, array[entry + 5]);
            y5a = a5.fma(u, y5a);
            y5b = a5.fma(v, y5b);
        }
        y0a.intoArray(y, yo);
        y0b.intoArray(y, yo + LENGTH);
        y1a.intoArray(y, yo + ldy);
        y1b.intoArray(y, yo + ldy + LENGTH);
        y2a.intoArray(y, yo + 2 * ldy);
        y2b.intoArray(y, yo + 2 * ldy + LENGTH);
        y3a.intoArray(y, yo + 3 * ldy);
        y3b.intoArray(y, yo + 3 * ldy + LENGTH);
        y4a.intoArray(y, yo + 4 * ldy);
        y4b.intoArray(y, yo + 4 * ldy + LENGTH);
        y5a.intoArray(y, yo + 5 * ldy);
        y5b.intoArray(y, yo + 5 * ldy + LENGTH);
    }

    /** Adds one tile to another one of the same array. */
    static void add(float[] array, int from, int to) {
        for (int i = 0; i < SIZE; i += LENGTH) {
            vector(array, to + i).add(vector(array, from + i)).intoArray(array, to + i);
        }
    }

    private static FloatVector vector(float[] array, int offset) {
        return FloatVector.fromArray(SPECIES, array, offset);
    }
}
