package dev.memo.app;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.Seeds;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.evaluation.Evaluation;
import dev.memo.learner.evaluation.Measure;
import dev.memo.learner.evaluation.SteeringReport;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.metrics.Fidelity;
import dev.memo.learner.ppo.PpoConfig;
import dev.memo.learner.rollout.Episodes;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.RandomPolicy;
import dev.memo.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The checks that take too long for the tests. */
@Command(
        name = "verify",
        description =
                "The long checks: the same episodes on any threads and by the reference without"
                        + " SIMD, the demonstration.",
        footerHeading = "%nExample:%n",
        footer = "  memo verify")
final class VerifyCommand implements Runnable {
    private static final int SEEDS = 3;
    private static final double LEAST_ARI = 0.9;
    private static final double LARGEST_FIDELITY = 1;
    private static final List<String> WORLDS = List.of("goal1", "goal2");
    private static final int BATCH = 50;

    private static final double LIMIT = 25;

    /** Half of the steps that docs/ppo.md takes leave the cost somewhat above the limit. */
    private static final double SLACK = 10;

    private static final double NO_LIMIT = Double.POSITIVE_INFINITY;

    @Mixin private CommonOptions common;

    @Option(
            names = "--episodes",
            paramLabel = "N",
            defaultValue = "1000",
            converter = CommonOptions.AtLeastOne.class,
            description = "Episodes per check, world and policy that are run twice; default 1000.")
    private int episodes;

    private final List<String> failures = new ArrayList<>();

    /**
     * One check.
     *
     * @param check what was checked
     * @param passed whether it held
     * @param detail what was measured
     */
    record Figures(String check, boolean passed, String detail) {}

    @Override
    public void run() {
        common.refuse("--resume", common.resume(), "the checks start anew");
        for (String world : WORLDS) {
            compareThreads(world, "goal", team -> ScriptedExpert.named("goal", 0, team));
            compareThreads(world, "random", RandomPolicy::new);
        }
        for (String world : WORLDS) {
            compareWithReference(world, "goal", team -> ScriptedExpert.named("goal", 0, team));
            compareWithReference(world, "random", RandomPolicy::new);
            compareWithReference(world, "ram", team -> ScriptedExpert.named("ram", 0, team));
        }
        Path given = common.out(null);
        Path folder = given == null ? temporary() : given;
        for (int seed = 0; seed < SEEDS; seed++) {
            demonstrate(seed, folder.resolve("demo-" + seed));
        }
        learn("PPO in goal1", Map.of("steps", 3_000_000), folder.resolve("ppo"), 25, NO_LIMIT);
        Map<String, ?> limited =
                Map.of("steps", 10_000_000, "multiplier", "pid", "cost_limit", LIMIT);
        learn("PPO in goal1 at cost 25", limited, folder.resolve("ppo-safe"), 18, LIMIT + SLACK);
        if (!failures.isEmpty()) {
            throw new InputException("failed: " + String.join("; ", failures));
        }
    }

    /** Runs episodes one by one on one thread and many together on several: the same bytes. */
    private void compareThreads(String name, String actor, Function<ThreadTeam, Policy> policy) {
        Scenario world = Scenario.load(name);
        long first = Seeds.derive(common.seed(), "verify");
        Progress progress = common.progress();
        progress.begin(
                "%s in %s".formatted(actor, name), 2L * episodes * world.episodeSteps(), "steps");
        int different = 0;
        try (ThreadTeam one = new ThreadTeam(1);
                ThreadTeam several = new ThreadTeam(Math.max(3, common.threads()))) {
            Policy acting = policy.apply(one);
            Policy actingTogether = policy.apply(several);
            for (int done = 0; done < episodes; done += BATCH) {
                int count = Math.min(BATCH, episodes - done);
                long[] seeds = LongStream.range(first + done, first + done + count).toArray();
                Episode[] together =
                        Episodes.collect(world, actingTogether, seeds, several, progress);
                for (int i = 0; i < count; i++) {
                    long[] seed = {seeds[i]};
                    Episode alone = Episodes.collect(world, acting, seed, one, progress)[0];
                    if (progress.stopRequested()) {
                        throw new CancellationException("stopped while verifying");
                    }
                    different += same(alone, together[i]) ? 0 : 1;
                }
            }
        }
        progress.end();
        conclude(
                "%s in %s: %d episodes, alone and together".formatted(actor, name, episodes),
                different == 0,
                different + " differ");
    }

