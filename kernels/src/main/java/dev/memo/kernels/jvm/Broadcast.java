package dev.memo.kernels.jvm;

import dev.memo.kernels.Binary;
import dev.memo.kernels.Shape;

/** Arithmetic whose sides may differ in shape, as {@link Binary} allows. */
final class Broadcast {
    private Broadcast() {}

    /** The kernel for y = a op b, chosen by the shapes. */
    static RowKernel kernel(
            Binary operation, Shape a, Buffer left, Shape b, Buffer right, Buffer y) {
        if (a.equals(b)) {
            return (from, to, _, _) ->
                    Arithmetic.apply(
                            operation,
                            left.data,
                            left.at(from),
                            right.data,
                            right.at(from),
                            y.data,
                            y.at(from),
                            y.flat(from, to));
        }
        if (b.rank() == 0) {
            return (from, to, _, _) ->
                    Arithmetic.applyWith(
                            operation,
                            left.data,
                            left.at(from),
                            right.data[0],
                            y.data,
                            y.at(from),
                            y.flat(from, to));
        }
        if (a.rank() == 0) {
            return (from, to, _, _) ->
                    Arithmetic.applyTo(
                            operation,
                            left.data[0],
                            right.data,
                            right.at(from),
                            y.data,
                            y.at(from),
                            y.flat(from, to));
        }
        return rowByRow(operation, left, a, right, b, y);
    }

    /** One side is a row for all rows, or one number per row. */
    private static RowKernel rowByRow(
            Binary operation, Buffer left, Shape a, Buffer right, Shape b, Buffer y) {
        int n = y.width;
        if (a.rank() == 1 || b.rank() == 1) {
            int leftStride = a.rank() == 1 ? 0 : left.stride;
            int rightStride = b.rank() == 1 ? 0 : right.stride;
            return (from, to, _, _) -> {
                for (int r = from; r < to; r++) {
                    Arithmetic.apply(
                            operation,
                            left.data,
                            r * leftStride,
                            right.data,
                            r * rightStride,
                            y.data,
                            y.at(r),
                            n);
                }
            };
        }
        if (b.width() == 1) {
            return (from, to, _, _) -> {
                for (int r = from; r < to; r++) {
                    Arithmetic.applyWith(
                            operation,
                            left.data,
                            left.at(r),
                            right.data[right.at(r)],
                            y.data,
                            y.at(r),
                            n);
                }
            };
        }
        return (from, to, _, _) -> {
            for (int r = from; r < to; r++) {
                Arithmetic.applyTo(
                        operation,
                        left.data[left.at(r)],
                        right.data,
                        right.at(r),
                        y.data,
                        y.at(r),
                        n);
            }
        };
    }
}
