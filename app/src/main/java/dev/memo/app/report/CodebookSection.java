package dev.memo.app.report;

import dev.memo.app.picture.ChartPainter;
import dev.memo.learner.evaluation.CodeReport;
import java.util.List;
import java.util.stream.IntStream;

/** How evenly the modes are used, and what the policy loses without the right one. */
final class CodebookSection {
    private CodebookSection() {}

    static void write(Html html, RunFolder run) {
        html.section("codebook", "Codebook");
        Evaluation evaluation = run.evaluation().orElse(null);
        if (evaluation == null) {
            html.element("p", "Not evaluated yet.").close();
            return;
        }
        Evaluation.Codes codes = evaluation.codes();
        html.element(
                "p",
                "On held-out steps the %d modes are used as evenly as %s modes would be if all were used alike (the perplexity)."
                        .formatted(codes.modes(), Figures.number(codes.perplexity())));
        collapse(html, codes);
        double[] percent = new double[codes.usage().length];
        for (int i = 0; i < percent.length; i++) {
            percent[i] = 100 * codes.usage()[i];
        }
        List<String> labels =
                IntStream.range(0, percent.length).mapToObj(Integer::toString).toList();
        html.open("div", "class", "panels").open("figure");
        Pictures.image(
                html,
                ChartPainter.bars("Share of held-out steps in %", "mode", labels, percent),
                "Share of held-out steps per mode");
        html.close().close();
        likelihood(html, evaluation.likelihood());
        html.close();
    }

    private static void likelihood(Html html, Evaluation.Likelihood likelihood) {
        if (likelihood == null) {
            return;
        }
        Tables.open(html, "Log-likelihood of held-out actions, nats per step", "");
        html.open("tbody");
        row(
                html,
                "each step with its own context, made of its future (not trained on if replacement is 1)",
                likelihood.ownContext());
        row(
                html,
                "each episode with the context that steers to its mode",
                likelihood.steeringContext());
        row(
                html,
                "the same with codes shuffled between the episodes",
                likelihood.shuffledContext());
        row(html, "floor: behaviour cloning without modes", likelihood.floor());
        row(html, "ceiling: behaviour cloning that knows who acted", likelihood.ceiling());
        row(html, "steered less shuffled: what the right mode is worth", likelihood.contextUse());
        row(
                html,
                "own context less steered: what steering loses, if above 0",
                likelihood.steeringGap());
        html.close();
        Tables.close(html);
        if (likelihood.fraction() != null) {
            html.element(
                    "p",
                    "Steered, the policy comes %s of the way from the floor to the ceiling."
                            .formatted(Figures.percent(likelihood.fraction())));
        }
    }

    /** Nothing for what is not known. */
    private static void row(Html html, String name, Double value) {
        if (value != null) {
            html.open("tr").element("th", name, "scope", "row");
            html.element("td", Figures.number(value), "class", "number").close();
        }
    }

    /** A warning where hardly more than one mode is in use. */
    static void collapse(Html html, Evaluation.Codes codes) {
        CodeReport.collapse(codes.modes(), codes.perplexity())
                .ifPresent(warning -> html.element("p", warning, "class", "warning"));
    }
}
