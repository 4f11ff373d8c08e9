package dev.memo.learner.memo;

import dev.memo.learner.dataset.Transitions;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Runs of W rows of an episode, `stride` steps apart: what the encoder sees at once. The policy's
 * part of a window, state and action, is that of its first row. Windows lie in the table of rows
 * and are copied out block by block.
 *
 * @param rows the table; the rows of an episode follow each other step by step
 * @param length W
 * @param stride steps from row to row
 * @param first [N] the row that each window begins with
 */
public record Windows(Transitions rows, int length, int stride, int[] first) {

    /** Every window that the rows hold: as many as rows, less those at the episodes' ends. */
    static Windows of(Transitions rows, MemoConfig config) {
        int reach = (config.window() - 1) * config.stride();
        int[] episodes = rows.episodes();
        int[] first =
                IntStream.range(0, Math.max(0, rows.size() - reach))
                        .filter(row -> episodes[row + reach] == episodes[row])
                        .toArray();
        return new Windows(rows, config.window(), config.stride(), first);
    }

    /** N. */
    public int size() {
        return first.length;
    }

    /** Some of them. */
    Windows pick(int[] which) {
        int[] picked = Arrays.stream(which).map(i -> first[i]).toArray();
        return new Windows(rows, length, stride, picked);
    }

    /** [N] the episode of each. */
    public int[] episodes() {
        return Arrays.stream(first).map(row -> rows.episodes()[row]).toArray();
    }

    /** [N] the step at which each begins. */
    public int[] times() {
        return Arrays.stream(first).map(row -> rows.times()[row]).toArray();
    }

    /** [N][O] what was seen at the first step of each. */
    private float[] states() {
        return gathered(rows.states(), rows.stateSize());
    }

    /** [N][A] what was done then. */
    private float[] actions() {
        return gathered(rows.actions(), rows.actionSize());
    }

    /** [N][D] the differences of the first rows. */
    float[] differences() {
        return gathered(rows.differences(), rows.differenceSize());
    }

    /** The windows' first rows as a table of their own. */
    Transitions heads() {
        if (size() == rows.size()) {
            return rows;
        }
        boolean[] crossing = new boolean[size()];
        for (int i = 0; i < size(); i++) {
            crossing[i] = rows.crossesRespawn()[first[i]];
        }
        return new Transitions(
                rows.columns(), states(), differences(), actions(), episodes(), times(), crossing);
    }

    private float[] gathered(float[] table, int width) {
        float[] gathered = new float[size() * width];
        for (int i = 0; i < size(); i++) {
            System.arraycopy(table, first[i] * width, gathered, i * width, width);
        }
        return gathered;
    }

    /** Copies the differences of a window, [W][D], to an offset. */
    void copyDifferences(int window, float[] out, int offset) {
        copy(rows.differences(), rows.differenceSize(), window, out, offset);
    }

    /** Copies the states of a window, [W][O], to an offset. */
    void copyStates(int window, float[] out, int offset) {
        copy(rows.states(), rows.stateSize(), window, out, offset);
    }

    private void copy(float[] table, int width, int window, float[] out, int offset) {
        for (int i = 0; i < length; i++) {
            int from = (first[window] + i * stride) * width;
            System.arraycopy(table, from, out, offset + i * width, width);
        }
    }
}
