package dev.memo.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The most float32 arithmetic that the Vector API gets out of this machine. */
public class FmaPeak extends Throughput {
    /** Independent sums: two units with a latency of four cycles need eight. */
    private static final int CHAINS = 10;

    /** About 0.1 milliseconds of work. */
    private static final int ROUNDS = 50_000;

    // Not final, or the compiler would compute the sums in advance.
    private float factor = 0.5f;
    private float summand = 1;

    /** Counts floating-point operations, two per multiply-add of a lane. */
    @AuxCounters
    @State(Scope.Thread)
    public static class Operations {
        /** Since the iteration began. */
        public long flops;
    }

    /** Every thread does the same amount of work. */
    @Benchmark
    public float[] multiplyAdd(Team team, Operations counter) {
        int threads = team.members().threads();
        float[] sums = new float[threads];
        team.members().run(threads, (chunk, _) -> sums[chunk] = chains());
        counter.flops += 2L * FloatVector.SPECIES_PREFERRED.length() * CHAINS * ROUNDS * threads;
        return sums;
    }

    private float chains() {
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
