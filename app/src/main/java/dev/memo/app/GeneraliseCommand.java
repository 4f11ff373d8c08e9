package dev.memo.app;

import dev.memo.app.report.Finding;
import dev.memo.app.report.Generalisation;
import dev.memo.base.AtomicFiles;
import dev.memo.base.InputException;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.evaluation.GeneralisationReport;
import dev.memo.learner.memo.MemoModel;
import dev.memo.learner.memo.MemoTrainer;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures modes in worlds that are otherwise than the one that they learned in. */
@Command(
        name = "generalise",
        description =
                "Measures modes against their experts in changed worlds: other layouts, more hazards,"
                        + " other extents, noise, a stronger robot.",
        footerHeading = "%nExample:%n",
        footer = "  memo generalise RUN --out generalisation.png")
final class GeneraliseCommand implements Runnable {
    /** Layouts of a set. */
    static final int LAYOUTS = 50;

    @Mixin private CommonOptions common;

    @Parameters(paramLabel = "RUN", description = "The folder of a run of MEMO.")
    private Path run;

    @Option(
            names = "--scenario",
            paramLabel = "SCENARIO",
            description = "The world that is changed; default the one that the run learned in.")
    private String scenario;

    @Option(
            names = "--episodes",
            paramLabel = "N",
            defaultValue = "" + LAYOUTS,
            converter = CommonOptions.AtLeastOne.class,
            description = "Episodes of each expert and mode in each world; default 50.")
    private int episodes;

    @Override
    public void run() {
        common.refuse(
                "--seed", common.givenSeed().isPresent(), "layouts follow the run's own seed");
        common.refuse("--resume", common.resume(), "a measurement starts anew");
        Path png = common.out(null);
        if (png != null && !png.toString().endsWith(".png")) {
            throw common.wrong("--out %s: must end in .png".formatted(png));
        }
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            Laboratory laboratory = new Laboratory(team, device, common.progress());
            LearnedRun learned = LearnedRun.open(run, device);
            Scenario world =
                    scenario == null ? learned.actors().scenario() : Scenario.load(scenario);
            Generalisation found = measure(laboratory, learned, world, episodes);
            if (scenario == null) {
                Finding.GENERALISATION.write(run, found);
            }
            report(found);
            if (scenario == null) {
                common.say("For the report: " + Finding.GENERALISATION.file(run));
            }
        }
    }

    /**
     * Measures a run whose experts are known.
     *
     * @param world that is changed
     * @param layouts of a set
     * @throws InputException if nobody knows the experts, or modes cannot act in the world
     */
    static Generalisation measure(
            Laboratory laboratory, LearnedRun run, Scenario world, int layouts) {
        MemoModel model = run.model();
        Calibration.Matched matched = Calibration.Matched.of(run, laboratory.device());
        if (matched.experts().isEmpty()) {
            throw new InputException(
                    "%s: its data in %s name no experts that can act: nobody to hold modes against"
                            .formatted(run.folder().path(), run.actors().config().data()));
        }
        GeneralisationReport.Recogniser recogniser =
                (spec, acted) -> {
                    Dataset rollouts = new Dataset("rollouts", Optional.empty(), spec, acted);
                    int[] all = IntStream.range(0, acted.size()).toArray();
                    return model.near(MemoTrainer.windows(model.config(), rollouts, all));
                };
        return Generalisation.of(
                GeneralisationReport.of(
                        world,
                        model,
                        recogniser,
                        matched.experts(),
                        matched.matched(),
                        model.config().seed(),
                        layouts,
                        laboratory.team(),
                        laboratory.progress()));
    }

    private void report(Generalisation found) {
        common.say(
                ("%d episodes of each expert and its mode in every world; fidelities in the spread of"
                                + " the experts there, at most 1: no further off than one episode is from another;"
                                + " near: the share of steps recognised as the mode, of the mode / of"
                                + " the expert")
                        .formatted(found.episodes()));
        String measures =
                found.measures().stream()
                        .map(measure -> "%11s".formatted(measure))
                        .collect(Collectors.joining(" "));
        common.say(
                "  %-18s %6s  %-12s %4s %s  %-4s  %s"
                        .formatted("change", "value", "expert", "mode", measures, "kept", "near"));
        for (Generalisation.World world : found.once()) {
            String change =
                    "  %-18s %6s  "
                            .formatted(
                                    world.own() ? "none" : world.change(),
                                    world.own() ? "" : text(world.value()));
            if (world.refusal() != null) {
                common.say(change + "there is none: " + world.refusal());
            }
            for (Generalisation.Outcome one : world.outcomes()) {
                common.say(change + line(found, one));
            }
        }
        Path png = common.out(null);
        if (png != null) {
            byte[] picture = found.picture().png();
            AtomicFiles.write(png, out -> out.write(picture));
            common.say("The picture: " + png);
        }
        common.figures(found);
    }

    private static String line(Generalisation found, Generalisation.Outcome one) {
        String fidelities =
                found.measures().stream()
                        .map(measure -> one.fidelity().get(measure))
                        .map(value -> value == null ? "infinite" : "%.2f".formatted(value))
                        .map("%11s"::formatted)
                        .collect(Collectors.joining(" "));
        return "%-12s %4d %s  %-4s  %.2f / %.2f"
                .formatted(
                        one.expert(),
                        one.mode(),
                        fidelities,
                        one.kept() ? "yes" : "no",
                        one.modeNear(),
                        one.expertNear());
    }

    private static String text(double value) {
        return value == Math.rint(value) ? "%.0f".formatted(value) : Double.toString(value);
    }
}
