package dev.memo.kernels;

/**
 * Numbers of the plain reference: a row-major float64 matrix. Slow and exact enough to hold every
 * device against.
 *
 * @param height rows
 * @param width entries per row
 * @param data [height][width], modified by {@link #set}
 */
public record Matrix(int height, int width, double[] data) {
    public Matrix {
        if (data.length != height * width) {
            throw new IllegalArgumentException(
                    height + " x " + width + " does not hold " + data.length + " entries");
        }
    }

    /** Zeros. */
    public Matrix(int height, int width) {
        this(height, width, new double[height * width]);
    }

    /** The entry at a row and column. */
    public double at(int row, int column) {
        return data[row * width + column];
    }

    /** The entry at a row and column of a larger matrix that this one is broadcast to. */
    double spread(int row, int column) {
        return at(height == 1 ? 0 : row, width == 1 ? 0 : column);
    }

    /** Sets an entry. */
    public void set(int row, int column, double value) {
        data[row * width + column] = value;
    }

    /** Adds to an entry. */
    void add(int row, int column, double value) {
        data[row * width + column] += value;
    }
}
