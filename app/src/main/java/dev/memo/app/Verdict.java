package dev.memo.app;

import dev.memo.learner.evaluation.CodeReport;
import dev.memo.learner.evaluation.Distinguishability;
import dev.memo.learner.evaluation.Evaluation;
import dev.memo.learner.evaluation.Measure;
import dev.memo.learner.evaluation.SteeringReport;
import dev.memo.learner.metrics.Fidelity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

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
        codes.collapse().ifPresent(lines::add);
        codes.agreement().ifPresent(known -> lines.add(agreement(known)));
        lines.add(likelihood(evaluation.likelihood()));
        evaluation
                .steering()
                .flatMap(SteeringReport::distinguishability)
                .ifPresent(told -> lines.add(distinguishability(told)));
        evaluation.steering().ifPresent(steering -> addFidelity(lines, steering));
        return lines;
    }

    private static String agreement(CodeReport.Agreement known) {
        return "codes against experts: ARI %.2f per episode, %.2f per step; NMI %.2f, %.2f; purity %.2f, %.2f"
                .formatted(
                        known.perEpisode().ari(),
                        known.perStep().ari(),
                        known.perEpisode().nmi(),
                        known.perStep().nmi(),
                        known.perEpisode().purity(),
                        known.perStep().purity());
    }

    private static String likelihood(Evaluation.Likelihood likelihood) {
        String line =
                "log-likelihood of held-out actions: %.2f nats a step given the mode, %.2f given a random one"
                        .formatted(likelihood.steeringContext(), likelihood.shuffledContext());
        OptionalDouble fraction = likelihood.fraction();
        return fraction.isEmpty()
                ? line
                : line
                        + "; %.0f %% of the way from no modes (%.2f) to true labels (%.2f)"
                                .formatted(
                                        100 * fraction.getAsDouble(),
                                        likelihood.bounds().floor().orElseThrow(),
                                        likelihood.bounds().ceiling().orElseThrow());
    }

    private static String distinguishability(Distinguishability told) {
        String line =
                "a classifier of rollouts names the expert of %.0f %% of the experts' and %.0f %% of the modes'"
                        .formatted(100 * told.experts(), 100 * told.modes());
        return told.unmatched().length == 0
                ? line
                : line + "; left out, matched with nobody: mode " + list(told.unmatched());
    }

    private static String list(int[] modes) {
        return Arrays.stream(modes).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }

    private static void addFidelity(List<String> lines, SteeringReport steering) {
        lines.add(
                "fidelity of the matched mode (at most 1: no further off than one episode of the expert is from another):");
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
