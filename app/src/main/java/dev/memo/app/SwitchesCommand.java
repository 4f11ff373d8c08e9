package dev.memo.app;

import dev.memo.app.report.Finding;
import dev.memo.app.report.Switches;
import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.evaluation.Behaviour;
import dev.memo.learner.evaluation.SwitchReport;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures switches between modes. */
@Command(
        name = "switches",
        description = "Measures what a switch of modes in mid-episode costs, for all pairs.",
        footerHeading = "%nExample:%n",
        footer = "  memo switches RUN")
final class SwitchesCommand implements Runnable {
    @Mixin private CommonOptions common;

    @Parameters(
            paramLabel = "RUN|EXPERTS",
            description = "The folder of a run, or names of experts with commas between them.")
    private String who;

    @Option(
            names = "--scenario",
            paramLabel = "SCENARIO",
            description = "The world to act in; default the one that the run learned in.")
    private String scenario;

    @Option(
            names = "--episodes",
            paramLabel = "N",
            defaultValue = "100",
            converter = CommonOptions.AtLeastOne.class,
            description = "Layouts, the same for all pairs; default 100.")
    private int episodes;

    @Option(
            names = "--at",
            paramLabel = "T",
            defaultValue = "100",
            converter = CommonOptions.AtLeastOne.class,
            description = "Steps of the first mode; default 100.")
    private int at;

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
            List<String> names = actors.names();
            if (names.size() < 2) {
                throw new InputException(who + ": has one mode, and switching needs two");
            }
            Scenario world = scenario == null ? actors.scenario() : Scenario.load(scenario);
            SwitchReport report =
                    measure(
                            actors,
                            world,
                            Behaviour.heldOutLayouts(common.seed(actors), episodes),
                            at,
                            team,
                            common.progress());
            report(names, report);
            if (scenario == null && actors instanceof Actors.OfMemo run) {
                Path path = run.folder().path();
                Finding.SWITCHES.write(path, new Switches(world.name(), episodes, report));
                common.say("For the report: " + Finding.SWITCHES.file(path));
            }
        }
    }

    /**
     * Measures all pairs.
     *
     * @throws InputException if the episode is too short for a switch at that step
     */
    static SwitchReport measure(
            Actors actors,
            Scenario world,
            long[] seeds,
            int at,
            ThreadTeam team,
            Progress progress) {
        int modes = actors.names().size();
        int envs = modes * modes * seeds.length;
        return SwitchReport.of(
                world,
                actors.policy(0),
                actors.recognition(PointGoalEnv.specOf(world), envs),
                seeds,
                at,
                team,
                progress);
    }

    private void report(List<String> names, SwitchReport report) {
        common.say(
                "%d layouts; a switch after %d steps; cost in the %d steps after it"
                        .formatted(episodes, report.switchAt(), SwitchReport.AFTER));
        common.say(
                "  %-12s %-12s %-24s %-24s %-10s %-8s %s"
                        .formatted(
                                "from",
                                "to",
                                "cost",
                                "extra",
                                "recognised",
                                "mistaken",
                                "after steps"));
        for (SwitchReport.Pair pair : report.pairs()) {
            String from = names.get(pair.from());
            String to = names.get(pair.to());
            common.say(
                    "  %-12s %-12s %-24s %-24s %-10s %-8s %s"
                            .formatted(
                                    from,
                                    to,
                                    pair.cost().text(),
                                    pair.extraCost().text(),
                                    text(pair.recognised(), "%.2f"),
                                    text(pair.mistaken(), "%.2f"),
                                    text(pair.medianSteps(), "%.0f")));
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("from", from);
            figures.put("to", to);
            figures.put("switch_at", report.switchAt());
            figures.put("layouts", episodes);
            figures.put("cost", pair.cost());
            figures.put("extra_cost", pair.extraCost());
            figures.put("recognised", orNull(pair.recognised()));
            figures.put("mistaken", orNull(pair.mistaken()));
            figures.put("median_steps", orNull(pair.medianSteps()));
            common.figures(figures);
        }
    }

    private static String text(OptionalDouble number, String format) {
        return number.isPresent() ? format.formatted(number.getAsDouble()) : "-";
    }

    private static Double orNull(OptionalDouble number) {
        return number.isPresent() ? number.getAsDouble() : null;
    }
}
