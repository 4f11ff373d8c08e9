package dev.memo.bench;

import dev.memo.base.ThreadTeam;
import java.util.Arrays;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How fast this machine's memory is read and written, on arrays far larger than its caches.
 *
 * <p>Source of the loops and of what is counted: McCalpin, STREAM. Bytes are those that the program
 * reads and writes; that a processor may read what it is to write is not counted.
 */
public class MemoryBandwidth extends Throughput {
    /** 256 MiB an array: caches that several cores share have up to some tens. */
    private static final int LENGTH = 1 << 26;

    /** Entries that a thread takes at a time. */
    private static final int CHUNK = 1 << 20;

    private final float[] a = new float[LENGTH];
    private final float[] b = new float[LENGTH];
    private final float[] c = new float[LENGTH];

    /** Not final, or the compiler would know the product. */
    private float factor = 3;

    /** Counts bytes that were read or written. */
    @AuxCounters
    @State(Scope.Thread)
    public static class Traffic {
        /** Since the iteration began. */
        public long bytes;
    }

    /** Numbers, so that every page is there. */
    @Setup
    public void fill() {
        Arrays.fill(a, 1);
        Arrays.fill(b, 2);
        Arrays.fill(c, 0.5f);
    }

    /** c = a. */
    @Benchmark
    public void copy(Team team, Traffic counter) {
        run(team.members(), (chunk, _) -> copy(a, c, chunk * CHUNK, (chunk + 1) * CHUNK));
        counter.bytes += 2L * Float.BYTES * LENGTH;
    }

    /** a = b + factor c. */
    @Benchmark
    public void triad(Team team, Traffic counter) {
        run(
                team.members(),
                (chunk, _) -> triad(b, c, factor, a, chunk * CHUNK, (chunk + 1) * CHUNK));
        counter.bytes += 3L * Float.BYTES * LENGTH;
    }

    private static void run(ThreadTeam team, ThreadTeam.Task task) {
        team.run(LENGTH / CHUNK, task);
    }

    private static void copy(float[] from, float[] to, int first, int end) {
        for (int i = first; i < end; i++) {
            to[i] = from[i];
        }
    }

    private static void triad(float[] b, float[] c, float factor, float[] a, int first, int end) {
        for (int i = first; i < end; i++) {
            a[i] = b[i] + factor * c[i];
        }
    }
}
