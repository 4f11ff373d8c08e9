package dev.memo.learner.dataset;

import dev.memo.base.InputException;
import dev.memo.base.RandomStream;
import dev.memo.base.Seeds;
import java.util.Arrays;

/**
 * Episodes to learn from and episodes to judge by. Whole episodes, because neighbouring steps are
 * nearly copies of each other; by chance alone, because who acted is not known.
 *
 * @param training indices of episodes, ascending
 * @param heldOut the others, ascending
 */
public record Split(int[] training, int[] heldOut) {

    /**
     * Draws a split, at least one episode on each side.
     *
     * @param episodes how many there are
     * @param heldOutFraction the share to hold out, in (0, 1)
     * @throws InputException if there are fewer than two episodes
     */
    public static Split byEpisode(int episodes, double heldOutFraction, long seed) {
        if (episodes < 2) {
            throw new InputException(
                    "dataset with " + episodes + " episode: a split needs at least 2");
        }
        if (!(heldOutFraction > 0 && heldOutFraction < 1)) {
            throw new InputException(
                    "held-out fraction " + heldOutFraction + ": must be between 0 and 1");
        }
        int wanted = (int) Math.round(episodes * heldOutFraction);
        int heldOut = Math.clamp(wanted, 1, episodes - 1);
        int[] order = new RandomStream(Seeds.derive(seed, "split"), 0, 0, 0).permutation(episodes);
        int[] first = Arrays.copyOf(order, heldOut);
        int[] rest = Arrays.copyOfRange(order, heldOut, episodes);
        Arrays.sort(first);
        Arrays.sort(rest);
        return new Split(rest, first);
    }
}
