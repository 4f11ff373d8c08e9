package dev.memo.sim.replay;

/**
 * How far one quantity of the world is from its recording. Differences are absolute.
 *
 * <p>Tolerance, used and where are those of the difference that takes up most of its tolerance. All
 * numbers of a quantity have the same tolerance, except against replicas, where each checkpoint has
 * its own. Where nothing is judged, where is the largest difference's.
 *
 * @param part what was replayed
 * @param quantity what was compared
 * @param unit of the differences, empty for counts
 * @param count numbers that were compared
 * @param largest the largest difference
 * @param mean the mean difference
 * @param tolerance what a difference may be; NaN where the quantity is not judged
 * @param used the largest share of its tolerance that a difference takes up; NaN as tolerance
 * @param where the step, row or case
 * @param verdict whether all differences are within their tolerances
 */
public record Comparison(
        Part part,
        String quantity,
        String unit,
        int count,
        double largest,
        double mean,
        double tolerance,
        double used,
        String where,
        Verdict verdict) {

    /** Ways to ask the world. */
    public enum Part {
        /** Observations, rewards and costs of states that were read from the recording. */
        GIVEN_STATES,

        /** The same while the robot touches a vase: what only MuJoCo's accelerometer feels. */
        TOUCHING,

        /** One step of the robot alone from each state of the recording. */
        ONE_STEP,

        /** The same where vases moved in that step, which are not there to push back. */
        PUSHING,

        /** All steps from the recording's first state, the end of the first one. */
        FIRST_STEP,

        /** All steps from the recording's first state, against the mean of runs like it. */
        REPLICAS,

        /** All steps from the recording's first state, each. */
        OPEN_LOOP
    }

    /** What becomes of a comparison. */
    public enum Verdict {
        /** All differences are within their tolerances. */
        WITHIN,

        /** One is not. */
        OUTSIDE,

        /** Nothing was judged. */
        NOT_JUDGED
    }
}
