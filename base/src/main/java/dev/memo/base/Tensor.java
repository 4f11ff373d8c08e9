package dev.memo.base;

import java.util.Arrays;

/** A row-major array of numbers with its shape, as it stands in a file. */
public sealed interface Tensor {
    /** The extent of every dimension; empty for a scalar. */
    int[] shape();

    /** float32. */
    record F32(float[] data, int... shape) implements Tensor {
        public F32 {
            check(data.length, shape);
        }
    }

    /** float64. */
    record F64(double[] data, int... shape) implements Tensor {
        public F64 {
            check(data.length, shape);
        }
    }

    /** Signed 32-bit whole numbers. */
    record I32(int[] data, int... shape) implements Tensor {
        public I32 {
            check(data.length, shape);
        }
    }

    /** Signed 64-bit whole numbers. */
    record I64(long[] data, int... shape) implements Tensor {
        public I64 {
            check(data.length, shape);
        }
    }

    /** Bytes; also truth values as 0 and 1. */
    record U8(byte[] data, int... shape) implements Tensor {
        public U8 {
            check(data.length, shape);
        }
    }

    /** How many entries a shape has. */
    static long count(int... shape) {
        long count = 1;
        for (int extent : shape) {
            count *= extent;
        }
        return count;
    }

    private static void check(int length, int[] shape) {
        if (count(shape) != length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " does not hold " + length + " entries");
        }
    }
}
