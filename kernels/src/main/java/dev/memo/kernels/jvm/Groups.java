package dev.memo.kernels.jvm;

import dev.memo.kernels.Binary;

/** Kernels over the rows of each sample, which stand together. y is modified, x is not. */
final class Groups {
    private Groups() {}

    /**
     * y[r] = the sum or mean of x[r group] .. x[r group + group - 1], in this order.
     *
     * @param x [R group][D]
     * @param y [R][D]
     */
    static void sums(int group, boolean mean, Buffer x, Buffer y, int from, int to) {
        int n = y.width;
        for (int r = from; r < to; r++) {
            int out = y.at(r);
            System.arraycopy(x.data, x.at(r * group), y.data, out, n);
            for (int t = 1; t < group; t++) {
                int in = x.at(r * group + t);
                Arithmetic.apply(Binary.PLUS, y.data, out, x.data, in, y.data, out, n);
            }
            if (mean) {
                Arithmetic.applyWith(Binary.TIMES, y.data, out, 1f / group, y.data, out, n);
            }
        }
    }

    /**
     * y[r] = x[r / group], for a mean divided by group.
     *
     * @param x [R][D]
     * @param y [R group][D]
     */
    static void repeat(int group, boolean mean, Buffer x, Buffer y, int from, int to) {
        float share = mean ? 1f / group : 1;
        for (int r = from; r < to; r++) {
            int in = x.at(r / group);
            Arithmetic.applyWith(Binary.TIMES, x.data, in, share, y.data, y.at(r), y.width);
        }
    }
}
