package dev.memo.base;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The counter-based generator Philox4x32-10: a random block is a pure function of counter and key,
 * so every number can be made at any time, on any thread and on any device.
 *
 * <p>Source: Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3 (SC 2011).
 */
public final class Philox {
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;
    private static final long UNSIGNED = 0xFFFFFFFFL;
    private static final VectorSpecies<Long> LANES = VectorSpecies.of(long.class, Vectors.SHAPE);

    private Philox() {}

    /**
     * Writes the four words of one block.
     *
     * @param c0 word 0 of the counter, the one that counts fastest
     * @param c1 word 1
     * @param c2 word 2
     * @param c3 word 3
     * @param key the key: word 0 in the low half, word 1 in the high half
     * @param out words, modified at offset .. offset + 3
     */
    public static void block(int c0, int c1, int c2, int c3, long key, int[] out, int offset) {
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (c0 & UNSIGNED);
            long product1 = MULTIPLIER_1 * (c2 & UNSIGNED);
            c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c3 = (int) product0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        out[offset] = c0;
        out[offset + 1] = c1;
        out[offset + 2] = c2;
        out[offset + 3] = c3;
    }

    /**
     * The blocks of several keys at one counter, bit for bit as {@link #block}, a lane per key.
     *
     * @param keys of which {@code from .. to - 1} are used
     * @param low word 0 in the low half, word 1 in the high half, modified at from .. to - 1
     * @param high words 2 and 3 likewise
     */
    public static void blocks(
            int c0,
            int c1,
            int c2,
            int c3,
            long[] keys,
            int from,
            int to,
            long[] low,
            long[] high) {
        for (int i = from; i < to; i += LANES.length()) {
            VectorMask<Long> mask = LANES.indexInRange(i, to);
            LongVector key = LongVector.fromArray(LANES, keys, i, mask);
            LongVector k0 = key.and(UNSIGNED);
            LongVector k1 = key.lanewise(VectorOperators.LSHR, Integer.SIZE);
            // A word per lane, its upper half zero.
            LongVector x0 = LongVector.broadcast(LANES, c0 & UNSIGNED);
            LongVector x1 = LongVector.broadcast(LANES, c1 & UNSIGNED);
            LongVector x2 = LongVector.broadcast(LANES, c2 & UNSIGNED);
            LongVector x3 = LongVector.broadcast(LANES, c3 & UNSIGNED);
            for (int round = 0; round < ROUNDS; round++) {
                LongVector product0 = x0.mul(MULTIPLIER_0);
                LongVector product1 = x2.mul(MULTIPLIER_1);
                x0 = upperHalf(product1).lanewise(VectorOperators.XOR, x1);
                x0 = x0.lanewise(VectorOperators.XOR, k0);
                x1 = product1.and(UNSIGNED);
                x2 = upperHalf(product0).lanewise(VectorOperators.XOR, x3);
                x2 = x2.lanewise(VectorOperators.XOR, k1);
                x3 = product0.and(UNSIGNED);
                k0 = k0.add(WEYL_0).and(UNSIGNED);
                k1 = k1.add(WEYL_1).and(UNSIGNED);
            }
            x0.or(x1.lanewise(VectorOperators.LSHL, Integer.SIZE)).intoArray(low, i, mask);
            x2.or(x3.lanewise(VectorOperators.LSHL, Integer.SIZE)).intoArray(high, i, mask);
        }
    }

    private static LongVector upperHalf(LongVector lanes) {
        return lanes.lanewise(VectorOperators.LSHR, Integer.SIZE);
    }

    /** The word as a float32 in [0, 1): its upper 24 bits. */
    public static float halfOpen(int word) {
        return (word >>> 8) * 0x1p-24f;
    }

    /** The word as a float32 in (0, 1): its upper 23 bits and a half. */
    public static float open(int word) {
        return ((word >>> 9) + 0.5f) * 0x1p-23f;
    }
}
