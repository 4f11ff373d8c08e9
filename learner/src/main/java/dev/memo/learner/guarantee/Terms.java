package dev.memo.learner.guarantee;

import dev.memo.base.InputException;

/**
 * What guarantees are given about.
 *
 * @param ranges where return and cost of an episode lie
 * @param confidence of every bound by itself
 * @param costLimit an episode that costs more is over the limit; 0 or more
 */
public record Terms(EpisodeRanges ranges, Confidence confidence, double costLimit) {
    public Terms {
        if (!(costLimit >= 0 && costLimit < Double.POSITIVE_INFINITY)) {
            throw new InputException("cost limit " + costLimit + ": must be a number from 0 on");
        }
    }
}
