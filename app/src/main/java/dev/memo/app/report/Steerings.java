package dev.memo.app.report;

import dev.memo.learner.metrics.Interval;
import java.util.List;

/**
 * What a policy does under several ways of steering it.
 *
 * @param scenario the world's name
 * @param ways in the order of the table
 */
public record Steerings(String scenario, List<Way> ways) {
    /**
     * What the policy did.
     *
     * @param steering how it was steered, in words
     * @param episodes one on each layout
     * @param episodeReturn mean over episodes
     * @param episodeCost likewise
     * @param goalsPerThousandSteps goals
     * @param near [K] the share of steps in which the encoder took what was done for each mode
     * @param logDensity [K] of the actions under each mode, nats per step
     * @param recordings files that were written
     */
    public record Way(
            String steering,
            int episodes,
            Interval episodeReturn,
            Interval episodeCost,
            double goalsPerThousandSteps,
            double[] near,
            double[] logDensity,
            List<String> recordings) {
        /** The same with recordings. */
        public Way with(List<String> written) {
            return new Way(
                    steering,
                    episodes,
                    episodeReturn,
                    episodeCost,
                    goalsPerThousandSteps,
                    near,
                    logDensity,
                    List.copyOf(written));
        }
    }
}
