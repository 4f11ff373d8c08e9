package dev.memo.kernels;

/**
 * The shape of a value in a program. Every value is a matrix in memory; a batch has as many rows as
 * a run asks for, everything else is fixed when the program is written.
 *
 * @param rank 0 for a scalar, 1 for a vector, 2 for a matrix or a batch
 * @param batch whether the rows are those of the run
 * @param height rows of a fixed value, 1 for scalars and vectors; of a batch, the rows that every
 *     sample has
 * @param width entries per row
 */
public record Shape(int rank, boolean batch, int height, int width) {
    /** One number. */
    public static final Shape SCALAR = new Shape(0, false, 1, 1);

    public Shape {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("shape " + height + " x " + width + " is empty");
        }
    }

    /** [rows][width]: one row per sample of the run. */
    public static Shape rows(int width) {
        return new Shape(2, true, 1, width);
    }

    /** [rows x perSample][width]: several rows per sample, which stand together. */
    public static Shape rows(int perSample, int width) {
        return new Shape(2, true, perSample, width);
    }

    /** A fixed shape: none, one or two extents. */
    public static Shape of(int... extents) {
        return switch (extents.length) {
            case 0 -> SCALAR;
            case 1 -> new Shape(1, false, 1, extents[0]);
            case 2 -> new Shape(2, false, extents[0], extents[1]);
            default ->
                    throw new IllegalArgumentException(
                            extents.length + " extents: a value has at most 2");
        };
    }

    /** How many rows a value of this shape has in a run of so many rows. */
    public int rowsIn(int rows) {
        return batch ? Math.multiplyExact(rows, height) : height;
    }

    /** The extents as a tensor has them, in a run of so many rows. */
    public int[] extents(int rows) {
        return switch (rank) {
            case 0 -> new int[0];
            case 1 -> new int[] {width};
            default -> new int[] {rowsIn(rows), width};
        };
    }

    /** [rows][60], [rows x 20][60], [256][60], [256] or [], as messages show it. */
    @Override
    public String toString() {
        return switch (rank) {
            case 0 -> "[]";
            case 1 -> "[" + width + "]";
            default -> "[" + rowsText() + "][" + width + "]";
        };
    }

    private String rowsText() {
        if (!batch) {
            return Integer.toString(height);
        }
        return height == 1 ? "rows" : "rows x " + height;
    }
}
