package dev.memo.base;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;

/** The width of SIMD vectors, the same for all of the program. No result depends on it. */
public final class Vectors {
    /** Forces a width in bits: 128, 256 or 512. For tests, and for comparing. */
    private static final String PROPERTY = "memo.vector.bits";

    /** The machine's preferred width, at most 512 bits. */
    public static final VectorShape SHAPE = shape(System.getProperty(PROPERTY));

    private Vectors() {}

    private static VectorShape shape(String bits) {
        return switch (bits) {
            case null ->
                    FloatVector.SPECIES_PREFERRED.vectorBitSize() > 512
                            ? VectorShape.S_512_BIT
                            : FloatVector.SPECIES_PREFERRED.vectorShape();
            case "128" -> VectorShape.S_128_BIT;
            case "256" -> VectorShape.S_256_BIT;
            case "512" -> VectorShape.S_512_BIT;
            default ->
                    throw new InputException(
                            "-D" + PROPERTY + "=" + bits + ": must be 128, 256 or 512");
        };
    }
}
