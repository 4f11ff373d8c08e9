package dev.memo.kernels.jvm;

/** Where a value's rows lie. The buffers of inputs are set anew by every binding. */
final class Buffer {
    final int width;
    float[] data;
    int offset;
    int stride;

    /** Rows that lie side by side in an array of their own. */
    Buffer(float[] data, int width) {
        this.data = data;
        this.width = width;
        stride = width;
    }

    /** The index of a row's first entry. */
    int at(int row) {
        return offset + row * stride;
    }

    /** Entries of rows that lie side by side, rounded up to what flat kernels run over. */
    int flat(int from, int to) {
        return Lanes.roundUp((to - from) * width);
    }
}
