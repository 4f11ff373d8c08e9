package dev.memo.kernels.jvm;

/**
 * Work that is no row of a batch by itself: packing, sums over rows, updates. It is cut into parts
 * that threads may do in any order, and ended by one thread.
 */
interface Parts {
    /** How many parts a run of so many rows has; 0 if there is nothing to do. */
    int count(int rows);

    /**
     * Does one part.
     *
     * @param scratch of the calling thread, {@link MatrixProducts#SCRATCH}, modified
     */
    void run(int part, int rows, float[] scratch);

    /** Ends the work after all parts are done. */
    default void finish(int rows) {}
}
