package dev.memo.app.report;

import dev.memo.learner.metrics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Whether a mode does what its expert does, measure by measure. */
final class SteeringSection {
    /** Up to here a mode counts as like its expert. */
    static final double CLOSE = 1;

    private SteeringSection() {}

    static void write(Html html, RunFolder run) {
        html.section("steering", "Steering");
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
        if (steering.distinguishability() != null) {
            distinguishability(html, steering, steering.distinguishability());
        }
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
            html.open("tr").element("th", name(steering, mode.mode()), "scope", "row");
            Map<String, Evaluation.Statistic> stats = mode.stats();
            steering.measures().forEach(measure -> statistic(html, stats.get(measure)));
            html.close();
        }
        html.close();
        Tables.close(html);
    }

    /** A mode with its expert, if it has one. */
    private static String name(Evaluation.Steering steering, int mode) {
        List<String> experts = steering.matchedBy(mode).stream().map(Figures::words).toList();
        return experts.isEmpty()
                ? "%d".formatted(mode)
                : "%d (%s)".formatted(mode, Figures.list(experts));
    }

    private static void distinguishability(
            Html html, Evaluation.Steering steering, Evaluation.Distinguishability told) {
        html.element("h3", "Whom a classifier takes them for");
        html.element(
                "p",
                ("A random forest learned from %d other rollouts of each expert, by how the robot"
                                + " moves and what it comes near, who acts. It names the expert of"
                                + " %s of the rollouts of experts above, and the matched expert of"
                                + " %s of those of modes with mean actions.%s")
                        .formatted(
                                told.trainingEpisodes(),
                                Figures.percent(told.experts()),
                                Figures.percent(told.modes()),
                                leftOut(told.unmatchedModes())));
        List<String> experts =
                steering.experts().stream().map(one -> Figures.words(one.expert())).toList();
        List<String> modes =
                steering.modes().stream().map(one -> name(steering, one.mode())).toList();
        html.open("div", "class", "pair");
        ConfusionSection.table(
                html, "Rollouts of modes", "mode", modes, experts, told.confusionModes());
        ConfusionSection.table(
                html, "Rollouts of experts", "expert", experts, experts, told.confusionExperts());
        html.close();
    }

    private static String leftOut(int[] modes) {
        if (modes.length == 0) {
            return "";
        }
        List<String> names = Arrays.stream(modes).mapToObj(Integer::toString).toList();
        return " Matched with nobody and left out of this: mode %s.".formatted(Figures.list(names));
    }

    private static void statistic(Html html, Evaluation.Statistic value) {
        Tables.interval(
                html, value == null ? null : new Interval(value.mean(), value.low(), value.high()));
    }

    /** A fidelity with the interval, if any, of the signed difference whose size it is. */
    static void distance(Html html, Double distance, Double[] interval) {
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