    private static boolean same(Episode a, Episode b) {
        return Arrays.equals(a.observations(), b.observations())
                && Arrays.equals(a.poses(), b.poses())
                && Arrays.equals(a.rewards(), b.rewards())
                && Arrays.equals(a.costs(), b.costs())
                && Arrays.equals(a.goalsMet(), b.goalsMet());
    }

    /** Runs episodes by SIMD and by the reference: the same bits in every step. */
    private void compareWithReference(
            String name, String actor, Function<ThreadTeam, Policy> policy) {
        Scenario world = Scenario.load(name);
        long first = Seeds.derive(common.seed(), "verify");
        Progress progress = common.progress();
        progress.begin(
                "%s in %s, reference".formatted(actor, name),
                (long) episodes * world.episodeSteps(),
                "steps");
        ReferenceComparison.Result result;
        try (ThreadTeam team = new ThreadTeam(common.threads())) {
            result =
                    new ReferenceComparison(world, first, episodes)
                            .run(policy.apply(team), team, progress);
        }
        progress.end();
        conclude(
                "%s in %s: %d episodes, by SIMD and by the reference"
                        .formatted(actor, name, episodes),
                result.difference().isEmpty(),
                "%,d steps, %,d with contacts, %s"
                        .formatted(
                                result.steps(),
                                result.contactSteps(),
                                result.difference()
                                        .map("different: "::concat)
                                        .orElse("the same bits")));
    }

    private void demonstrate(long seed, Path out) {
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            Laboratory laboratory = new Laboratory(team, device, common.progress());
            Evaluation evaluation =
                    Demonstration.create(
                                    out,
                                    seed,
                                    Demonstration.EXPERTS,
                                    Demonstration.Size.FULL,
                                    common.commandLine())
                            .run(laboratory)
                            .orElseThrow(() -> new CancellationException("stopped"));
            double ari = evaluation.codes().agreement().orElseThrow().perEpisode().ari();
            double worst = worstFidelity(evaluation.steering().orElseThrow());
            conclude(
                    "demonstration with seed " + seed,
                    ari >= LEAST_ARI && worst <= LARGEST_FIDELITY,
                    "ARI per episode %.3f (at least %.1f), worst fidelity %.3f (at most %.0f)"
                            .formatted(ari, LEAST_ARI, worst, LARGEST_FIDELITY));
        }
    }

    /** Trains an expert, with steps for a rough one. */
    private void learn(
            String name, Map<String, ?> config, Path out, double leastReturn, double mostCost) {
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            PpoConfig ppo = ConfigJson.with(PpoConfig.DEFAULT.withSeed(common.seed()), config);
            PpoRunConfig asked = PpoRunConfig.of(ppo, Scenario.load("goal1"), 1);
            JsonNode measured =
                    PpoExperiment.create(out, asked, common.commandLine())
                            .run(new Laboratory(team, device, common.progress()))
                            .orElseThrow(() -> new CancellationException("stopped"))
                            .path("mean_action");
            double reached = measured.path("return").path("mean").asDouble();
            double cost = measured.path("cost").path("mean").asDouble();
            conclude(
                    name,
                    reached >= leastReturn && cost <= mostCost,
                    "return %.2f (at least %.0f), cost %.1f%s"
                            .formatted(
                                    reached,
                                    leastReturn,
                                    cost,
                                    mostCost == NO_LIMIT
                                            ? ""
                                            : " (at most %.0f)".formatted(mostCost)));
        }
    }

    private static double worstFidelity(SteeringReport steering) {
        double worst = 0;
        for (int i = 0; i < steering.experts().size(); i++) {
            Map<Measure, Fidelity> fidelity = steering.fidelity(i, false);
            for (Fidelity one : fidelity.values()) {
                worst = Math.max(worst, one.value());
            }
        }
        return worst;
    }

    private void conclude(String check, boolean passed, String detail) {
        common.say("%s  %s: %s".formatted(passed ? "passed" : "FAILED", check, detail));
        common.figures(new Figures(check, passed, detail));
        if (!passed) {
            failures.add(check);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("memo-verify");
        } catch (IOException e) {
            throw new InputException("temporary folder: cannot be made: " + e, e);
        }
    }
}
