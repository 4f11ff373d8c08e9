package dev.memo.app.report;

import dev.memo.learner.metrics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a mode does what its expert does, measure by measure. */
final class SteeringSection {
    /** Up to here a mode counts as like its expert. */
    static final double CLOSE = 1;

    private SteeringSection() {}

    static void write(Html html, RunFolder run) {
        html.open("section", "id", "steering").element("h2", "Steering");
        Evaluation.Steering steering = run.evaluation().map(Evaluation::steering).orElse(null);
        if (steering == null) {
            html.element("p", missing(run)).close();
            return;
        }
        html.element(
                "p",
                ("Each expert and each mode ran %d episodes of %d steps from the same starts, in"
                                + " layouts that were not trained on. The fidelity distance is how"
                                + " far the mode's mean lies from the expert's, in units of the"
                                + " expert's own spread (or 5 %% of the range over all experts,"
                                + " where that is more); 1 or less counts as alike. Beside it stands"
                                + " the interval of mode less expert, in the same units.")
                        .formatted(steering.episodes(), steering.steps()));
        fidelity(html, steering);
        modes(html, steering);
        html.close();
    }

    private static String missing(RunFolder run) {
        if (run.evaluation().isEmpty()) {
            return "Not evaluated yet.";
        }
        return run.evaluation().get().scenario() == null
                ? "Nothing can be said here: the data comes from elsewhere, and MEMO has no world"
                        + " for it in which experts and modes could run."
                : "This evaluation holds no rollouts.";
    }

    private static void fidelity(Html html, Evaluation.Steering steering) {
        Tables.open(html, "Experts and their matched modes, with 95 % intervals", "");
        Tables.heads(
                html,
                List.of(
                        "measure",
                        "fidelity distance",
                        "expert",
                        "mode, mean actions",
                        "mode, sampled actions",
                        "fidelity distance, sampled"));
        for (Evaluation.Match match : steering.experts()) {
            html.open("tbody").open("tr");
            html.element(
                    "th",
                    Figures.words(match.expert())
                            + (match.matched()
                                    ? ", steered by mode " + match.mode()
                                    : ": no mode is left for it"),
                    "scope",
                    "rowgroup",
                    "colspan",
                    "6",
                    "class",
                    "group");
            html.close();
            for (String measure : match.matched() ? steering.measures() : List.<String>of()) {
                html.open("tr").element("th", Figures.words(measure), "scope", "row");
                distance(
                        html, match.fidelity().get(measure), match.fidelityInterval().get(measure));
                statistic(html, match.expertStats().get(measure));
                statistic(html, match.modeStats().get(measure));
                statistic(html, match.modeStatsSampled().get(measure));
                distance(html, match.fidelitySampled().get(measure), null);
                html.close();
            }
            html.close();
        }
        Tables.close(html);
    }

    private static void modes(Html html, Evaluation.Steering steering) {
        Tables.open(html, "What every mode does, mean actions, with 95 % intervals", "");
        List<String> heads = new ArrayList<>(List.of("mode"));
        steering.measures().forEach(measure -> heads.add(Figures.words(measure)));
        Tables.heads(html, heads);
        html.open("tbody");
        for (Evaluation.Mode mode : steering.modes()) {
            List<String> experts =
                    steering.matchedBy(mode.mode()).stream().map(Figures::words).toList();
            String name =
                    experts.isEmpty()
                            ? "%d".formatted(mode.mode())
                            : "%d (%s)".formatted(mode.mode(), Figures.list(experts));
            html.open("tr").element("th", name, "scope", "row");
            Map<String, Evaluation.Statistic> stats = mode.stats();
            steering.measures().forEach(measure -> statistic(html, stats.get(measure)));
            html.close();
        }
        html.close();
        Tables.close(html);
    }

    private static void statistic(Html html, Evaluation.Statistic value) {
        Tables.interval(
                html, value == null ? null : new Interval(value.mean(), value.low(), value.high()));
    }

    /** A fidelity with the interval, if any, of the signed difference whose size it is. */
    private static void distance(Html html, Double distance, Double[] interval) {
        html.open("td", "class", "number").text(Figures.number(distance) + " ");
        if (distance != null) {
            boolean close = distance <= CLOSE;
            html.element("span", close ? "alike" : "off", "class", close ? "good" : "bad");
        }
        if (interval != null && interval[0] != null) {
            String range =
                    "%s … %s".formatted(Figures.number(interval[0]), Figures.number(interval[1]));
            html.text(" ").element("span", range, "class", "interval");
        }
        html.close();
    }
}
