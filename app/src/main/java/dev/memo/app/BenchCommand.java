package dev.memo.app;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.kernels.jvm.JvmDevice;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.RandomPolicy;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How fast things are on this machine. */
@Command(
        name = "bench",
        description = "How fast things are on this machine.",
        subcommands = {BenchCommand.Sim.class, BenchCommand.Kernels.class})
final class BenchCommand {

    private static void refuseWhatMeansNothing(CommonOptions common) {
        common.refuse("--resume", common.resume(), "a measurement starts anew");
        common.refuse("--out", common.out(null) != null, "figures are printed; see --json");
    }

    private static void requireSeconds(CommonOptions common, String flag, double seconds) {
        if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw common.wrong(flag + " " + seconds + ": must be seconds from 0 on");
        }
    }

    /** The middle one of some values, or the mean of the two in the middle. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Measures steps of the world with a policy in the loop. */
    @Command(
            name = "sim",
            description = "Measures how fast environments step with a policy in the loop.",
            footerHeading = "%nExample:%n",
            footer = "  memo bench sim --scenario goal2 --policy goal")
    static final class Sim implements Runnable {
        @Mixin private CommonOptions common;

        @Option(
                names = "--scenario",
                paramLabel = "SCENARIO",
                defaultValue = "goal1",
                description = "A scenario file, or the name of one; default goal1.")
        private String scenario;

        @Option(
                names = "--policy",
                paramLabel = "POLICY",
                defaultValue = "random",
                description =
                        "random, the name of an expert, or the sizes of a network's input and"
                                + " layers such as 60-64-64-4: tanh, random weights, outputs mean"
                                + " and log deviation, of which the mean acts. Default random.")
        private String policy;

        @Option(
                names = "--envs",
                paramLabel = "N",
                defaultValue = "4096",
                converter = CommonOptions.AtLeastOne.class,
                description = "Environments that step together; default 4096.")
        private int envs;

        @Option(
                names = "--steps",
                paramLabel = "T",
                defaultValue = "2000",
                converter = CommonOptions.AtLeastOne.class,
                description = "Steps of each environment in a measurement; default 2000.")
        private int steps;

        @Option(
                names = "--repeat",
                paramLabel = "N",
                defaultValue = "5",
                converter = CommonOptions.AtLeastOne.class,
                description = "Measurements after the warm-up; default 5.")
        private int repeats;

        @Option(
                names = "--warm-up",
                paramLabel = "S",
                defaultValue = "10",
                description =
                        "Seconds of steps before the first measurement; default 10. One episode is"
                                + " the least: it spreads the ends of episodes over the steps.")
        private double warmUpSeconds;

        /**
         * What was measured.
         *
         * @param steps of each environment in a measurement
         * @param seconds the median of the measurements
         * @param stepsPerSecond of all environments together, in the median
         * @param bestStepsPerSecond likewise, in the fastest
         * @param contactFraction steps in which the engine resolved contacts, of all
         * @param goalsPerThousandSteps in the warm-up
         * @param bytesPerEnv of the heap
         * @param allocatedBytesPerStep per step of one environment
         */
        record Figures(
                String scenario,
                String policy,
                int envs,
                int threads,
                int steps,
                int repeats,
                double seconds,
                double stepsPerSecond,
                double bestStepsPerSecond,
                double contactFraction,
                double goalsPerThousandSteps,
                long bytesPerEnv,
                double allocatedBytesPerStep,
                String device,
                String cpu,
                String jdk) {}

        @Override
        public void run() {
            refuseWhatMeansNothing(common);
            requireSeconds(common, "--warm-up", warmUpSeconds);
            Scenario world = Scenario.load(scenario);
            SimBenchmark benchmark =
                    new SimBenchmark(world, envs, steps, repeats, warmUpSeconds, common.seed());
            try (ThreadTeam team = new ThreadTeam(common.threads());
                    Device device = common.device(team)) {
                SimBenchmark.Result result =
                        benchmark.run(policy(team, device), team, common.progress());
                report(world, team, device, result);
            }
        }

        private Policy policy(ThreadTeam team, Device device) {
            if (policy.equals("random")) {
                return new RandomPolicy(team);
            }
            if (ScriptedExpert.names().contains(policy)) {
                return ScriptedExpert.named(policy, 0, team);
            }
            if (NetworkPolicy.describes(policy)) {
                return NetworkPolicy.of(policy, device);
            }
            throw common.wrong(
                    "--policy %s: must be random, one of %s, or sizes such as 60-64-64-4"
                            .formatted(policy, String.join(", ", ScriptedExpert.names())));
        }

        private void report(
                Scenario world, ThreadTeam team, Device device, SimBenchmark.Result result) {
            double median = median(result.seconds());
            double best = Arrays.stream(result.seconds()).min().orElseThrow();
            double work = (double) envs * steps;
            Figures figures =
                    new Figures(
                            world.name(),
                            policy,
                            envs,
                            team.threads(),
                            steps,
                            repeats,
                            median,
                            work / median,
                            work / best,
                            result.contactFraction(),
                            1000 * result.goalRate(),
                            Math.round(result.bytesPerEnv()),
                            result.allocatedBytesPerStep(),
                            device.name(),
                            Machine.cpu(),
                            Runtime.version().toString());
            common.say(
                    "%s, %s: %,d environments on %d threads, %,d steps of each"
                            .formatted(world.name(), policy, envs, team.threads(), steps));
            common.say(
                    "%,.0f env-steps/s (median of %d; best %,.0f), %.1f ns per env-step and core"
                            .formatted(
                                    figures.stepsPerSecond,
                                    repeats,
                                    figures.bestStepsPerSecond,
                                    1e9 * team.threads() / figures.stepsPerSecond));
            common.say(
                    "contacts in %.2f %% of the steps, %.2f goals per 1000 steps"
                            .formatted(
                                    100 * figures.contactFraction, figures.goalsPerThousandSteps));
            common.say(
                    "%,d bytes per environment, %.3f bytes allocated per env-step"
                            .formatted(figures.bytesPerEnv, figures.allocatedBytesPerStep));
            common.say("%s; JDK %s".formatted(figures.cpu, figures.jdk));
            common.figures(figures);
        }
    }

    /** Measures networks, as other libraries are measured. */
    @Command(
            name = "kernels",
            description =
                    "Measures how fast networks are computed and trained, and which share that is"
                            + " of what this machine can at most do.",
            footerHeading = "%nExample:%n",
            footer = "  memo bench kernels --work mlp-train --batch 256,1024")
    static final class Kernels implements Runnable {
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
         * @param peakGflops of multiply-adds on registers, all threads together; null for devices
         *     that are not these threads
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
            refuseWhatMeansNothing(common);
            requireSeconds(common, "--seconds", seconds);
            requireSeconds(common, "--warm-up", warmUpSeconds);
            KernelBenchmark benchmark =
                    new KernelBenchmark(repeats, seconds, warmUpSeconds, common.seed());
            try (ThreadTeam team = new ThreadTeam(common.threads());
                    Device device = common.device(team)) {
                common.say(
                        "%s; %s; JDK %s"
                                .formatted(device.name(), Machine.cpu(), Runtime.version()));
                common.say(
                        "%-12s %7s %12s %12s %8s %8s"
                                .formatted(
                                        "work",
                                        "batch",
                                        "samples/s",
                                        "best",
                                        "Gflop/s",
                                        "of peak"));
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
            double median = median(result.rowsPerSecond());
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
                            : "; %,.2f bytes allocated per run"
                                    .formatted(figures.allocatedBytesPerRun);
            common.say(
                    "%-12s %,7d %,12.0f %,12.0f %8.1f %8s%s"
                            .formatted(
                                    work,
                                    batch,
                                    figures.samplesPerSecond,
                                    figures.bestSamplesPerSecond,
                                    figures.gflops,
                                    peak == null
                                            ? ""
                                            : "%.0f %%".formatted(100 * figures.peakFraction),
                                    allocated));
            common.figures(figures);
        }
    }
}
