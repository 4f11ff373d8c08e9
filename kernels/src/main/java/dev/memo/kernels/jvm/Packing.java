package dev.memo.kernels.jvm;

import static dev.memo.kernels.jvm.Tiles.PANEL;

/**
 * A fixed matrix as panels for {@link Tiles}: for every two vectors of columns the row of starts (a
 * bias or zeros), then the rows, the last panel filled up with zeros. A matrix that did not change
 * since the last run is not packed again.
 */
final class Packing implements Parts {
    /** Depth of a panel that is transposed at a time: it stays in the first cache. */
    private static final int BLOCK = 64;

    /** Rows that are copied to all panels before the next: at most half a page of each panel. */
    private static final int COPIED = 16;

    private final Variable matrix;
    private final Variable start;
    private final boolean transposed;
    private final int depth;
    private final int columns;
    private final float[] packed;
    private long matrixVersion = Variable.UNKNOWN;
    private long startVersion = Variable.UNKNOWN;

    /**
     * @param matrix [depth][columns], or [columns][depth] if transposed
     * @param start [columns] of a transposed matrix, or null for zeros
     */
    Packing(Variable matrix, Variable start, boolean transposed, int depth, int columns) {
        this.matrix = matrix;
        this.start = start;
        this.transposed = transposed;
        this.depth = depth;
        this.columns = columns;
        packed = new float[panels() * panelSize()];
    }

    float[] packed() {
        return packed;
    }

    /** Whether it is too large for a core's second cache, of 1 MiB. */
    boolean isWide() {
        return packed.length > (1 << 20) / Float.BYTES;
    }

    int depth() {
        return depth;
    }

    int columns() {
        return columns;
    }

    int panels() {
        return (columns + PANEL - 1) / PANEL;
    }

    int panelSize() {
        return (depth + 1) * PANEL;
    }

    @Override
    public int count(int rows) {
        boolean same = same(matrix, matrixVersion) && (start == null || same(start, startVersion));
        return same ? 0 : panels();
    }

    private static boolean same(Variable variable, long version) {
        return version != Variable.UNKNOWN && variable.version() == version;
    }

    /** A part is a panel, or as large a share of the matrix's rows where those are copied. */
    @Override
    public void run(int part, int rows, float[] scratch) {
        if (transposed) {
            packTransposed(part);
        } else {
            int from = (int) ((long) depth * part / panels());
            int to = (int) ((long) depth * (part + 1) / panels());
            for (int k = from; k < to; k += COPIED) {
                copy(k, Math.min(k + COPIED, to));
            }
        }
    }

    /** Rows from .. to - 1 of every panel. */
    private void copy(int from, int to) {
        float[] rows = matrix.data();
        for (int first = 0; first < columns; first += PANEL) {
            int valid = Math.min(PANEL, columns - first);
            int at = first / PANEL * panelSize() + PANEL;
            for (int k = from; k < to; k++) {
                System.arraycopy(rows, k * columns + first, packed, at + k * PANEL, valid);
            }
        }
    }

    /** One panel, by blocks of k. */
    private void packTransposed(int panel) {
        float[] from = matrix.data();
        int first = panel * PANEL;
        int valid = Math.min(PANEL, columns - first);
        int at = panel * panelSize();
        if (start != null) {
            System.arraycopy(start.data(), first, packed, at, valid);
        }
        for (int block = 0; block < depth; block += BLOCK) {
            int end = Math.min(block + BLOCK, depth);
            for (int j = 0; j < valid; j++) {
                int row = (first + j) * depth;
                for (int k = block; k < end; k++) {
                    packed[at + (k + 1) * PANEL + j] = from[row + k];
                }
            }
        }
    }

    @Override
    public void finish(int rows) {
        matrixVersion = matrix.version();
        startVersion = start == null ? Variable.UNKNOWN : start.version();
    }
}
