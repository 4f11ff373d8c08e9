package dev.memo.learner.guarantee;

import dev.memo.learner.evaluation.EpisodeTotals;
import dev.memo.learner.metrics.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How often a bound held when the calibration was repeated.
 *
 * @param bound its name
 * @param repeats how often
 * @param held share of the repeats in which the truth was on the bound's good side
 * @param width mean distance from the bound to the truth, in the truth's unit; below 0 on the bad
 *     side
 */
public record Coverage(String bound, int repeats, double held, double width) {
    /** What is bounded: an episode's truth is one that is drawn with the repeat. */
    private record Bounded(
            String name,
            ToDoubleFunction<Guarantee> bound,
            ToDoubleFunction<EpisodeTotals> truth,
            boolean ofOneEpisode,
            boolean below) {}

    /**
     * Repeats a calibration and compares.
     *
     * @param drawn [repeats (n + 1)] episodes: of each repeat n, and one more that its bounds of
     *     one further episode are compared with
     * @param episodes n
     * @param large far more episodes than n, whose means and rates are taken for the truth
     */
    public static List<Coverage> of(
            EpisodeTotals drawn, int episodes, EpisodeTotals large, Terms terms) {
        int repeats = drawn.count() / (episodes + 1);
        List<Guarantee> guarantees = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
            int from = i * (episodes + 1);
            guarantees.add(Guarantee.of("", drawn.part(from, from + episodes), terms));
        }
        List<Coverage> coverage = new ArrayList<>();
        for (Bounded one : bounded(terms)) {
            int held = 0;
            double width = 0;
            double mean = one.truth.applyAsDouble(large);
            for (int i = 0; i < repeats; i++) {
                int last = i * (episodes + 1) + episodes;
                double truth =
                        one.ofOneEpisode
                                ? one.truth.applyAsDouble(drawn.part(last, last + 1))
                                : mean;
                double bound = one.bound.applyAsDouble(guarantees.get(i));
                double good = one.below ? truth - bound : bound - truth;
                held += good >= 0 ? 1 : 0;
                width += good / repeats;
            }
            coverage.add(new Coverage(one.name, repeats, (double) held / repeats, width));
        }
        return coverage;
    }

    private static List<Bounded> bounded(Terms terms) {
        ToDoubleFunction<EpisodeTotals> ofReturn = totals -> Samples.mean(totals.returns());
        ToDoubleFunction<EpisodeTotals> ofCost = totals -> Samples.mean(totals.costs());
        ToDoubleFunction<EpisodeTotals> overLimit =
                totals ->
                        Arrays.stream(totals.costs())
                                .map(cost -> cost > terms.costLimit() ? 1 : 0)
                                .average()
                                .orElseThrow();
        return List.of(
                new Bounded(
                        "mean return, betting",
                        one -> one.episodeReturn().betting(),
                        ofReturn,
                        false,
                        true),
                new Bounded(
                        "mean return, empirical Bernstein",
                        one -> one.episodeReturn().empiricalBernstein(),
                        ofReturn,
                        false,
                        true),
                new Bounded(
                        "mean cost, betting",
                        one -> one.episodeCost().betting(),
                        ofCost,
                        false,
                        false),
                new Bounded(
                        "mean cost, empirical Bernstein",
                        one -> one.episodeCost().empiricalBernstein(),
                        ofCost,
                        false,
                        false),
                new Bounded(
                        "rate over the limit, Clopper-Pearson",
                        one -> one.overLimit().clopperPearson(),
                        overLimit,
                        false,
                        false),
                new Bounded(
                        "return of one episode, conformal",
                        one -> one.episodeReturn().oneEpisode(),
                        ofReturn,
                        true,
                        true),
                new Bounded(
                        "cost of one episode, conformal",
                        one -> one.episodeCost().oneEpisode(),
                        ofCost,
                        true,
                        false));
    }
}
