package dev.memo.app.report;

import dev.memo.learner.explanation.CodeTransitions;
import dev.memo.learner.explanation.DescribedSegments.Difference;
import dev.memo.learner.explanation.Descriptor;
import dev.memo.learner.explanation.MeanMotion;
import dev.memo.learner.explanation.ModeTree;
import dev.memo.learner.explanation.Trait;
import dev.memo.sim.env.Scene;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What each mode is, in words, numbers and examples.
 *
 * @param rollouts of each mode, on the same layouts, that traits, differences, motion and tree are
 *     from; 0 where there is no world to act in, and they are from held-out episodes
 * @param descriptors F: what is compared
 * @param modes [K]
 * @param tree that predicts the mode; null if no two modes can be compared
 * @param fidelity of the tree where it was not learned: every other layout or held-out episode;
 *     null with the tree
 * @param fidelityInData of the tree on the held-out segments, which belong to modes; null where it
 *     was learned from them
 * @param transitions of the code that is nearest to each held-out row
 */
public record ModeCards(
        int rollouts,
        List<Descriptor> descriptors,
        List<Card> modes,
        ModeTree tree,
        ModeTree.Fidelity fidelity,
        ModeTree.Fidelity fidelityInData,
        CodeTransitions transitions) {
    /**
     * A mode.
     *
     * @param headline its traits; else what it does more or less than the others; in words
     * @param traits that it shows; may be empty
     * @param shareOfSteps of the held-out rows that belong to it
     * @param episodes held-out ones that have steps of it
     * @param means [F]; null of a mode that nothing is known of
     * @param fromOthers the largest differences from all other modes
     * @param mostLike the mode that is least different; null where there is no other
     * @param fromMostLike the largest differences from that one
     * @param motion null without poses
     * @param nearest held-out episodes, the nearest to its code first
     */
    public record Card(
            String headline,
            List<Trait> traits,
            double shareOfSteps,
            int episodes,
            double[] means,
            List<Difference> fromOthers,
            Integer mostLike,
            List<Difference> fromMostLike,
            MeanMotion motion,
            List<RealEpisode> nearest) {
        /** A card, headed by what it says. */
        public static Card of(
                List<Trait> traits,
                double shareOfSteps,
                int episodes,
                double[] means,
                List<Difference> fromOthers,
                Integer mostLike,
                List<Difference> fromMostLike,
                MeanMotion motion,
                List<RealEpisode> nearest) {
            return new Card(
                    headline(traits, means, fromOthers),
                    traits,
                    shareOfSteps,
                    episodes,
                    means,
                    fromOthers,
                    mostLike,
                    fromMostLike,
                    motion,
                    nearest);
        }

        private static String headline(
                List<Trait> traits, double[] means, List<Difference> fromOthers) {
            if (!traits.isEmpty()) {
                return traits.stream().map(Trait::name).collect(Collectors.joining(", "));
            }
            if (means == null) {
                return "is not in use";
            }
            if (fromOthers.isEmpty()) {
                return "is much like the others";
            }
            return fromOthers.stream().map(Difference::words).collect(Collectors.joining(", "))
                    + " than the others";
        }
    }

    /**
     * An episode of the data.
     *
     * @param episode its number in the dataset
     * @param distance of its rows from the mode's code, on average
     * @param start what stood where; null, with the rest, where that is not known
     * @param goals that it had, in their order
     * @param x [T] of the robot in m, every so many-th step
     * @param y likewise
     */
    public record RealEpisode(
            int episode,
            double distance,
            Scene start,
            List<Scene.Disc> goals,
            float[] x,
            float[] y) {}

    /** How well the tree does, with a tree. */
    public String fidelityText() {
        String text =
                "It names the mode of %s that it did not learn from; the most frequent mode would be right for %.1f %%."
                        .formatted(
                                share(fidelity, rollouts > 0 ? "rollouts" : "held-out segments"),
                                100 * fidelity.majority());
        return fidelityInData == null
                ? text
                : text
                        + " Of the data it names the mode of %s."
                                .formatted(share(fidelityInData, "held-out segments"));
    }

    private static String share(ModeTree.Fidelity fidelity, String what) {
        return String.format(
                Locale.ROOT,
                "%.1f %% [%.1f, %.1f] of %d %s",
                100 * fidelity.accuracy().mean(),
                100 * fidelity.accuracy().low(),
                100 * fidelity.accuracy().high(),
                fidelity.segments(),
                what);
    }
}
