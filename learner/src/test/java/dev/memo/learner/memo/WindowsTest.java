package dev.memo.learner.memo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.learner.dataset.Transitions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowsTest {
    /** Two episodes of five and four rows; a row's difference and states are its number. */
    private static final int[] EPISODES = {3, 3, 3, 3, 3, 7, 7, 7, 7};

    private static Windows windows(int length, int stride) {
        int rows = EPISODES.length;
        float[] differences = new float[rows];
        float[] states = new float[2 * rows];
        for (int i = 0; i < rows; i++) {
            differences[i] = i;
            states[2 * i] = i;
            states[2 * i + 1] = -i;
        }
        Transitions table =
                new Transitions(
                        List.of("x"),
                        states,
                        differences,
                        new float[rows],
                        EPISODES,
                        IntStream.range(0, rows).map(i -> i < 5 ? i : i - 5).toArray(),
                        new boolean[rows]);
        return Windows.of(table, TinyData.config("window", length, "stride", stride));
    }

    @Test
    void aWindowOfOneRowIsTheRow() {
        Windows windows = windows(1, 5);
        assertThat(windows.first()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(windows.differences()).isEqualTo(windows.rows().differences());
    }

    @Test
    void noWindowCrossesTheEndOfAnEpisode() {
        assertThat(windows(3, 1).first()).containsExactly(0, 1, 2, 5, 6);
        assertThat(windows(2, 3).first()).containsExactly(0, 1, 5);
        assertThat(windows(2, 5).first()).isEmpty();
        assertThat(windows(3, 1).episodes()).containsExactly(3, 3, 3, 7, 7);
        assertThat(windows(3, 1).times()).containsExactly(0, 1, 2, 0, 1);
    }

    @Test
    void copiesRowsThatAreAStrideApart() {
        Windows windows = windows(2, 2);
        float[] differences = new float[4];
        windows.copyDifferences(3, differences, 1);
        assertThat(differences).containsExactly(0, 5, 7, 0);
        float[] states = new float[4];
        windows.copyStates(3, states, 0);
        assertThat(states).containsExactly(5, -5, 7, -7);
        assertThat(windows.pick(new int[] {3, 0}).first()).containsExactly(5, 0);
    }
}
