package dev.memo.app;

import dev.memo.base.Progress;
import dev.memo.base.Seeds;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.DatasetWriter;
import dev.memo.learner.metrics.Interval;
import dev.memo.learner.rollout.EpisodeCollector;
import dev.memo.learner.rollout.EpisodeStatistics;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.Rollout;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.env.VectorEnv;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a policy in many environments. */
@Command(
        name = "rollout",
        description = "Runs a policy in many environments; statistics, and data if asked.",
        footerHeading = "%nExample:%n",
        footer = "  memo rollout goal1 --policy goal --envs 256 --steps 1000")
final class RolloutCommand implements Runnable {
    /** Of the heap; the batch itself and the garbage of writing need the rest. */
    private static final double USABLE = 0.7;

    @Mixin private CommonOptions common;

    @Parameters(
            paramLabel = "SCENARIO",
            description = "A scenario file, or the name of one that comes with MEMO.")
    private String scenario;

    @Option(
            names = "--policy",
            required = true,
            paramLabel = "POLICY",
            description = "random, the name of an expert, or the folder of a run.")
    private String policy;

    @Option(
            names = "--mode",
            paramLabel = "M",
            description = "The mode that a run is steered to; default 0.")
    private Integer mode;

    @Option(
            names = "--envs",
            paramLabel = "N",
            defaultValue = "64",
            converter = CommonOptions.AtLeastOne.class,
            description = "Environments that step together; default 64.")
    private int envs;

    @Option(
            names = "--steps",
            paramLabel = "T",
            defaultValue = "1000",
            converter = CommonOptions.AtLeastOne.class,
            description = "Steps of each environment; default 1000. Memory does not grow with it.")
    private int steps;

    /**
     * What was measured; means and intervals over the episodes that ended, null where none did.
     *
     * @param episodes how many ended
     * @param written how many of them are in the data: all, unless a person stopped it
     * @param data the folder of the datasets, null without --out
     */
    record Figures(
            long steps,
            double seconds,
            double stepsPerSecond,
            long episodes,
            Interval episodeReturn,
            Interval episodeCost,
            double goalsPerThousandSteps,
            double costRate,
            long written,
            String data) {}

    private long written;

    @Override
    public void run() {
        common.refuse("--resume", common.resume(), "a rollout starts anew; give another --out");
        if (!Actors.areNamed(policy)) {
            throw common.wrong("--policy %s: must be %s".formatted(policy, Actors.rule()));
        }
        Scenario world = Scenario.load(scenario);
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team);
                VectorEnv env = new PointGoalEnv(world, envs, Autoreset.SAME_STEP, team)) {
            run(world, env, policy(team, device));
        }
    }

    private Policy policy(ThreadTeam team, Device device) {
        Actors actors = Actors.of(policy, team, device);
        if (actors instanceof Actors.OfExperts && actors.names().size() > 1) {
            throw common.wrong("--policy %s: a rollout is of one expert".formatted(policy));
        }
        if (mode == null) {
            return actors.policy(0);
        }
        return common.fromFlags(
                () -> {
                    actors.requireMode(mode);
                    return actors.policy(mode);
                });
    }

    private void run(Scenario world, VectorEnv env, Policy acting) {
        long first = Seeds.derive(common.seed(), "rollout");
        long[] seeds = LongStream.range(first, first + envs).toArray();
        Path folder = common.out(null);
        if (folder != null) {
            refuseTooManyFor(env.spec());
        }
        EpisodeStatistics statistics = new EpisodeStatistics(env.spec());
        Progress progress = common.progress();
        progress.begin("rollout", (long) envs * steps, "env-steps");
        long start = System.nanoTime();
        if (folder == null) {
            Rollout.run(env, acting, seeds, steps, progress, statistics);
        } else {
            try (DatasetWriter writer =
                    new DatasetWriter(
                            folder,
                            "Rollouts of " + policy + " in the scenario " + world.name(),
                            Optional.of(world.toJson()),
                            DatasetSpec.of(env.spec()))) {
                // All environments may end an episode in one step: a person who stops this does
                // not wait until all of them are written.
                EpisodeCollector.Sink sink =
                        (_, episode) -> {
                            if (!progress.stopRequested()) {
                                writer.add(episode, policy);
                                written++;
                            }
                        };
                EpisodeCollector collector = new EpisodeCollector(env.spec(), seeds, sink);
                Rollout.run(env, acting, seeds, steps, progress, statistics.and(collector));
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        progress.end();
        report(statistics, seconds, folder);
    }

    /** Data need memory for an episode of every environment, and for what is being written. */
    private void refuseTooManyFor(EnvSpec spec) {
        long perStep = DatasetSpec.of(spec).bytesPerStep();
        long underWay = perStep * spec.episodeSteps() * envs;
        long written = perStep * DatasetWriter.HELD_STEPS;
        long heap = Runtime.getRuntime().maxMemory();
        if (underWay + written > heap * USABLE) {
            throw common.wrong(
                    ("--envs %d: their episodes take %d MiB and the data being written %d, too"
                                    + " much for a heap of %d MiB: take fewer, or a larger --heap")
                            .formatted(envs, underWay >> 20, written >> 20, heap >> 20));
        }
    }

    private void report(EpisodeStatistics statistics, double seconds, Path folder) {
        long done = statistics.steps();
        Interval returns = statistics.returns();
        Interval costs = statistics.costs();
        common.say(
                "%,d env-steps in %.1f s: %,.0f per second"
                        .formatted(done, seconds, done / seconds));
        common.say(
                "%.2f goals per 1000 steps, cost %.4f per step"
                        .formatted(1000 * statistics.goalRate(), statistics.costRate()));
        common.say(
                returns == null
                        ? "no episode ended: --steps is below the scenario's episode"
                        : "%d episodes: return %s, cost %s (mean, 95 %% interval)"
                                .formatted(statistics.episodes(), returns.text(), costs.text()));
        if (folder != null) {
            common.say("%d episodes are in %s".formatted(written, folder));
        }
        common.figures(
                new Figures(
                        done,
                        seconds,
                        done / seconds,
                        statistics.episodes(),
                        returns,
                        costs,
                        1000 * statistics.goalRate(),
                        statistics.costRate(),
                        written,
                        folder == null ? null : folder.toString()));
    }
}
