package dev.memo.kernels.jvm;

import static dev.memo.kernels.jvm.Lanes.LENGTH;
import static dev.memo.kernels.jvm.Tiles.PANEL;

import dev.memo.kernels.Binary;
import java.util.Arrays;

/** Matrix products and distances from {@link Tiles}, for any number of rows and columns. */
final class MatrixProducts {
    /** Rows of a gradient that one part covers: a multiple of {@link Tiles#ROWS}. */
    private static final int PART_ROWS = 48;

    /** Columns of a gradient that one part covers: whole panels of every width of vectors. */
    private static final int PART_COLUMNS = 128;

    private MatrixProducts() {}

    /**
     * Rows from .. to - 1 of y = start + x P, or of squared distances of x to the columns of P.
     *
     * @param x [R][depth], not modified
     * @param y [R][columns], modified
     * @param scratch of {@link Tiles#SIZE}, modified
     */
    static void rows(
            boolean distances, Buffer x, Packing p, Buffer y, int from, int to, float[] scratch) {
        int tile = to - from < Tiles.ROWS ? 1 : Tiles.ROWS;
        for (int panel = 0; panel < p.panels(); panel++) {
            int column = panel * PANEL;
            int valid = p.columns() - column;
            for (int r = from; r < to; r += tile) {
                // The last tile reaches back over rows already done, and writes the same numbers.
                int row = Math.min(r, to - tile);
                if (valid >= PANEL) {
                    tile(distances, tile, x, row, p, panel, y.data, y.at(row) + column, y.stride);
                } else {
                    // Side by side: each row overwrites what the one before has too many.
                    tile(distances, tile, x, row, p, panel, scratch, 0, valid);
                    Rows.copy(scratch, 0, valid, y.data, y.at(row) + column, y.stride, valid, tile);
                }
            }
        }
    }

    private static void tile(
            boolean distances,
            int tile,
            Buffer x,
            int row,
            Packing p,
            int panel,
            float[] y,
            int yo,
            int ldy) {
        int xo = x.at(row);
        int at = panel * p.panelSize();
        if (tile == 1) {
            if (distances) {
                Tiles.distance1(x.data, xo, p.packed(), at, p.depth(), y, yo);
            } else {
                Tiles.product1(x.data, xo, p.packed(), at, p.depth(), y, yo);
            }
        } else if (distances) {
            Tiles.distance6(x.data, xo, x.stride, p.packed(), at, p.depth(), y, yo, ldy);
        } else if (p.columns() - panel * PANEL <= LENGTH) {
            Tiles.narrow6(x.data, xo, x.stride, p.packed(), at, p.depth(), y, yo, ldy);
        } else {
            Tiles.product6(x.data, xo, x.stride, p.packed(), at, p.depth(), y, yo, ldy);
        }
    }

    /**
     * y = a^T b: row blocks of {@link Lanes#ROW_BLOCK} are summed by themselves and added in their
     * order. A part is a rectangle of y.
     */
    static final class Transposed implements Parts {
        private final Buffer a;
        private final Buffer b;
        private final Buffer y;
        private final int fixedRows;
        private final int columnParts;
        private final int parts;
        private final float[] scratch;

        /**
         * @param a [R][N], not modified
         * @param b [R][K], not modified
         * @param y [N][K], modified
         * @param fixedRows of a and b, or 0 for those of the run
         */
        Transposed(Buffer a, Buffer b, Buffer y, int fixedRows) {
            this.a = a;
            this.b = b;
            this.y = y;
            this.fixedRows = fixedRows;
            columnParts = (b.width + PART_COLUMNS - 1) / PART_COLUMNS;
            parts = (a.width + PART_ROWS - 1) / PART_ROWS * columnParts;
            scratch = new float[parts * Tiles.SIZE];
        }

        @Override
        public int count(int rows) {
            return parts;
        }

        @Override
        public void run(int part, int runRows) {
            int rows = fixedRows > 0 ? fixedRows : runRows;
            int from = part / columnParts * PART_ROWS;
            int to = Math.min(from + PART_ROWS, a.width);
            int left = part % columnParts * PART_COLUMNS;
            int right = Math.min(left + PART_COLUMNS, b.width);
            for (int i = from; i < to; i++) {
                Arrays.fill(y.data, y.at(i) + left, y.at(i) + right, 0);
            }
            int tile = to - from < Tiles.ROWS ? 1 : Tiles.ROWS;
            for (int r = 0; r < rows; r += Lanes.ROW_BLOCK) {
                int block = Math.min(Lanes.ROW_BLOCK, rows - r);
                for (int column = left; column < right; column += PANEL) {
                    for (int i = from; i < to; i += tile) {
                        addTile(tile, r, block, i, to, column, part * Tiles.SIZE);
                    }
                }
            }
        }

        /** Adds one block of rows to one tile of y, or to as much of the tile as y has. */
        private void addTile(int tile, int r, int block, int i, int to, int column, int at) {
            int row = Math.min(i, to - tile);
            int ao = a.at(r) + row;
            int bo = b.at(r) + column;
            if (tile == 1) {
                Tiles.outer1(a.data, ao, a.stride, b.data, bo, b.stride, block, scratch, at);
            } else {
                Tiles.outer6(a.data, ao, a.stride, b.data, bo, b.stride, block, scratch, at, PANEL);
            }
            int valid = Math.min(PANEL, b.width - column);
            for (int k = i; k < row + tile; k++) {
                int out = y.at(k) + column;
                int from = at + (k - row) * PANEL;
                Arithmetic.apply(Binary.PLUS, y.data, out, scratch, from, y.data, out, valid);
            }
        }
    }
}
