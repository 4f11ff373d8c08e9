package dev.memo.learner.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodeTransitionsTest {
    @Test
    void countsAsByHand() {
        // Episode 3: 0 0 1 0; episode 5: 1 1 1, and after a gap 0.
        CodeTransitions found =
                CodeTransitions.of(
                        new int[] {3, 3, 3, 3, 5, 5, 5, 5},
                        new int[] {0, 1, 2, 3, 0, 1, 2, 9},
                        new int[] {0, 0, 1, 0, 1, 1, 1, 0},
                        3);
        // After 0: 0, 1. After 1: 0, 1, 1. Neither the next episode nor what is after the gap.
        assertThat(found.probabilities()[0]).containsExactly(1 / 2.0, 1 / 2.0, 0);
        assertThat(found.probabilities()[1]).containsExactly(1 / 3.0, 2 / 3.0, 0);
        assertThat(found.probabilities()[2]).containsExactly(0, 0, 0);
        assertThat(found.share()).containsExactly(0.5, 0.5, 0);
        // Runs of 0: 2, 1, 1; of 1: 1, 3.
        assertThat(found.dwell()).containsExactly(4 / 3.0, 2, 0);
    }
}
