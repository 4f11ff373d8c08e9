package dev.memo.kernels.jvm;

/**
 * A fixed tensor whose changes are counted, so that what is derived from it knows when to follow.
 */
interface Variable {
    /** The version of what may have changed any time. */
    long UNKNOWN = -1;

    /** Row-major, padded. */
    float[] data();

    /** Grows with every change, from 0; or {@link #UNKNOWN}. */
    long version();

    /** A value that a program computes anew in every run. */
    record Computed(float[] data) implements Variable {
        @Override
        public long version() {
            return UNKNOWN;
        }
    }
}
