package dev.memo.app;

import dev.memo.app.report.Finding;
import dev.memo.base.InputException;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.control.ControlReport;
import dev.memo.sim.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a rule and a bandit switch modes so that the mean cost keeps a limit. */
@Command(
        name = "control",
        description =
                "Switches modes so that the mean cost of an episode keeps a limit: by a rule and by a"
                        + " bandit, beside single modes, their mixtures and an oracle.",
        footerHeading = "%nExample:%n",
        footer = "  memo control RUN --cost-limit 5")
final class ControlCommand implements Runnable {
    /** In m from a hazard's centre: the usual radius is 0.2 m. */
    static final double[] DISTANCES = {0.4, 0.2, 0.3, 0.6};

    static final int EPISODES = 1_000;
    static final int CALIBRATION = 200;

    @Mixin private CommonOptions common;

    @Parameters(
            index = "0",
            paramLabel = "RUN|EXPERTS",
            description = "The folder of a run, or names of experts with commas between them.")
    private String who;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SCENARIO",
            description = "The world to act in; default the one that the run learned in.")
    private String scenario;

    @Option(
            names = "--cost-limit",
            paramLabel = "C",
            split = ",",
            description =
                    "Limits on the mean cost of an episode; default half way between the cheapest and"
                            + " the dearest mode.")
    private double[] limits = {};

    @Option(
            names = "--near",
            paramLabel = "D",
            split = ",",
            description =
                    "Up to how many m a hazard's centre can be near; the first is the bandit's."
                            + " Default 0.4,0.2,0.3,0.6.")
    private double[] distances = DISTANCES;

    @Option(
            names = "--episodes",
            paramLabel = "N",
            defaultValue = "" + EPISODES,
            converter = CommonOptions.AtLeastOne.class,
            description =
                    "Layouts that everybody acts on, one after the other; default "
                            + EPISODES
                            + ".")
    private int episodes;

    @Option(
            names = "--calibration",
            paramLabel = "N",
            defaultValue = "" + CALIBRATION,
            converter = CommonOptions.AtLeastOne.class,
            description =
                    "Other layouts, from which the rule knows its plans; default "
                            + CALIBRATION
                            + ".")
    private int calibration;

    @Override
    public void run() {
        common.refuse("--resume", common.resume(), "a measurement starts anew");
        common.refuse("--out", common.out(null) != null, "figures are printed; see --json");
        if (!Actors.areNamed(who)) {
            throw common.wrong(who + ": must be " + Actors.rule());
        }
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            Actors actors = Actors.of(who, team, device);
            if (actors.names().size() < 2) {
                throw new InputException(who + ": has one mode, and control needs two");
            }
            ControlReport.Plans plans =
                    common.fromFlags(
                            () ->
                                    new ControlReport.Plans(
                                            actors.policy(0), actors.names(), distances, limits));
            Scenario world = scenario == null ? actors.scenario() : Scenario.load(scenario);
            ControlReport report =
                    ControlReport.of(
                            world,
                            plans,
                            episodes,
                            calibration,
                            common.seed(actors),
                            team,
                            common.progress());
            say(report);
            if (scenario == null && actors instanceof Actors.OfMemo memo) {
                Finding.CONTROL.write(memo.folder().path(), report);
                common.say("For the report: " + Finding.CONTROL.file(memo.folder().path()));
            }
            common.figures(report);
        }
    }

    private void say(ControlReport report) {
        common.say(
                "%d layouts of %s; the rule knows its plans from %d others"
                        .formatted(
                                report.episodes(),
                                report.scenario(),
                                report.calibrationEpisodes()));
        for (ControlReport.Result mode : report.modes()) {
            common.say(
                    "  %-12s return %s, cost %s"
                            .formatted(
                                    mode.what(),
                                    mode.episodeReturn().text(),
                                    mode.episodeCost().text()));
        }
        double least = report.plans().getFirst().episodeCost();
        for (ControlReport.AtLimit at : report.limits()) {
            common.say("at a mean cost of at most %.2f:".formatted(at.costLimit()));
            common.say(
                    "  %-12s %-24s %-24s %-7s %-7s %s"
                            .formatted("", "return", "cost", "share", "way", ""));
            say("best mode", at.bestMode());
            say("mixture", at.mixture());
            say("oracle", at.oracle());
            say("rule", at.rule());
            say("bandit", at.bandit());
            say("bandit later", at.banditLater());
            if (at.costLimit() < least) {
                common.say(
                        "  the cheapest plan of the rule costs %.2f: it can keep no lower limit"
                                .formatted(least));
            }
        }
    }

    private void say(String who, ControlReport.Result result) {
        common.say(
                result == null
                        ? "  %-12s keeps it by no choice".formatted(who)
                        : "  %-12s %-24s %-24s %-7s %-7s %s"
                                .formatted(
                                        who,
                                        result.episodeReturn().text(),
                                        result.episodeCost().text(),
                                        text(result.share()),
                                        text(result.way()),
                                        result.what()));
    }

    private static String text(Double share) {
        return share == null ? "-" : "%.0f %%".formatted(100 * share);
    }
}
