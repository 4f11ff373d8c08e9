package dev.memo.base;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Independent multiply-adds on registers: the most float32 arithmetic that the Vector API gets out
 * of this machine, and so what the speed of other work is a fraction of.
 */
public final class MultiplyAdds {
    /** Independent sums: two units with a latency of four cycles need eight. */
    private static final int CHAINS = 10;

    /** About 0.1 milliseconds of work. */
    private static final int ROUNDS = 50_000;

    /** Floating-point operations of one {@link #run}, two per multiply-add of a lane. */
    public static final long FLOPS = 2L * FloatVector.SPECIES_PREFERRED.length() * CHAINS * ROUNDS;

    // Not final, or the compiler would compute the sums in advance.
    private float factor = 0.5f;
    private float summand = 1;

    /**
     * Does them on the calling thread.
     *
     * @return their sum, to be kept somewhere: what nobody reads is not computed
     */
    public float run() {
        FloatVector x = FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, factor);
        FloatVector y = FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, summand);
        FloatVector s0 = y.mul(0f);
        FloatVector s1 = y.mul(1f);
        FloatVector s2 = y.mul(2f);
        FloatVector s3 = y.mul(3f);
        FloatVector s4 = y.mul(4f);
        FloatVector s5 = y.mul(5f);
        FloatVector s6 = y.mul(6f);
        FloatVector s7 = y.mul(7f);
        FloatVector s8 = y.mul(8f);
        FloatVector s9 = y.mul(9f);
        for (int i = 0; i < ROUNDS; i++) {
            s0 = s0.fma(x, y);
            s1 = s1.fma(x, y);
            s2 = s2.fma(x, y);
            s3 = s3.fma(x, y);
            s4 = s4.fma(x, y);
            s5 = s5.fma(x, y);
            s6 = s6.fma(x, y);
            s7 = s7.fma(x, y);
            s8 = s8.fma(x, y);
            s9 = s9.fma(x, y);
        }
        FloatVector sum =
                s0.add(s1).add(s2).add(s3).add(s4).add(s5).add(s6).add(s7).add(s8).add(s9);
        return sum.reduceLanes(VectorOperators.ADD);
    }
}
