package dev.memo.bench;

import dev.memo.base.MultiplyAdds;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The most float32 arithmetic that the Vector API gets out of this machine. */
public class FmaPeak extends Throughput {
    private final MultiplyAdds work = new MultiplyAdds();

    /** Counts floating-point operations. */
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
        team.members().run(threads, (chunk, _) -> sums[chunk] = work.run());
        counter.flops += MultiplyAdds.FLOPS * threads;
        return sums;
    }
}
