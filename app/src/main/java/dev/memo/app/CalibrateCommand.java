package dev.memo.app;

import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.guarantee.Confidence;
import dev.memo.learner.guarantee.Coverage;
import dev.memo.learner.guarantee.EpisodeRanges;
import dev.memo.learner.guarantee.Guarantees;
import dev.memo.learner.guarantee.NextValueBound;
import dev.memo.learner.guarantee.Terms;
import dev.memo.learner.ppo.PpoConfig.MultiplierKind;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds what a run's modes guarantee, and writes it into the checkpoint. */
@Command(
        name = "calibrate",
        description =
                "Bounds what each mode of a run earns and costs, with confidence, and tests whether it"
                        + " performs as well as its expert.",
        footerHeading = "%nExample:%n",
        footer = "  memo calibrate runs/open")
final class CalibrateCommand implements Runnable {
    /** Of an episode, as Safety Gym's benchmark has it (Ray, Achiam, Amodei 2019). */
    static final double COST_LIMIT = 25;

    @Mixin private CommonOptions common;

    @Parameters(paramLabel = "RUN", description = "The run's folder.")
    private Path run;

    @Option(
            names = "--scenario",
            paramLabel = "SCENARIO",
            description =
                    "The world that guarantees are about; default the one that was learned in.")
    private String scenario;

    @Option(
            names = "--episodes",
            paramLabel = "N",
            defaultValue = "200",
            converter = CommonOptions.AtLeastOne.class,
            description = "Episodes of each mode, each on a layout of its own; default 200.")
    private int episodes;

    @Option(
            names = "--confidence",
            paramLabel = "C",
            defaultValue = "0.95",
            description = "Of each bound by itself, above 0 and below 1; default 0.95.")
    private double confidence;

    @Option(
            names = "--cost-limit",
            paramLabel = "D",
            description =
                    "Cost of an episode; how often more is paid is bounded. Default the limit that"
                            + " PPO learned with, else 25.")
    private Double costLimit;

    @Option(
            names = "--check",
            paramLabel = "REPEATS",
            converter = CommonOptions.AtLeastOne.class,
            description =
                    "Calibrate so many times more on fresh layouts, and say how often each bound"
                            + " holds.")
    private Integer repeats;

    /**
     * What was found.
     *
     * @param seconds of all rollouts
     * @param coverage by mode; null unless it was asked for
     */
    record Figures(Guarantees guarantees, Map<String, List<Coverage>> coverage, double seconds) {}

    @Override
    public void run() {
        common.refuse(
                "--seed", common.givenSeed().isPresent(), "layouts follow the run's own seed");
        common.refuse("--out", common.out(null) != null, "guarantees go into the run's checkpoint");
        common.refuse("--resume", common.resume(), "a calibration starts anew");
        Confidence level = common.fromFlags(() -> new Confidence(confidence));
        RunFolder folder = RunFolder.open(run);
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            Actors actors = Actors.ofRun(run, team, device);
            Scenario world = scenario == null ? actors.scenario() : Scenario.load(scenario);
            Terms terms = terms(actors, world, level);
            Laboratory laboratory = new Laboratory(team, device, common.progress());
            calibrate(
                    new Calibration(laboratory, actors, actors.seed(), world, terms, episodes),
                    folder);
        }
    }

    private Terms terms(Actors actors, Scenario world, Confidence level) {
        EpisodeRanges ranges = EpisodeRanges.of(world);
        return common.fromFlags(
                () -> {
                    NextValueBound.requireEnough(episodes, level);
                    double limit = costLimit == null ? ownLimit(actors) : costLimit;
                    return new Terms(ranges, level, limit);
                });
    }

    private static double ownLimit(Actors actors) {
        return actors instanceof Actors.OfPpo ppo
                        && ppo.config().ppo().multiplier() != MultiplierKind.NONE
                ? ppo.config().ppo().costLimit()
                : COST_LIMIT;
    }

    private void calibrate(Calibration calibration, RunFolder folder) {
        long start = System.nanoTime();
        Calibration.Matched matched = Calibration.Matched.NOBODY;
        if (calibration.actors() instanceof Actors.OfMemo memo) {
            if (Files.isDirectory(memo.config().data())) {
                Device device = calibration.laboratory().device();
                matched = Calibration.Matched.of(LearnedRun.open(run, device), device);
            }
            if (matched.experts().isEmpty()) {
                common.say(
                        "Its data are gone or name no expert that can act: none to compare with");
            }
        }
        Guarantees guarantees = calibration.guarantees(matched);
        guarantees.write(folder);
        GuaranteeText.lines(guarantees).forEach(common::say);
        common.say("All of it is in " + folder.checkpoint());
        Map<String, List<Coverage>> coverage = repeats == null ? null : check(calibration);
        double seconds = (System.nanoTime() - start) / 1e9;
        common.figures(new Figures(guarantees, coverage, seconds));
    }

    private Map<String, List<Coverage>> check(Calibration calibration) {
        Map<String, List<Coverage>> ofModes = new LinkedHashMap<>();
        List<String> names = calibration.actors().names();
        for (int mode = 0; mode < names.size(); mode++) {
            ofModes.put(names.get(mode), calibration.check(mode, repeats));
        }
        ofModes.forEach(
                (name, coverage) ->
                        GuaranteeText.lines(name, coverage, confidence).forEach(common::say));
        return ofModes;
    }
}
