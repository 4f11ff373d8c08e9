package dev.memo.bench;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The most divisions and square roots that the Vector API gets out of this machine. One slow unit
 * does both, so a lidar's reading, which takes one of each, is measured as the pair.
 */
public class DividePeak extends Throughput {
    /** Numbers that stay in the first cache. */
    private static final int LENGTH = 1024;

    private static final int PASSES = 256;

    private final float[] floats = new float[LENGTH];
    private final double[] doubles = new double[LENGTH];

    /** Counts results of single lanes. */
    @AuxCounters
    @State(Scope.Thread)
    public static class Results {
        /** Since the iteration began. */
        public long results;
    }

    @Setup
    public void fill() {
        for (int i = 0; i < LENGTH; i++) {
            floats[i] = 1 + (float) i / LENGTH;
            doubles[i] = 1 + (double) i / LENGTH;
        }
    }

    /** A float32 root and a quotient, neither of which waits for the other. */
    @Benchmark
    public float[] rootAndQuotient(Team team, Results counter) {
        int threads = team.members().threads();
        float[] kept = new float[threads];
        team.members().run(threads, (chunk, _) -> kept[chunk] = rootsAndQuotients());
        counter.results += (long) PASSES * LENGTH * threads;
        return kept;
    }

    private float rootsAndQuotients() {
        FloatVector one = FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, 1);
        FloatVector sum = one;
        for (int pass = 0; pass < PASSES; pass++) {
            for (int i = 0; i < LENGTH; i += one.length()) {
                FloatVector x = FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, floats, i);
                sum = sum.add(x.sqrt()).add(one.div(x));
            }
        }
        return sum.lane(0);
    }

    /** A float64 root. */
    @Benchmark
    public double[] root(Team team, Results counter) {
        int threads = team.members().threads();
        double[] kept = new double[threads];
        team.members().run(threads, (chunk, _) -> kept[chunk] = roots());
        counter.results += (long) PASSES * LENGTH * threads;
        return kept;
    }

    private double roots() {
        DoubleVector sum = DoubleVector.zero(DoubleVector.SPECIES_PREFERRED);
        for (int pass = 0; pass < PASSES; pass++) {
            for (int i = 0; i < LENGTH; i += sum.length()) {
                sum =
                        sum.add(
                                DoubleVector.fromArray(DoubleVector.SPECIES_PREFERRED, doubles, i)
                                        .sqrt());
            }
        }
        return sum.lane(0);
    }
}
