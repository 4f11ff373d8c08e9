package dev.memo.learner.memo;

import dev.memo.learner.dataset.Transitions;
import java.util.Arrays;

/**
 * Some windows of each episode, evenly spaced, that stand for all of it. Episodes are counted by
 * their place among those chosen.
 *
 * @param windows N of them
 * @param heads their first rows
 * @param placeOfRow [N] the place of each window's episode
 * @param countOfPlace [episodes] windows of each episode
 * @param places the episodes' numbers in the dataset, ascending
 */
record Probes(
        Windows windows, Transitions heads, int[] placeOfRow, int[] countOfPlace, int[] places) {

    /**
     * At most so many windows of each episode that has any. Those of an episode follow each other.
     */
    static Probes of(Windows windows, int most) {
        int[] episodeOfWindow = windows.episodes();
        int[] episodes = Arrays.stream(episodeOfWindow).distinct().toArray();
        int[] chosen = new int[episodes.length * most];
        int[] placeOfRow = new int[chosen.length];
        int[] counts = new int[episodes.length];
        int size = 0;
        for (int from = 0; from < windows.size(); ) {
            int to = from;
            while (to < windows.size() && episodeOfWindow[to] == episodeOfWindow[from]) {
                to++;
            }
            int place = Arrays.binarySearch(episodes, episodeOfWindow[from]);
            counts[place] = Math.min(most, to - from);
            for (int i = 0; i < counts[place]; i++) {
                placeOfRow[size] = place;
                chosen[size++] = from + (int) ((long) (to - from) * i / counts[place]);
            }
            from = to;
        }
        Windows picked = windows.pick(Arrays.copyOf(chosen, size));
        return new Probes(
                picked, picked.heads(), Arrays.copyOf(placeOfRow, size), counts, episodes);
    }

    /** N. */
    int size() {
        return placeOfRow.length;
    }

    /** The place of an episode of the dataset. */
    int placeOf(int episode) {
        return Arrays.binarySearch(places, episode);
    }

    /** The mean of each episode's rows: [N][width] to [episodes][width]. */
    float[] means(float[] values, int width) {
        double[] sums = new double[places.length * width];
        for (int i = 0; i < values.length; i++) {
            sums[placeOfRow[i / width] * width + i % width] += values[i];
        }
        float[] means = new float[sums.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = (float) (sums[i] / countOfPlace[i / width]);
        }
        return means;
    }

    /**
     * The mean of the rows of the episodes with each code.
     *
     * @param values [N][width]
     * @param means [K][width], modified; a code without episodes keeps its row
     */
    void meansByCode(float[] values, int width, int[] codeOfPlace, float[] means) {
        double[] sums = new double[means.length];
        int[] counts = new int[means.length / width];
        for (int row = 0; row < size(); row++) {
            int code = codeOfPlace[placeOfRow[row]];
            counts[code]++;
            for (int i = 0; i < width; i++) {
                sums[code * width + i] += values[row * width + i];
            }
        }
        for (int i = 0; i < means.length; i++) {
            if (counts[i / width] > 0) {
                means[i] = (float) (sums[i] / counts[i / width]);
            }
        }
    }

    /** Mean and standard deviation of each episode's rows: [N][width] to [episodes][2 width]. */
    float[] meansAndDeviations(float[] values, int width) {
        float[] means = means(values, width);
        float[] squares = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            float gap = values[i] - means[placeOfRow[i / width] * width + i % width];
            squares[i] = gap * gap;
        }
        float[] variances = means(squares, width);
        float[] both = new float[2 * means.length];
        for (int i = 0; i < means.length; i++) {
            int at = i / width * 2 * width + i % width;
            both[at] = means[i];
            both[at + width] = (float) Math.sqrt(variances[i]);
        }
        return both;
    }
}
