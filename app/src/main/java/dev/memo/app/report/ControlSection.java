package dev.memo.app.report;

import dev.memo.app.picture.PlanePainter;
import dev.memo.app.picture.PlanePainter.Curve;
import dev.memo.app.picture.PlanePainter.Kind;
import dev.memo.app.picture.PlanePainter.Spot;
import dev.memo.learner.control.ControlReport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What is earned at a cost limit if modes are switched. */
final class ControlSection {
    private ControlSection() {}

    /** Writes nothing where nothing was measured. */
    static void write(Html html, RunFolder run) {
        Finding.CONTROL.read(run.folder()).ifPresent(report -> write(html, report));
    }

    private static void write(Html html, ControlReport report) {
        html.section("control", "Keeping a cost limit");
        html.element(
                "p",
                ("Modes are switched so that the mean cost of an episode keeps a limit; everybody"
                                + " on the same %d layouts of %s. The rule lets one mode act, and"
                                + " another one while its lidar sees a hazard near by; from %d"
                                + " other layouts it knows what such plans earn and cost. The"
                                + " bandit chooses among such plans too, but knows nothing of them"
                                + " at first. The oracle knows in hindsight what each mode does on"
                                + " each layout, and chooses one for each. Shares are of its return,"
                                + " and of the way from the best mode's return to it.")
                        .formatted(
                                report.episodes(),
                                report.scenario(),
                                report.calibrationEpisodes()));
        html.open("figure", "style", "max-width: %dpx".formatted(PlanePainter.WIDTH));
        Pictures.image(
                html,
                PlanePainter.paint(
                        "cost per episode",
                        "return per episode",
                        spots(report),
                        curves(report),
                        limit(report)),
                "Return over cost of each mode, of the rule and of the bandit, with what the oracle"
                        + " and mixtures of modes reach within each limit");
        html.element(
                        "figcaption",
                        "A cross is the 95 % interval over layouts. Mixtures draw one of two modes"
                                + " for each episode. 0 is what a robot earns that stands still.")
                .close();
        report.limits().forEach(at -> table(html, at));
        html.close();
    }

    private static List<Spot> spots(ControlReport report) {
        List<Spot> spots = new ArrayList<>();
        report.modes().forEach(mode -> spots.add(spot(Kind.MODE, mode.what(), mode)));
        boolean several = report.limits().size() > 1;
        for (ControlReport.AtLimit at : report.limits()) {
            String label = several ? Figures.number(at.costLimit()) : "";
            spots.add(spot(Kind.RULE, label, at.rule()));
            spots.add(spot(Kind.BANDIT, label, at.bandit()));
        }
        return spots;
    }

    private static Spot spot(Kind kind, String label, ControlReport.Result result) {
        return new Spot(kind, label, result.episodeCost(), result.episodeReturn());
    }

    private static List<Curve> curves(ControlReport report) {
        return List.of(curve("oracle", report.oracle()), curve("mixtures", report.mixtures()));
    }

    private static Curve curve(String name, List<ControlReport.Place> places) {
        return new Curve(
                name,
                places.stream().mapToDouble(ControlReport.Place::episodeCost).toArray(),
                places.stream().mapToDouble(ControlReport.Place::episodeReturn).toArray());
    }

    private static OptionalDouble limit(ControlReport report) {
        return report.limits().size() == 1
                ? OptionalDouble.of(report.limits().getFirst().costLimit())
                : OptionalDouble.empty();
    }

    private static void table(Html html, ControlReport.AtLimit at) {
        Tables.open(html, "At a mean cost of at most " + Figures.number(at.costLimit()), "");
        Tables.heads(
                html,
                List.of(
                        "who",
                        "return",
                        "cost",
                        "of the oracle's",
                        "of the way to it",
                        "what it does most"));
        html.open("tbody");
        row(html, "best mode that keeps it", at.bestMode());
        row(html, "best mixture of modes", at.mixture());
        row(html, "oracle", at.oracle());
        row(html, "rule", at.rule());
        row(html, "bandit", at.bandit());
        row(html, "bandit, second half", at.banditLater());
        html.close();
        Tables.close(html);
    }

    private static void row(Html html, String who, ControlReport.Result result) {
        html.open("tr").element("th", who, "scope", "row");
        if (result == null) {
            html.element("td", "none keeps it", "colspan", "5").close();
            return;
        }
        Tables.interval(html, result.episodeReturn());
        Tables.interval(html, result.episodeCost());
        Tables.cell(html, percent(result.share()));
        Tables.cell(html, percent(result.way()));
        html.element("td", result.what(), "class", "words").close();
    }

    private static String percent(Double share) {
        return share == null ? "–" : Figures.percent(share).replace('-', '−');
    }
}
