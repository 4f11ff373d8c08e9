package dev.memo.app;

import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.RandomPolicy;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures steps of the world with a policy in the loop. */
@Command(
        name = "sim",
        description = "Measures how fast environments step with a policy in the loop.",
        footerHeading = "%nExample:%n",
        footer = "  memo bench sim --scenario goal2 --policy goal")
final class BenchSimCommand implements Runnable {
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
        BenchCommand.refuseWhatMeansNothing(common);
        BenchCommand.requireSeconds(common, "--warm-up", warmUpSeconds);
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
        double median = BenchCommand.median(result.seconds());
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
                        .formatted(100 * figures.contactFraction, figures.goalsPerThousandSteps));
        common.say(
                "%,d bytes per environment, %.3f bytes allocated per env-step"
                        .formatted(figures.bytesPerEnv, figures.allocatedBytesPerStep));
        common.say("%s; JDK %s".formatted(figures.cpu, figures.jdk));
        common.figures(figures);
    }
}
