package dev.memo.learner.dataset;

import dev.memo.base.InputException;
import java.util.List;

/**
 * Every window of n steps within an episode as one row: state and action at its start, what changed
 * until its end, and where it came from. Tables are contiguous: row i of a table with w columns
 * begins at i * w.
 *
 * @param columns names of the difference's columns, D of them
 * @param states [N][W]: the observation s(t)
 * @param differences [N][D]: the change from t to t+n, in the terms of the {@link Features}
 * @param actions [N][A]: the action at t
 * @param episodes [N]: index of the episode in the dataset
 * @param times [N]: t
 * @param crossesRespawn [N]: the goal moved within the window, so that what is seen of it jumped;
 *     false where the dataset does not tell
 */
public record Transitions(
        List<String> columns,
        float[] states,
        float[] differences,
        float[] actions,
        int[] episodes,
        int[] times,
        boolean[] crossesRespawn) {

    /** What happens to windows in which the goal was met and moved. */
    public enum Respawns {
        /** They stay, and are marked. */
        KEEP,
        /** They are left out. */
        DROP
    }

    /**
     * Cuts episodes into windows; no window reaches past the end of its episode.
     *
     * @param episodes indices of the dataset's episodes, in the order in which rows are wanted
     * @param steps n, at least 1; of several, the longest decides which windows there are, and the
     *     differences stand side by side
     * @throws InputException if no episode has more than n steps left, or the features are not
     *     there
     */
    public static Transitions of(
            Dataset dataset,
            int[] episodes,
            Features features,
            List<Integer> steps,
            Respawns respawns) {
        return new WindowCutter(dataset, features, steps).cut(episodes, respawns);
    }

    /** N. */
    public int size() {
        return times.length;
    }

    /** W. */
    public int stateSize() {
        return states.length / size();
    }

    /** D. */
    public int differenceSize() {
        return columns.size();
    }

    /** A. */
    public int actionSize() {
        return actions.length / size();
    }
}
