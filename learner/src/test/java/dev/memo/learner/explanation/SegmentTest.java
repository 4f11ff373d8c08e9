package dev.memo.learner.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentTest {
    @Test
    void theStepsOfAModeInAnEpisodeAreOneSegmentUnlessTheyAreFew() {
        // Episode 2: 12 steps of mode 1, 3 of mode 0, 10 of mode 1. Episode 4: 2 steps of mode 0.
        int[] episodes = IntStream.range(0, 27).map(i -> i < 25 ? 2 : 4).toArray();
        int[] steps = IntStream.range(0, 27).map(i -> i < 25 ? i : i - 25).toArray();
        int[] modes =
                IntStream.range(0, 27).map(i -> i < 12 || i >= 15 && i < 25 ? 1 : 0).toArray();
        List<Segment> segments = Segment.of(episodes, steps, modes, 2);
        assertThat(segments).extracting(Segment::episode).containsExactly(2, 4);
        assertThat(segments).extracting(Segment::mode).containsExactly(1, 0);
        assertThat(segments.getFirst().steps()).hasSize(22).contains(11, 15).doesNotContain(12);
        assertThat(segments.getLast().steps()).containsExactly(0, 1);
    }
}
