package dev.memo.app;

import dev.memo.app.report.Finding;
import dev.memo.app.report.Steerings;
import dev.memo.app.report.Steerings.Way;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.evaluation.Behaviour;
import dev.memo.learner.memo.MemoModel;
import dev.memo.learner.memo.MemoRecognition;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Steers a run. */
@Command(
        name = "steer",
        description =
                "Steers a run: to a mode, through several, away from one, or between two; what it"
                        + " then does, and recordings with --out. Without any of these every mode,"
                        + " away from each and half way between each two; the run's report shows"
                        + " them.",
        footerHeading = "%nExample:%n",
        footer = "  memo steer RUN --modes 2:150,0:150")
final class SteerCommand implements Runnable {
    private static final int RECORDED = 4;

    @Mixin private CommonOptions common;

    @Parameters(index = "0", paramLabel = "RUN", description = "The folder of a run of MEMO.")
    private Path run;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SCENARIO",
            description = "The world to act in; default the one that the run learned in.")
    private String scenario;

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private How how;

    @Option(
            names = "--episodes",
            paramLabel = "N",
            defaultValue = "100",
            converter = CommonOptions.AtLeastOne.class,
            description = "Layouts; default 100.")
    private int episodes;

    @Option(
            names = "--record",
            paramLabel = "N",
            converter = CommonOptions.AtLeastOne.class,
            description = "Layouts that are recorded into --out; default 4.")
    private Integer recorded;

    /** One of them. */
    static final class How {
        @Option(names = "--mode", paramLabel = "M", description = "One mode throughout.")
        private Integer mode;

        @Option(
                names = "--modes",
                paramLabel = "M:STEPS,...",
                description = "One mode after the other, such as 2:300,0:300; the last one stays.")
        private String modes;

        @Option(
                names = "--avoid",
                paramLabel = "M",
                description =
                        "All modes but this one, an episode each in turn; beside all modes in turn.")
        private Integer avoid;

        @Option(
                names = "--between",
                paramLabel = "A:B[:SHARE]",
                description = "A context between those of two modes: SHARE 0 is A, 1 is B.")
        private String between;

        List<SteeringPlan> plans(MemoModel model) {
            if (mode != null) {
                return List.of(SteeringPlan.mode(model, mode));
            }
            if (modes != null) {
                return List.of(SteeringPlan.modes(model, modes));
            }
            return avoid != null
                    ? List.of(SteeringPlan.unsteered(model), SteeringPlan.avoid(model, avoid))
                    : List.of(SteeringPlan.between(model, between));
        }
    }

    @Override
    public void run() {
        common.refuse("--resume", common.resume(), "steering starts anew");
        common.refuse("--record", recorded != null && common.out(null) == null, "give --out too");
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            if (!(Actors.ofRun(run, team, device) instanceof Actors.OfMemo actors)) {
                throw common.wrong(run + ": only runs of MEMO have contexts to steer by");
            }
            MemoModel model = actors.model();
            List<SteeringPlan> plans =
                    how == null
                            ? SteeringPlan.all(model)
                            : common.fromFlags(() -> how.plans(model));
            Scenario world = scenario == null ? actors.scenario() : Scenario.load(scenario);
            List<Way> ways = new ArrayList<>();
            for (SteeringPlan plan : plans) {
                Way way = steer(plan, actors, world, team);
                report(way);
                ways.add(way);
            }
            if (how == null && scenario == null) {
                Finding.STEERINGS.write(run, new Steerings(world.name(), ways));
                common.say("For the report: " + Finding.STEERINGS.file(run));
            }
        }
    }

    private Way steer(SteeringPlan plan, Actors.OfMemo actors, Scenario world, ThreadTeam team) {
        long[] seeds = Behaviour.heldOutLayouts(common.seed(actors), episodes);
        return plan.drive(actors.model(), world, seeds, team, common.progress())
                .with(record(plan, actors, world, team));
    }

    /** The first layouts once more. */
    private List<String> record(
            SteeringPlan plan, Actors.OfMemo actors, Scenario world, ThreadTeam team) {
        MemoModel model = actors.model();
        List<String> files = new ArrayList<>();
        Path folder = common.out(null);
        if (folder != null) {
            long[] seeds =
                    Behaviour.heldOutLayouts(
                            common.seed(actors),
                            Math.min(recorded == null ? RECORDED : recorded, episodes));
            Progress silent = Progress.SILENT;
            Recorder recorder = new Recorder(folder, world, seeds, team, silent);
            recorder.record(
                    plan.name(),
                    plan.label(),
                    plan.policy(model),
                    new MemoRecognition(model, recorder.spec(), recorder.watched()),
                    (file, _) -> files.add(file.toString()));
        }
        return files;
    }

    private void report(Way way) {
        common.say(
                "%s: return %s, cost %s, %.2f goals per 1000 steps"
                        .formatted(
                                way.steering(),
                                way.episodeReturn().text(),
                                way.episodeCost().text(),
                                way.goalsPerThousandSteps()));
        for (int mode = 0; mode < way.near().length; mode++) {
            common.say(
                    "  near mode %d in %.1f %% of the steps; its log-likelihood %.2f nats a step"
                            .formatted(mode, 100 * way.near()[mode], way.logDensity()[mode]));
        }
        way.recordings().forEach(file -> common.say("  " + file));
        common.figures(way);
    }
}
