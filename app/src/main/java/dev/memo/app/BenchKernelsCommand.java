package dev.memo.app;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.kernels.jvm.JvmDevice;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Measures networks, as other libraries are measured. */
@Command(
        name = "kernels",
        description =
                "Measures how fast networks are computed and trained, and which share that is"
                        + " of what this machine can at most do.",
        footerHeading = "%nExample:%n",
        footer = "  memo bench kernels --work mlp-train --batch 256,1024")
final class BenchKernelsCommand implements Runnable {
    private static final double GIGA = 1e9;

    @Mixin private CommonOptions common;

    @Option(
            names = "--work",
            split = ",",
            paramLabel = "NAME",
            converter = WorkName.class,
            description =
                    "What is measured, with commas between: ${COMPLETION-CANDIDATES}; default"
                            + " all.")
    private List<KernelWork> works = List.of(KernelWork.values());

    @Option(
            names = "--batch",
            split = ",",
            paramLabel = "N",
            converter = CommonOptions.AtLeastOne.class,
            description = "Rows per run, with commas between; default those of each work.")
    private List<Integer> batches;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "5",
            converter = CommonOptions.AtLeastOne.class,
            description = "Measurements after the warm-up; default 5.")
    private int repeats;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "2",
            description = "Seconds of a measurement; default 2. One run is the least.")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            defaultValue = "2",
            description =
                    "Seconds of a round of the warm-up; default 2. It has rounds until one"
                            + " passes in which the JIT compiled nothing, at most 10.")
    private double warmUpSeconds;

    /**
     * What was measured.
     *
     * @param samplesPerSecond rows, in the median of the measurements
     * @param bestSamplesPerSecond likewise, in the fastest
     * @param gflops of the matrix products, in the median
     * @param peakGflops of multiply-adds on registers, all threads together; null for devices that
     *     are not these threads
     * @param peakFraction gflops of peakGflops
     * @param allocatedBytesPerRun by all threads
     * @param compileMs for which the JIT compiled during the measurements
     */
    record Figures(
            String work,
            int batch,
            int threads,
            int repeats,
            double samplesPerSecond,
            double bestSamplesPerSecond,
            double gflops,
            Double peakGflops,
            Double peakFraction,
            double allocatedBytesPerRun,
            long compileMs,
            String device,
            String cpu,
            String jdk) {}

    /** The name of a work; enums by themselves are listed under two names each. */
    static final class WorkName implements ITypeConverter<KernelWork> {
        @Override
        public KernelWork convert(String value) {
            for (KernelWork work : KernelWork.values()) {
                if (work.toString().equals(value)) {
                    return work;
                }
            }
            throw new TypeConversionException(
                    value + ": must be of " + List.of(KernelWork.values()));
        }
    }

    @Override
    public void run() {
        BenchCommand.refuseWhatMeansNothing(common);
        BenchCommand.requireSeconds(common, "--seconds", seconds);
        BenchCommand.requireSeconds(common, "--warm-up", warmUpSeconds);
        KernelBenchmark benchmark =
                new KernelBenchmark(repeats, seconds, warmUpSeconds, common.seed());
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            common.say("%s; %s; JDK %s".formatted(device.name(), Machine.cpu(), Runtime.version()));
            common.say(
                    "%-12s %7s %12s %12s %8s %8s"
                            .formatted("work", "batch", "samples/s", "best", "Gflop/s", "of peak"));
            Progress progress = common.progress();
            for (KernelWork work : works) {
                for (int batch : batches == null ? work.batches() : batches) {
                    report(
                            work,
                            batch,
                            team,
                            device,
                            benchmark.run(work, batch, device, team, progress));
                }
            }
        }
    }

    private void report(
            KernelWork work,
            int batch,
            ThreadTeam team,
            Device device,
            KernelBenchmark.Result result) {
        double median = BenchCommand.median(result.rowsPerSecond());
        double flops = median / batch * result.flops();
        Double peak = device instanceof JvmDevice ? result.peak() : null;
        Figures figures =
                new Figures(
                        work.toString(),
                        batch,
                        team.threads(),
                        repeats,
                        median,
                        Arrays.stream(result.rowsPerSecond()).max().orElseThrow(),
                        flops / GIGA,
                        peak == null ? null : peak / GIGA,
                        peak == null ? null : flops / peak,
                        result.allocatedBytesPerRun(),
                        result.compileMillis(),
                        device.name(),
                        Machine.cpu(),
                        Runtime.version().toString());
        String allocated =
                figures.allocatedBytesPerRun == 0
                        ? ""
                        : "; %,.2f bytes allocated per run".formatted(figures.allocatedBytesPerRun);
        common.say(
                "%-12s %,7d %,12.0f %,12.0f %8.1f %8s%s"
                        .formatted(
                                work,
                                batch,
                                figures.samplesPerSecond,
                                figures.bestSamplesPerSecond,
                                figures.gflops,
                                peak == null ? "" : "%.0f %%".formatted(100 * figures.peakFraction),
                                allocated));
        common.figures(figures);
    }
}
