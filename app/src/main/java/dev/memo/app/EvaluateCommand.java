package dev.memo.app;

import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.evaluation.Evaluation;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a run. */
@Command(
        name = "evaluate",
        description = "Measures a run: its codes against experts, its modes steered in the world.",
        footerHeading = "%nExample:%n",
        footer = "  memo evaluate runs/open")
final class EvaluateCommand implements Runnable {
    @Mixin private CommonOptions common;

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's folder.")
    private Path run;

    @Parameters(
            index = "1",
            paramLabel = "SCENARIO",
            arity = "0..1",
            description = "The world to steer in; default the one that the data come from, if any.")
    private String scenario;

    @Option(
            names = "--episodes",
            paramLabel = "N",
            defaultValue = "50",
            converter = CommonOptions.AtLeastOne.class,
            description = "Layouts to steer on, which follow from the run's seed; default 50.")
    private int episodes;

    @Override
    public void run() {
        common.refuse(
                "--seed", common.givenSeed().isPresent(), "layouts follow the run's own seed");
        common.refuse("--out", common.out(null) != null, "results go into the run's folder");
        common.refuse("--resume", common.resume(), "an evaluation starts anew");
        RunFolder folder = RunFolder.open(run);
        RunConfig config = RunConfig.read(folder);
        Dataset dataset = Dataset.read(config.data());
        Optional<Scenario> world =
                scenario == null
                        ? dataset.scenario().map(json -> Scenario.parse(json, config.data() + ""))
                        : Optional.of(Scenario.load(scenario));
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            Laboratory laboratory = new Laboratory(team, device, common.progress());
            Evaluation evaluation = laboratory.evaluate(folder, config, dataset, world, episodes);
            Verdict.lines(evaluation).forEach(common::say);
            common.say("All of it is in " + folder.evaluation());
            common.figures(evaluation.summary());
        }
    }
}
