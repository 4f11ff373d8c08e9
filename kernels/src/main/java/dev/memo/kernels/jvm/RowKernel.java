package dev.memo.kernels.jvm;

/** An operation whose rows depend on the same rows of its inputs, and on fixed values. */
@FunctionalInterface
interface RowKernel {
    /**
     * Computes some rows.
     *
     * @param from the first, a multiple of 16
     * @param to behind the last, a multiple of 16 or the last row of all
     * @param rows all rows of the value, of which these are some
     * @param scratch of the calling thread, {@link MatrixProducts#SCRATCH}, modified
     */
    void run(int from, int to, int rows, float[] scratch);
}
