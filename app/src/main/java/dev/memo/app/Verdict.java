package dev.memo.app;

import dev.memo.learner.evaluation.CodeReport;
import dev.memo.learner.evaluation.Evaluation;
import dev.memo.learner.evaluation.Measure;
import dev.memo.learner.evaluation.SteeringReport;
import dev.memo.learner.metrics.Fidelity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An evaluation in a few lines of text. */
final class Verdict {
    private Verdict() {}

    /** The lines. */
    static List<String> lines(Evaluation evaluation) {
        List<String> lines = new ArrayList<>();
        CodeReport codes = evaluation.codes();
        lines.add(
                "%d modes, %.2f in use, on %d held-out episodes"
                        .formatted(
                                codes.modes(), codes.perplexity(), evaluation.heldOutEpisodes()));
        codes.agreement().ifPresent(known -> lines.add(agreement(known)));
        evaluation.steering().ifPresent(steering -> addFidelity(lines, steering));
        return lines;
    }

    private static String agreement(CodeReport.Agreement known) {
        return "codes against experts: ARI %.2f per episode, %.2f per step; purity %.2f"
                .formatted(
                        known.perEpisode().ari(), known.perStep().ari(), known.perStep().purity());
    }

    private static void addFidelity(List<String> lines, SteeringReport steering) {
        lines.add("fidelity of the matched mode (at most 1 is as close as the expert to itself):");
        StringBuilder head = new StringBuilder("  %-12s %4s".formatted("expert", "mode"));
        for (Measure measure : Measure.values()) {
            head.append(" %11s".formatted(measure.key()));
        }
        lines.add(head.toString());
        for (int i = 0; i < steering.experts().size(); i++) {
            StringBuilder line =
                    new StringBuilder(
                            "  %-12s %4d"
                                    .formatted(steering.experts().get(i), steering.matched()[i]));
            if (steering.matched()[i] >= 0) {
                Map<Measure, Fidelity> fidelity = steering.fidelity(i, false);
                for (Measure measure : Measure.values()) {
                    double value = fidelity.get(measure).value();
                    line.append(String.format(Locale.ROOT, " %11.2f", value));
                }
            }
            lines.add(line.toString());
        }
    }
}
