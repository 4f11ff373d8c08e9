package dev.memo.learner.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.learner.dataset.Transitions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpisodeRowsTest {
    /** Rows of the episodes 2, 5 and 6; the first column counts the rows. */
    private static final int[] EPISODES = {2, 2, 2, 2, 2, 2, 5, 6, 6, 6};

    private static final EpisodeRows ROWS =
            EpisodeRows.of(
                    new Transitions(
                            List.of("d"),
                            new float[2 * EPISODES.length],
                            new float[EPISODES.length],
                            new float[EPISODES.length],
                            EPISODES,
                            new int[EPISODES.length],
                            new boolean[EPISODES.length]));

    @Test
    void everyRowBelongsToItsEpisode() {
        assertThat(ROWS.count()).isEqualTo(3);
        assertThat(IntStream.range(0, 3).map(ROWS::episodeAt)).containsExactly(2, 5, 6);
        assertThat(IntStream.range(0, EPISODES.length).map(ROWS::placeOf))
                .containsExactly(0, 0, 0, 0, 0, 0, 1, 2, 2, 2);
    }

    @Test
    void probesAreEvenlySpacedAndShortEpisodesRepeatTheirs() {
        float[] counting = new float[2 * EPISODES.length];
        for (int i = 0; i < counting.length; i++) {
            counting[i] = i / 2 + (i % 2 == 0 ? 0 : 0.5f);
        }
        assertThat(ROWS.probes(counting, 2, 3))
                .containsExactly(
                        0, 0.5f, 2, 2.5f, 4, 4.5f, 6, 6.5f, 6, 6.5f, 6, 6.5f, 7, 7.5f, 8, 8.5f, 9,
                        9.5f);
    }

    @Test
    void aPhaseReachesEveryRowOfTheEpisodeAndNoOther() {
        assertThat(IntStream.range(0, 3).map(i -> ROWS.probe(0, i, 3, 0.99)))
                .containsExactly(1, 3, 5);
        assertThat(IntStream.range(0, 2).map(i -> ROWS.probe(2, i, 2, 0.99))).containsExactly(8, 9);
    }
}
