package dev.memo.learner.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The steps of an episode that belong to one mode: all of them where whole episodes have a mode.
 *
 * @param episode its number in the dataset
 * @param mode that the steps belong to
 * @param steps ascending
 */
public record Segment(int episode, int mode, int[] steps) {
    /** Fewer steps say too little of a mode, unless the episode has no others. */
    private static final int LEAST = 10;

    /**
     * The segments of rows, by episode and then by mode.
     *
     * @param episodes [N] of each row; an episode's rows follow each other
     * @param steps [N] of each row in its episode, ascending
     * @param modes [N] of each row
     * @param count K
     */
    public static List<Segment> of(int[] episodes, int[] steps, int[] modes, int count) {
        List<Segment> segments = new ArrayList<>();
        for (int from = 0; from < episodes.length; ) {
            int to = from;
            while (to < episodes.length && episodes[to] == episodes[from]) {
                to++;
            }
            for (int mode = 0; mode < count; mode++) {
                int one = mode;
                int[] own =
                        IntStream.range(from, to)
                                .filter(row -> modes[row] == one)
                                .map(row -> steps[row])
                                .toArray();
                if (own.length >= Math.min(LEAST, to - from)) {
                    segments.add(new Segment(episodes[from], mode, own));
                }
            }
            from = to;
        }
        return segments;
    }
}
