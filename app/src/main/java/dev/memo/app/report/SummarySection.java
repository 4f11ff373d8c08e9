package dev.memo.app.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** What came out, in plain words, and the numbers that matter most. */
final class SummarySection {
    private SummarySection() {}

    static void write(Html html, RunFolder run) {
        html.section("summary", "In short");
        if (run.evaluation().isEmpty()) {
            html.element(
                    "p",
                    "This run was not evaluated yet, so this page shows only how it was trained."
                            + " memo evaluate measures it.");
        } else {
            Evaluation evaluation = run.evaluation().get();
            html.element("p", found(evaluation) + steered(evaluation), "class", "lead");
            CodebookSection.collapse(html, evaluation.codes());
            keyFigures(html, evaluation);
        }
        html.close();
    }

    private static String found(Evaluation evaluation) {
        Evaluation.Codes codes = evaluation.codes();
        String data =
                "%d episodes that it was not trained on".formatted(evaluation.heldOutEpisodes());
        if (codes.experts() == null) {
            return ("MEMO sorted %s into %d modes. The data does not say who made which episode, so"
                            + " the modes cannot be held against experts.")
                    .formatted(data, codes.modes());
        }
        return ("MEMO was given data made by %d experts (%s) without being told which part is whose,"
                        + " and learned %d modes. On %s, %s of the steps lie in a mode whose"
                        + " majority belongs to their expert; whole episodes agree with the experts"
                        + " with an adjusted Rand index of %s (1 is perfect, 0 is chance).")
                .formatted(
                        codes.experts().size(),
                        Figures.list(codes.experts().stream().map(Figures::words).toList()),
                        codes.modes(),
                        data,
                        codes.purity() == null ? "–" : Figures.percent(codes.purity()),
                        Figures.number(codes.ariEpisode()));
    }

    private static String steered(Evaluation evaluation) {
        Evaluation.Steering steering = evaluation.steering();
        if (steering == null) {
            return " There are no rollouts in this run, so nothing is said about steering.";
        }
        String episodes = " Then expert and matching mode ran from the same starts: ";
        List<String> off = new ArrayList<>();
        for (Evaluation.Match match : steering.experts()) {
            if (!match.matched()) {
                off.add(Figures.words(match.expert()) + " (no mode is left for it)");
            }
            for (String measure : steering.measures()) {
                Double distance = match.fidelity().get(measure);
                if (distance != null && distance > SteeringSection.CLOSE) {
                    off.add(
                            "%s in %s (%s)"
                                    .formatted(
                                            Figures.words(match.expert()),
                                            Figures.words(measure),
                                            Figures.number(distance)));
                }
            }
        }
        return episodes
                + (off.isEmpty()
                        ? "the policy, steered, is alike with every expert in every measure; the"
                                + " largest fidelity distance is %s, and up to 1 counts as alike."
                                        .formatted(Figures.number(worst(steering)))
                        : "the policy, steered, misses %s; a fidelity distance up to 1 counts as alike."
                                .formatted(Figures.list(off)));
    }

    private static void keyFigures(Html html, Evaluation evaluation) {
        Evaluation.Codes codes = evaluation.codes();
        html.open("dl", "class", "figures");
        figure(html, "modes", Integer.toString(codes.modes()), "learned");
        if (codes.experts() != null) {
            double[] interval = codes.ariEpisodeInterval();
            figure(
                    html,
                    "ARI per episode",
                    Figures.number(codes.ariEpisode()),
                    interval == null
                            ? "1 is perfect"
                            : "95 %% interval %s to %s"
                                    .formatted(
                                            Figures.number(interval[0]),
                                            Figures.number(interval[1])));
            figure(html, "ARI per step", Figures.number(codes.ariStep()), "1 is perfect");
            figure(
                    html,
                    "NMI per episode",
                    Figures.number(codes.nmiEpisode()),
                    "per step " + Figures.number(codes.nmiStep()));
            figure(html, "purity", Figures.number(codes.purity()), "per step, 1 is perfect");
        }
        if (evaluation.oneMoreMode() != null) {
            figure(
                    html,
                    "ARI per episode, %d modes".formatted(evaluation.oneMoreMode().modes()),
                    Figures.number(evaluation.oneMoreMode().ariEpisode()),
                    "with one mode more");
        }
        if (evaluation.steering() != null) {
            figure(
                    html,
                    "largest fidelity distance",
                    Figures.number(worst(evaluation.steering())),
                    "1 or less is alike");
        }
        Evaluation.Likelihood likelihood = evaluation.likelihood();
        if (likelihood != null && likelihood.fraction() != null) {
            figure(
                    html,
                    "likelihood, floor to ceiling",
                    Figures.percent(likelihood.fraction()),
                    "from no modes to true labels");
        }
        if (evaluation.steering() != null && evaluation.steering().distinguishability() != null) {
            Evaluation.Distinguishability told = evaluation.steering().distinguishability();
            figure(
                    html,
                    "modes taken for their experts",
                    Figures.percent(told.modes()),
                    "by a classifier; experts " + Figures.percent(told.experts()));
        }
        html.close();
    }

    /** One of the numbers that matter most. */
    static void figure(Html html, String name, String value, String note) {
        html.open("div").element("dt", name).element("dd", value, "class", "value");
        html.element("dd", note, "class", "note").close();
    }

    private static double worst(Evaluation.Steering steering) {
        return steering.experts().stream()
                .flatMap(match -> match.fidelity().values().stream())
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(Double.NaN);
    }
}
