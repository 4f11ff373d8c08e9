package dev.memo.kernels.jvm;

import dev.memo.base.Vectors;
import jdk.incubator.vector.VectorSpecies;

/** The width of vectors, and the paddings and blocks that do not depend on it. */
final class Lanes {
    /** The machine's preferred vectors, at most 512 bits. */
    static final VectorSpecies<Float> SPECIES = VectorSpecies.of(float.class, Vectors.SHAPE);

    /** Floats in a vector. */
    static final int LENGTH = SPECIES.length();

    /**
     * Floats that every width divides: sums keep so many partial sums, and kernels run over
     * multiples of it.
     */
    static final int VIRTUAL = 16;

    /** Rows whose sums are added up first, before the blocks are added in their order. */
    static final int ROW_BLOCK = 128;

    /** Floats behind the last entry that kernels may read or write: two vectors. */
    private static final int SLACK = 2 * VIRTUAL;

    private Lanes() {}

    /** The next multiple of {@link #VIRTUAL}. */
    static int roundUp(int count) {
        return (count + VIRTUAL - 1) & -VIRTUAL;
    }

    /** How many row blocks there are. */
    static int blocks(int rows) {
        return (rows + ROW_BLOCK - 1) / ROW_BLOCK;
    }

    /** An array for so many entries that kernels may overrun. */
    static float[] padded(int count) {
        return new float[roundUp(count) + SLACK];
    }
}
