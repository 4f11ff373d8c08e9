package dev.memo.app;

import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.evaluation.Evaluation;
import dev.memo.learner.guarantee.Guarantees;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Measures a run. */
@Command(
        name = "evaluate",
        description =
                "Measures a run: MEMO's codes against experts and its modes in the world, PPO's policy"
                        + " on layouts of other seeds.",
        footerHeading = "%nExample:%n",
        footer = "  memo evaluate runs/open")
final class EvaluateCommand implements Runnable {
    /** On which MEMO's modes are steered. */
    private static final int LAYOUTS = 50;

    @Mixin private CommonOptions common;

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's folder.")
    private Path run;

    @Parameters(
            index = "1",
            paramLabel = "SCENARIO",
            arity = "0..1",
            description = "The world to act in; default the one that was learned in, if any.")
    private String scenario;

    @Option(
            names = "--episodes",
            paramLabel = "N",
            converter = CommonOptions.AtLeastOne.class,
            description =
                    "Layouts, which follow from the run's seed; default 50 to steer MEMO on, 100"
                            + " for PPO.")
    private Integer episodes;

    @Override
    public void run() {
        common.refuse(
                "--seed", common.givenSeed().isPresent(), "layouts follow the run's own seed");
        common.refuse("--out", common.out(null) != null, "results go into the run's folder");
        common.refuse("--resume", common.resume(), "an evaluation starts anew");
        RunFolder folder = RunFolder.open(run);
        if (RunConfig.learner(folder).equals(PpoRunConfig.PPO)) {
            evaluatePpo(folder);
        } else {
            evaluateMemo(folder);
        }
    }

    private void evaluatePpo(RunFolder folder) {
        PpoRunConfig config = PpoRunConfig.readOne(folder);
        PpoRunConfig asked =
                scenario == null
                        ? config
                        : new PpoRunConfig(config.ppo(), Scenario.load(scenario), List.of());
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            Laboratory laboratory = new Laboratory(team, device, common.progress());
            JsonNode evaluation =
                    new PpoExperiment(folder, asked, common.commandLine())
                            .evaluate(
                                    laboratory,
                                    episodes == null ? PpoExperiment.EPISODES : episodes);
            PpoExperiment.verdict(evaluation).forEach(common::say);
            sayGuarantees(folder);
            common.say("All of it is in " + folder.evaluation());
            common.figures(evaluation);
        }
    }

    private void evaluateMemo(RunFolder folder) {
        Optional<Scenario> asked = Optional.ofNullable(scenario).map(Scenario::load);
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            Laboratory laboratory = new Laboratory(team, device, common.progress());
            LearnedRun learned = LearnedRun.open(run, device);
            Evaluation evaluation =
                    laboratory.evaluate(
                            learned,
                            asked.or(learned::world),
                            episodes == null ? LAYOUTS : episodes);
            Verdict.lines(evaluation).forEach(common::say);
            sayGuarantees(folder);
            common.say("All of it is in " + folder.evaluation());
            common.figures(evaluation.summary());
        }
    }

    /** What somebody has calibrated, if anybody has. */
    private void sayGuarantees(RunFolder folder) {
        Guarantees.read(folder).ifPresent(known -> GuaranteeText.lines(known).forEach(common::say));
    }
}
