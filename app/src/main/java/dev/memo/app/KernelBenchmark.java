package dev.memo.app;

import dev.memo.base.MultiplyAdds;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.kernels.Executable;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * Runs a program again and again on the same rows, as fast as it goes, and beside it what the
 * machine can at most do.
 *
 * @param repeats how many measurements
 * @param seconds of each
 * @param warmUpSeconds of a round before the first one; rounds follow one another until one passes
 *     in which nothing was compiled
 * @param seed of parameters and rows
 */
record KernelBenchmark(int repeats, double seconds, double warmUpSeconds, long seed) {
    /** Something may be compiled now and then for ever. */
    private static final int MOST_ROUNDS = 10;

    /** Rows between two looks at the clock; small batches are over in microseconds. */
    private static final int ROWS_PER_LOOK = 4_096;

    /** Half a second of them. */
    private static final int PEAK_MOMENTS = 500;

    /** About a millisecond: shorter than a thread has its core. */
    private static final int PEAK_RUNS = 10;

    /**
     * What was measured.
     *
     * @param flops of a run
     * @param rowsPerSecond [repeats]
     * @param peak floating-point operations per second of independent multiply-adds on all threads
     *     of the team together
     * @param allocatedBytesPerRun by all threads of the team in all measurements
     * @param compileMillis for which the JIT compiled during the measurements
     */
    record Result(
            long flops,
            double[] rowsPerSecond,
            double peak,
            double allocatedBytesPerRun,
            long compileMillis) {}

    /** So many runs, one after the other. */
    private record Round(long runs, double seconds, long allocatedBytes) {}

    /**
     * Measures.
     *
     * @param team the device's
     * @throws CancellationException if a person stopped it
     */
    Result run(KernelWork work, int batch, Device device, ThreadTeam team, Progress progress) {
        progress.begin("%s, batch %,d".formatted(work, batch), 1L + repeats, "rounds");
        Executable executable = work.compile(device, batch, seed);
        Allocations allocations = new Allocations(team);
        warmUp(executable, batch, allocations, progress);
        double peak = peak(team);
        progress.advance(1);
        double[] rowsPerSecond = new double[repeats];
        long runs = 0;
        long allocated = 0;
        long compiled = compileMillis();
        for (int i = 0; i < repeats; i++) {
            Round round = round(executable, batch, seconds, allocations, progress);
            runs += round.runs;
            allocated += round.allocatedBytes;
            rowsPerSecond[i] = round.runs * batch / round.seconds;
            progress.advance(1);
        }
        compiled = compileMillis() - compiled;
        progress.end();
        return new Result(
                KernelWork.flops(executable.program(), batch),
                rowsPerSecond,
                peak,
                (double) allocated / runs,
                compiled);
    }

    private void warmUp(
            Executable executable, int batch, Allocations allocations, Progress progress) {
        for (int i = 0; i < MOST_ROUNDS; i++) {
            long before = compileMillis();
            round(executable, batch, warmUpSeconds, allocations, progress);
            if (compileMillis() == before) {
                return;
            }
        }
    }

    private static Round round(
            Executable executable,
            int batch,
            double seconds,
            Allocations allocations,
            Progress progress) {
        int runsPerLook = Math.max(1, ROWS_PER_LOOK / batch);
        long allocatedBefore = allocations.bytes();
        long start = System.nanoTime();
        long runs = 0;
        double elapsed;
        do {
            if (progress.stopRequested()) {
                throw new CancellationException("stopped while measuring");
            }
            for (int i = 0; i < runsPerLook; i++) {
                executable.run(batch);
            }
            runs += runsPerLook;
            elapsed = (System.nanoTime() - start) / 1e9;
        } while (elapsed < seconds);
        // Known before the record itself is made.
        long allocated = allocations.bytes() - allocatedBefore;
        return new Round(runs, elapsed, allocated);
    }

    /** The median moment of each thread is one in which nobody else had its core. */
    private static double peak(ThreadTeam team) {
        MultiplyAdds work = new MultiplyAdds();
        float[] sums = new float[team.threads()];
        double[][] seconds = new double[team.threads()][PEAK_MOMENTS];
        team.run(
                sums.length,
                (chunk, _) -> {
                    for (int i = 0; i < PEAK_MOMENTS; i++) {
                        long start = System.nanoTime();
                        for (int j = 0; j < PEAK_RUNS; j++) {
                            sums[chunk] += work.run();
                        }
                        seconds[chunk][i] = (System.nanoTime() - start) / 1e9;
                    }
                });
        return Arrays.stream(seconds)
                .mapToDouble(
                        own -> (double) MultiplyAdds.FLOPS * PEAK_RUNS / BenchCommand.median(own))
                .sum();
    }

    /** Of all compilations that have ended; 0 in a JVM that only interprets. */
    private static long compileMillis() {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        return compiler == null ? 0 : compiler.getTotalCompilationTime();
    }
}
