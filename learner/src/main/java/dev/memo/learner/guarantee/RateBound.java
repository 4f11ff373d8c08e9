package dev.memo.learner.guarantee;

import dev.memo.base.InputException;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * One-sided bounds of how often something happens, from how often it did. Exact: they come from the
 * binomial distribution itself, through quantiles of the beta distribution.
 *
 * <p>Source: Clopper, Pearson, The use of confidence or fiducial limits illustrated in the case of
 * the binomial (Biometrika 1934).
 */
public final class RateBound {
    private RateBound() {}

    /**
     * What the rate is not below.
     *
     * @param events how often it happened
     * @param trials out of how many, at least 1
     * @throws InputException if there are no trials, or more events than trials, or fewer than 0
     */
    public static double lower(int events, int trials, Confidence confidence) {
        require(events, trials);
        return events == 0
                ? 0
                : BetaDistribution.of(events, trials - events + 1)
                        .inverseCumulativeProbability(confidence.error());
    }

    /** What the rate is not above; arguments as of {@link #lower}. */
    public static double upper(int events, int trials, Confidence confidence) {
        require(events, trials);
        return events == trials
                ? 1
                : BetaDistribution.of(events + 1, trials - events)
                        .inverseSurvivalProbability(confidence.error());
    }

    private static void require(int events, int trials) {
        if (trials < 1 || events < 0 || events > trials) {
            throw new InputException(
                    "%d events in %d trials: must be from 0 to the trials, of which there is one"
                            .formatted(events, trials));
        }
    }
}
