package dev.memo.learner.guarantee;

import dev.memo.learner.evaluation.EpisodeTotals;
import dev.memo.learner.metrics.Samples;
import java.util.Arrays;
import java.util.List;

/**
 * What is guaranteed of one mode. Every bound holds by itself with the confidence: all of them
 * together hold less often.
 *
 * @param mode its name
 * @param episodeReturn bounds from below
 * @param episodeCost bounds from above
 * @param overLimit of episodes that cost more than the limit
 * @param asExpert whether it performs as well as its expert, by measure; empty where it has none
 */
public record Guarantee(
        String mode,
        Mean episodeReturn,
        Mean episodeCost,
        Rate overLimit,
        List<AsExpert> asExpert) {

    /**
     * Bounds of a measure of episodes.
     *
     * @param measured its mean over the calibration's episodes
     * @param betting bound of its mean, see {@link MeanBound#BETTING}
     * @param empiricalBernstein bound of its mean, see {@link MeanBound#EMPIRICAL_BERNSTEIN}
     * @param oneEpisode bound of one further episode, see {@link NextValueBound}
     */
    public record Mean(
            double measured, double betting, double empiricalBernstein, double oneEpisode) {}

    /**
     * How often something happens.
     *
     * @param measured share of the calibration's episodes
     * @param clopperPearson what the rate is not above, see {@link RateBound}
     */
    public record Rate(double measured, double clopperPearson) {}

    /**
     * A mode against the expert whose data it has.
     *
     * @param expert its name
     * @param measure "return" or "cost"
     * @param test whether the means are as good as the same
     */
    public record AsExpert(String expert, String measure, Equivalence test) {}

    /**
     * Computes the bounds.
     *
     * @param totals of episodes on fresh layouts
     * @throws dev.memo.base.InputException if there are too few
     */
    public static Guarantee of(String mode, EpisodeTotals totals, Terms terms) {
        double[] returns = totals.returns();
        double[] costs = totals.costs();
        Confidence confidence = terms.confidence();
        NextValueBound.requireEnough(totals.count(), confidence);
        Range ofReturns = terms.ranges().returns();
        Range ofCosts = terms.ranges().costs();
        Mean episodeReturn =
                new Mean(
                        Samples.mean(returns),
                        MeanBound.BETTING.lower(returns, ofReturns, confidence),
                        MeanBound.EMPIRICAL_BERNSTEIN.lower(returns, ofReturns, confidence),
                        NextValueBound.lower(returns, confidence));
        Mean episodeCost =
                new Mean(
                        Samples.mean(costs),
                        MeanBound.BETTING.upper(costs, ofCosts, confidence),
                        MeanBound.EMPIRICAL_BERNSTEIN.upper(costs, ofCosts, confidence),
                        NextValueBound.upper(costs, confidence));
        int over = (int) Arrays.stream(costs).filter(cost -> cost > terms.costLimit()).count();
        Rate overLimit =
                new Rate(
                        (double) over / costs.length,
                        RateBound.upper(over, costs.length, confidence));
        return new Guarantee(mode, episodeReturn, episodeCost, overLimit, List.of());
    }

    /** The same with a comparison. */
    public Guarantee with(List<AsExpert> comparison) {
        return new Guarantee(mode, episodeReturn, episodeCost, overLimit, List.copyOf(comparison));
    }
}
