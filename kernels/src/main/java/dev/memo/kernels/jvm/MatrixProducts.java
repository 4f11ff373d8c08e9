package dev.memo.kernels.jvm;

import static dev.memo.kernels.jvm.Lanes.LENGTH;
import static dev.memo.kernels.jvm.Tiles.PANEL;

/** Matrix products and distances from {@link Tiles}, for any number of rows and columns. */
final class MatrixProducts {
    /** Rows of a gradient that one part covers: a multiple of {@link Tiles#ROWS}. */
    private static final int PART_ROWS = 132;

    /** The same of a gradient that has more than two of these: fewer copies per product. */
    private static final int WIDE_PART_ROWS = 252;

    /** Columns of a gradient that one part covers: whole panels of every width of vectors. */
    private static final int PART_COLUMNS = 256;

    /**
     * Where a thread's scratch, which begins with a block's rows of b as panels, has those of a.
     */
    private static final int ROWS_AT = Lanes.ROW_BLOCK * PART_COLUMNS;

    /** Where it has a part of a gradient, tile by tile. */
    private static final int PART_AT = ROWS_AT + Lanes.ROW_BLOCK * WIDE_PART_ROWS;

    /** Where it has a tile, in the end. */
    private static final int TILE_AT = PART_AT + WIDE_PART_ROWS * PART_COLUMNS;

    /** Floats of a thread's scratch. */
    static final int SCRATCH = TILE_AT + Tiles.SIZE;

    private MatrixProducts() {}

    /**
     * Rows from .. to - 1 of y = start + x P, or of squared distances of x to the columns of P.
     *
     * @param x [R][depth], not modified
     * @param y [R][columns], modified
     * @param scratch of {@link #SCRATCH}, modified
     */
    static void rows(
            boolean distances, Buffer x, Packing p, Buffer y, int from, int to, float[] scratch) {
        int tile = to - from < Tiles.ROWS ? 1 : Tiles.ROWS;
        int first = tile == 1 && !distances ? fours(x, p, y, from, to) : 0;
        for (int panel = first; panel < p.panels(); panel++) {
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

    /** Does what few rows have of four whole panels in a row; says how many panels are done. */
    private static int fours(Buffer x, Packing p, Buffer y, int from, int to) {
        int panel = 0;
        for (; (panel + 4) * PANEL <= p.columns(); panel += 4) {
            for (int r = from; r < to; r++) {
                int at = panel * p.panelSize();
                Tiles.product1x4(
                        x.data,
                        x.at(r),
                        p.packed(),
                        at,
                        p.panelSize(),
                        p.depth(),
                        y.data,
                        y.at(r) + panel * PANEL);
            }
        }
        return panel;
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
     * order. A part is a rectangle of y. A block's rows of a and b are copied first, row by row:
     * where they lie, those of wide tensors are on more pages and in fewer sets of the cache than a
     * tile can do with.
     */
    static final class Transposed implements Parts {
        private final Buffer a;
        private final Buffer b;
        private final Buffer y;
        private final int fixedRows;
        private final int partRows;
        private final int columnParts;

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
            partRows = a.width > 2 * WIDE_PART_ROWS ? WIDE_PART_ROWS : PART_ROWS;
            columnParts = (b.width + PART_COLUMNS - 1) / PART_COLUMNS;
        }

        @Override
        public int count(int rows) {
            return (a.width + partRows - 1) / partRows * columnParts;
        }

        @Override
        public void run(int part, int runRows, float[] scratch) {
            int rows = fixedRows > 0 ? fixedRows : runRows;
            int top = part / columnParts * partRows;
            int left = part % columnParts * PART_COLUMNS;
            int height = Math.min(partRows, a.width - top);
            int width = Math.min(PART_COLUMNS, b.width - left);
            int panels = (width + PANEL - 1) / PANEL;
            // What one block gives goes to y at once where a tile fits.
            int wholeRows = rows <= Lanes.ROW_BLOCK ? height - height % Tiles.ROWS : 0;
            int wholeColumns = wholeRows > 0 ? width - width % PANEL : 0;
            for (int r = 0; r < rows; r += Lanes.ROW_BLOCK) {
                int block = Math.min(Lanes.ROW_BLOCK, rows - r);
                Tiles.panels(b.data, b.at(r) + left, b.stride, block, panels, scratch);
                int ao = a.at(r) + top;
                Rows.copy(a.data, ao, a.stride, scratch, ROWS_AT, partRows, height, block);
                for (int column = 0; column < width; column += PANEL) {
                    int po = column * Lanes.ROW_BLOCK;
                    for (int i = 0; i < height; i += Tiles.ROWS) {
                        int tile = PART_AT + column * partRows + i * PANEL;
                        int xo = ROWS_AT + i;
                        if (i < wholeRows && column < wholeColumns) {
                            int yo = y.at(top + i) + left + column;
                            Tiles.outer6(scratch, xo, partRows, po, block, y.data, yo, y.stride);
                        } else if (r == 0) {
                            Tiles.outer6(scratch, xo, partRows, po, block, scratch, tile, PANEL);
                        } else {
                            Tiles.outer6(scratch, xo, partRows, po, block, scratch, TILE_AT, PANEL);
                            Tiles.add(scratch, TILE_AT, tile);
                        }
                    }
                }
            }
            for (int column = 0; column < width; column += PANEL) {
                int first = column < wholeColumns ? wholeRows : 0;
                int valid = Math.min(PANEL, width - column);
                int in = PART_AT + column * partRows + first * PANEL;
                int out = y.at(top + first) + left + column;
                Rows.copy(scratch, in, PANEL, y.data, out, y.stride, valid, height - first);
            }
        }
    }
}
