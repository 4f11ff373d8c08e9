package dev.memo.app;

import dev.memo.app.report.Finding;
import dev.memo.app.report.Novelty;
import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.dataset.ExpertLabels;
import dev.memo.learner.evaluation.Behaviour;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.memo.NoveltyDetector;
import dev.memo.learner.memo.NoveltyScore;
import dev.memo.learner.rollout.Episodes;
import dev.memo.learner.rollout.NoisyPolicy;
import dev.memo.learner.rollout.Policy;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds the mode that is nearest to a new expert, and whether the expert is of none. */
@Command(
        name = "novelty",
        description =
                "Finds the mode that is nearest to a new expert's episodes, and how well they are told"
                        + " from those that the run knows.",
        footerHeading = "%nExample:%n",
        footer = "  memo novelty RUN square,random")
final class NoveltyCommand implements Runnable {
    /** Of each expert. */
    static final int EPISODES = 100;

    @Mixin private CommonOptions common;

    @Parameters(index = "0", paramLabel = "RUN", description = "The folder of a run of MEMO.")
    private Path run;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "EXPERT,...|DATA",
            description =
                    "Experts with commas between them, random among them, or a dataset's folder;"
                            + " default all that are scripted, can act in the run's world and were"
                            + " not learned from, which the run's report shows.")
    private String who;

    @Option(
            names = "--episodes",
            paramLabel = "N",
            converter = CommonOptions.AtLeastOne.class,
            description = "Episodes of each expert; default " + EPISODES + ".")
    private Integer episodes;

    @Option(
            names = "--noise",
            paramLabel = "SD",
            description =
                    "Standard deviation of noise on the experts' actions: give that of the data that"
                            + " the run learned from; default 0.3, the demonstration's.")
    private Double noise;

    @Override
    public void run() {
        common.refuse(
                "--seed", common.givenSeed().isPresent(), "layouts follow the run's own seed");
        common.refuse("--out", common.out(null) != null, "the file goes into the run's folder");
        common.refuse("--resume", common.resume(), "a measurement starts anew");
        double deviation =
                common.fromFlags(
                        () -> {
                            double given = noise == null ? Demonstration.NOISE : noise;
                            NoisyPolicy.check(given);
                            return given;
                        });
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            Laboratory laboratory = new Laboratory(team, device, common.progress());
            Novelty found = found(laboratory, LearnedRun.open(run, device), deviation);
            if (who == null) {
                Finding.NOVELTY.write(run, found);
            }
            report(found);
            if (who == null) {
                common.say("For the report: " + Finding.NOVELTY.file(run));
            }
        }
    }

    private Novelty found(Laboratory laboratory, LearnedRun learned, double deviation) {
        int count = episodes == null ? EPISODES : episodes;
        if (who == null) {
            Scenario world = learned.actors().scenario();
            return measure(laboratory, learned, world, others(learned, world), count, deviation);
        }
        if (!Actors.areExperts(who) && Files.isDirectory(Path.of(who))) {
            common.refuse("--episodes", episodes != null, "data have their own");
            common.refuse("--noise", noise != null, "data have their own");
            return ofData(learned, Path.of(who));
        }
        if (!(Actors.areExperts(who)
                && Actors.of(who, laboratory.team(), laboratory.device())
                        instanceof Actors.OfExperts(List<Expert> experts, _))) {
            throw common.wrong(
                    "%s: must be random, experts (%s, or NAME=RUN), or the folder of a dataset"
                            .formatted(who, String.join(", ", ScriptedExpert.names())));
        }
        Scenario world = learned.actors().scenario();
        return measure(laboratory, learned, world, experts, count, deviation);
    }

    /**
     * The scripted experts that a run did not learn from, and the policy without a law, as far as
     * they can act in a world.
     */
    static List<Expert> others(LearnedRun run, Scenario world) {
        List<String> learned = run.expertNames();
        EnvSpec spec = PointGoalEnv.specOf(world);
        List<Expert> others = new ArrayList<>();
        for (String name : ScriptedExpert.names()) {
            if (!learned.contains(name) && canAct(Expert.scripted(name), spec)) {
                others.add(Expert.scripted(name));
            }
        }
        others.add(Actors.RANDOM_EXPERT);
        return others;
    }

    private static boolean canAct(Expert expert, EnvSpec spec) {
        try {
            expert.check(spec);
            return true;
        } catch (InputException _) {
            return false;
        }
    }

    /**
     * Holds experts against a run: first those whom it learned from, as a check, then others.
     *
     * @param world in which they act, on layouts that nothing was learned or evaluated on
     * @param episodes of each
     * @param noise standard deviation of the noise on their actions
     */
    static Novelty measure(
            Laboratory laboratory,
            LearnedRun run,
            Scenario world,
            List<Expert> others,
            int episodes,
            double noise) {
        List<Expert> learned = run.experts(laboratory.device());
        List<String> labels = learned.stream().map(Expert::label).toList();
        Stream<Expert> added = others.stream().filter(one -> !labels.contains(one.label()));
        List<Expert> all = Stream.concat(learned.stream(), added).toList();
        DatasetSpec spec = DatasetSpec.of(PointGoalEnv.specOf(world));
        NoveltyDetector detector = new NoveltyDetector(run.model(), run.dataset());
        Progress progress = laboratory.progress();
        progress.begin("acting", (long) all.size() * episodes * world.episodeSteps(), "env-steps");
        long[] layouts = Behaviour.layouts(run.actors().seed(), "novelty", episodes);
        List<Novelty.OfExpert> found = new ArrayList<>();
        for (Expert expert : all) {
            Policy policy = expert.policy(noise, laboratory.team());
            Episode[] acted = Episodes.collect(world, policy, layouts, laboratory.team(), progress);
            if (progress.stopRequested()) {
                throw new CancellationException("stopped while experts acted");
            }
            Dataset data = new Dataset(expert.name(), Optional.empty(), spec, List.of(acted));
            boolean known = learned.contains(expert);
            found.add(Novelty.OfExpert.of(expert.name(), known, detector.of(data)));
        }
        progress.end();
        return Novelty.of(world.name(), noise, detector.knownEpisodes(), found);
    }

    /** Holds data against a run: each of those who acted in them, where it is known, by itself. */
    private static Novelty ofData(LearnedRun run, Path folder) {
        Dataset data = Dataset.read(folder);
        List<String> learned = run.expertNames();
        ExpertLabels labels =
                ExpertLabels.read(folder, data)
                        .orElseGet(
                                () ->
                                        new ExpertLabels(
                                                List.of(folder.getFileName().toString()),
                                                new int[data.episodes().size()]));
        NoveltyDetector detector = new NoveltyDetector(run.model(), run.dataset());
        List<Novelty.OfExpert> found = new ArrayList<>();
        for (int i = 0; i < labels.names().size(); i++) {
            int expert = i;
            String name = labels.names().get(i);
            List<Episode> acted =
                    IntStream.range(0, data.episodes().size())
                            .filter(e -> labels.ofEpisode()[e] == expert)
                            .mapToObj(data.episodes()::get)
                            .toList();
            Dataset own = new Dataset(name, data.scenario(), data.spec(), acted);
            found.add(Novelty.OfExpert.of(name, learned.contains(name), detector.of(own)));
        }
        return Novelty.of(detector.knownEpisodes(), found);
    }

    private void report(Novelty found) {
        common.say(
                "against %d held-out episodes of the run's data: AUROC, and FPR at 95 %% TPR: the share that passes for known where 95 %% of those do"
                        .formatted(found.knownEpisodes()));
        common.say(
                "  %-12s %-8s %-13s %-13s %s"
                        .formatted(
                                "expert",
                                "learned",
                                "nearest",
                                "taken for",
                                Arrays.stream(NoveltyScore.values())
                                        .map(score -> "%-25s".formatted(score.key()))
                                        .collect(Collectors.joining(" "))));
        for (Novelty.OfExpert one : found.experts()) {
            String scores =
                    one.scores().values().stream()
                            .map(
                                    score ->
                                            "%-20s %.2f"
                                                    .formatted(score.auroc().text(), score.fpr95()))
                            .collect(Collectors.joining("  "));
            int nearest = one.nearest();
            common.say(
                    "  %-12s %-8s %-13s %-13s %s"
                            .formatted(
                                    one.expert(),
                                    one.learned() ? "yes" : "no",
                                    "mode %d %3.0f %%"
                                            .formatted(
                                                    nearest,
                                                    100.0 * one.modes()[nearest] / one.episodes()),
                                    one.novel() ? "none of them" : "mode " + nearest,
                                    scores));
        }
        common.figures(found);
    }
}
