package dev.memo.kernels.jvm;

import static dev.memo.kernels.jvm.Tiles.PANEL;

/**
 * A fixed matrix as panels for {@link Tiles}: for every two vectors of columns the row of starts (a
 * bias or zeros), then the rows, the last panel filled up with zeros. A matrix that did not change
 * since the last run is not packed again.
 */
final class Packing implements Parts {
    private static final int BLOCK = 64;

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
     * @param start [columns], or null for zeros
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

    @Override
    public void run(int part, int rows, float[] scratch) {
        int first = part * PANEL;
        int valid = Math.min(PANEL, columns - first);
        int at = part * panelSize();
        if (start != null) {
            System.arraycopy(start.data(), first, packed, at, valid);
        }
        if (transposed) {
            packTransposed(first, valid, at + PANEL);
        } else {
            for (int k = 0; k < depth; k++) {
                System.arraycopy(
                        matrix.data(), k * columns + first, packed, at + (k + 1) * PANEL, valid);
            }
        }
    }

    /** By blocks of k whose part of the panel stays in the first cache. */
    private void packTransposed(int first, int valid, int at) {
        float[] from = matrix.data();
        for (int block = 0; block < depth; block += BLOCK) {
            int end = Math.min(block + BLOCK, depth);
            for (int j = 0; j < valid; j++) {
                int row = (first + j) * depth;
                for (int k = block; k < end; k++) {
                    packed[at + k * PANEL + j] = from[row + k];
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
