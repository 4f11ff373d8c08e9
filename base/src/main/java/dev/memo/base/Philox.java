package dev.memo.base;

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

    /** The word as a float32 in [0, 1): its upper 24 bits. */
    public static float halfOpen(int word) {
        return (word >>> 8) * 0x1p-24f;
    }

    /** The word as a float32 in (0, 1): its upper 23 bits and a half. */
    public static float open(int word) {
        return ((word >>> 9) + 0.5f) * 0x1p-23f;
    }
}
