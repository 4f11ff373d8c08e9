package dev.memo.app;

import dev.memo.learner.guarantee.Coverage;
import dev.memo.learner.guarantee.Equivalence;
import dev.memo.learner.guarantee.Guarantee;
import dev.memo.learner.guarantee.Guarantees;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Guarantees in a few lines of text. */
final class GuaranteeText {
    private GuaranteeText() {}

    /** What is guaranteed: one line, and one or two for each mode. */
    static List<String> lines(Guarantees guarantees) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "guaranteed in %s, from %d episodes on fresh layouts; each bound by itself with %s %% confidence:"
                        .formatted(
                                guarantees.scenario(),
                                guarantees.episodes(),
                                percent(guarantees.confidence())));
        for (Guarantee one : guarantees.modes()) {
            lines.add(
                    "  %-7s return at least %.2f on average (measured %.2f), %.2f in one episode; cost at most %.2f (%.2f), %.0f in one episode, above %s in at most %.1f %%"
                            .formatted(
                                    one.mode(),
                                    one.episodeReturn().betting(),
                                    one.episodeReturn().measured(),
                                    one.episodeReturn().oneEpisode(),
                                    one.episodeCost().betting(),
                                    one.episodeCost().measured(),
                                    one.episodeCost().oneEpisode(),
                                    number(guarantees.costLimit()),
                                    100 * one.overLimit().clopperPearson()));
            if (!one.asExpert().isEmpty()) {
                lines.add("          " + asExpert(one.asExpert()));
            }
        }
        return lines;
    }

    private static String asExpert(List<Guarantee.AsExpert> comparison) {
        boolean shown = comparison.stream().allMatch(one -> one.test().shown());
        String measures =
                comparison.stream()
                        .map(one -> one.measure() + " " + text(one.test()))
                        .collect(Collectors.joining(", "));
        return "%s as well as expert %s: %s"
                .formatted(
                        shown ? "performs" : "not shown to perform",
                        comparison.getFirst().expert(),
                        measures);
    }

    private static String text(Equivalence test) {
        return "differs by %.2f, within %.2f (p %s)"
                .formatted(
                        test.difference(),
                        test.margin(),
                        test.probability() < 1e-3
                                ? "< 0.001"
                                : "= %.3f".formatted(test.probability()));
    }

    /** How often a mode's bounds held: a table. */
    static List<String> lines(String mode, List<Coverage> coverage, double confidence) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s, calibrated %d times more: how often bounds held (nominal %s %%) and how far they were off"
                        .formatted(mode, coverage.getFirst().repeats(), percent(confidence)));
        for (Coverage one : coverage) {
            lines.add(
                    "  %-38s %5.1f %% %9.3f".formatted(one.bound(), 100 * one.held(), one.width()));
        }
        return lines;
    }

    private static String percent(double share) {
        return number(Math.round(share * 1e4) / 1e2);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? "%.0f".formatted(value) : Double.toString(value);
    }
}
