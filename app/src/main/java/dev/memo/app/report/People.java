package dev.memo.app.report;

import java.util.List;

/**
 * How many answers it takes until the mode is found that a simulated person wants.
 *
 * @param rows by rate of wrong answers, then by mode
 */
public record People(List<Row> rows) {
    /**
     * How the search went.
     *
     * @param answers thumbs or pairs
     * @param kind order, coin or looks
     * @param flips how often the people answered wrongly
     * @param wanted the mode; null for all together
     * @param people how many
     * @param right the share of them whose search ended with the wanted mode
     * @param median after how many answers it ended; null where it did not
     * @param mostEnded after how many it had ended for 90 % of the people; likewise
     * @param found from how many answers on the wanted mode is the most probable one for 95 % of
     *     the people; null if for fewer after all answers
     */
    public record Row(
            String answers,
            String kind,
            double flips,
            Integer wanted,
            int people,
            double right,
            Integer median,
            Integer mostEnded,
            Integer found) {}
}
