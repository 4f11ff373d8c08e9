package dev.memo.learner.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
    @Test
    void putsEveryEpisodeOnOneSide() {
        Split split = Split.byEpisode(50, 0.2, 3);
        assertThat(split.heldOut()).hasSize(10).isSorted();
        assertThat(split.training()).hasSize(40).isSorted();
        int[] all =
                IntStream.concat(IntStream.of(split.training()), IntStream.of(split.heldOut()))
                        .sorted()
                        .toArray();
        assertThat(all).isEqualTo(IntStream.range(0, 50).toArray());
    }

    @Test
    void followsFromItsSeed() {
        assertThat(Split.byEpisode(50, 0.2, 3).heldOut())
                .isEqualTo(Split.byEpisode(50, 0.2, 3).heldOut())
                .isNotEqualTo(Split.byEpisode(50, 0.2, 4).heldOut());
    }

    @Test
    void leavesAnEpisodeOnEachSide() {
        assertThat(Split.byEpisode(2, 0.01, 0).heldOut()).hasSize(1);
        assertThat(Split.byEpisode(2, 0.99, 0).training()).hasSize(1);
    }

    @Test
    void refusesASingleEpisode() {
        assertThatThrownBy(() -> Split.byEpisode(1, 0.2, 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("at least 2");
    }
}
