package dev.memo.base;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Seeds derived from a run's seed, so that no two purposes ever share random numbers. */
public final class Seeds {
    private Seeds() {}

    /**
     * The seed for one purpose of a run: the first 62 bits of SHA-256 over the run's seed and the
     * purpose's name. Never negative, and small enough that adding an environment's index does not
     * overflow.
     */
    public static long derive(long runSeed, String purpose) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(runSeed).flip());
            byte[] hash = digest.digest(purpose.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong() >>> 2;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
