package dev.memo.kernels.jvm;

import dev.memo.kernels.device.Weights;

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

    /** A parameter. */
    record Kept(Weights weights) implements Variable {
        @Override
        public float[] data() {
            return weights.data();
        }

        @Override
        public long version() {
            return weights.version();
        }
    }

    /** A value that a program computes anew in every run. */
    record Computed(float[] data) implements Variable {
        @Override
        public long version() {
            return UNKNOWN;
        }
    }
}
