package dev.memo.kernels;

import dev.memo.base.Tensor;

/**
 * A compiled program. Bind every input, set every scalar, run; the JVM device allocates nothing
 * once its kernels are compiled. Names that the program does not have are refused with the names
 * that it has.
 */
public interface Executable {
    /** What was compiled. */
    Program program();

    /** The most rows that a run may have. */
    int maxRows();

    /**
     * Says where an input's rows are read or an output's rows are written from now on. Row r is
     * {@code data[offset + r * stride] ..}, as wide as the input or output. The array stays the
     * caller's; it is read and written during {@link #run} only.
     *
     * @param name an input, or an output that is not a scalar
     * @param stride entries from row to row, at least the width
     */
    void bind(String name, float[] data, int offset, int stride);

    /** Binds rows that lie side by side from the array's start. */
    void bind(String name, float[] data);

    /** Sets a scalar input; it keeps its value until set again. */
    void set(String scalar, float value);

    /**
     * Runs the program once: all values, then all updates of parameters.
     *
     * @param rows of this run, 1 .. maxRows
     * @throws IllegalStateException if an input was never bound, a scalar never set, or a bound
     *     array is too short for so many rows
     * @throws NotFiniteException if the device checks numerics and an operation made a number that
     *     is not finite; it names the first one
     */
    void run(int rows);

    /** A scalar output of the last run. */
    float scalar(String output);

    /**
     * A copy of any output of the last run, in its shape. A parameter is as it was before the
     * updates of that run.
     */
    Tensor.F32 read(String output);
}
