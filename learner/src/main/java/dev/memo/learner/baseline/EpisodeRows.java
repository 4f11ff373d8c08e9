package dev.memo.learner.baseline;

import dev.memo.learner.dataset.Transitions;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rows with their episodes, which are counted by place: an episode that is shorter than a window
 * has no row and no place.
 *
 * @param rows those of an episode follow each other
 * @param starts [episodes + 1] the first row of each, and the number of rows
 */
record EpisodeRows(Transitions rows, int[] starts) {
    static EpisodeRows of(Transitions rows) {
        int[] episodes = rows.episodes();
        int[] firsts =
                IntStream.range(0, rows.size())
                        .filter(row -> row == 0 || episodes[row] != episodes[row - 1])
                        .toArray();
        int[] starts = Arrays.copyOf(firsts, firsts.length + 1);
        starts[firsts.length] = rows.size();
        return new EpisodeRows(rows, starts);
    }

    /** How many episodes there are. */
    int count() {
        return starts.length - 1;
    }

    /** The place of a row's episode. */
    int placeOf(int row) {
        int found = Arrays.binarySearch(starts, row);
        return found >= 0 ? found : -found - 2;
    }

    /** The number of the episode at a place in the dataset. */
    int episodeAt(int place) {
        return rows.episodes()[starts[place]];
    }

    /**
     * One of the evenly spaced rows of an episode; of one with fewer rows some come twice.
     *
     * @param i 0 .. probes - 1
     * @param phase in [0, 1), where in its share of the episode each one lies
     */
    int probe(int place, int i, int probes, double phase) {
        int length = starts[place + 1] - starts[place];
        return starts[place] + (int) ((i + phase) * length / probes);
    }

    /** The same columns of all episodes' probes: [N][width] to [episodes x probes][width]. */
    float[] probes(float[] table, int width, int probes) {
        float[] picked = new float[count() * probes * width];
        for (int i = 0; i < count() * probes; i++) {
            int row = probe(i / probes, i % probes, probes, 0);
            System.arraycopy(table, row * width, picked, i * width, width);
        }
        return picked;
    }
}
