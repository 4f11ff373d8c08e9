package dev.memo.learner.evaluation;

import dev.memo.learner.dataset.ExpertLabels;
import dev.memo.learner.dataset.Transitions;
import dev.memo.learner.rollout.StochasticSteerable;
import java.util.Arrays;
import java.util.Optional;

/**
 * What was not learned from: here modes are judged.
 *
 * @param rows of those episodes, N of them; an episode's rows follow each other, episodes ascending
 * @param episodes how many there are, with those too short to have a row
 * @param labels who acted, if it is known
 * @param seed of the run that is judged
 */
public record HeldOut(Transitions rows, int episodes, Optional<ExpertLabels> labels, long seed) {

    /** The episodes that have rows, ascending; in this order codes of episodes are given. */
    public int[] present() {
        return Arrays.stream(rows.episodes()).distinct().toArray();
    }

    /** The place of each row's episode among those present, [N]. */
    public int[] places() {
        int[] present = present();
        return Arrays.stream(rows.episodes()).map(e -> Arrays.binarySearch(present, e)).toArray();
    }

    /** How likely each row's action is under a mode, [N]. */
    float[] logDensities(StochasticSteerable model, int mode) {
        return model.logDensities(rows.states(), rows.actions(), mode);
    }
}
