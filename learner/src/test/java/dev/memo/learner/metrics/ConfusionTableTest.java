package dev.memo.learner.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.RandomStream;
import org.junit.jupiter.api.Test;

class ConfusionTableTest {
    @Test
    void randomCodesAgreeWithNothing() {
        RandomStream random = new RandomStream(1, 0, 0, 0);
        int[] classes = new int[20_000];
        int[] codes = new int[classes.length];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = random.below(3);
            codes[i] = random.below(4);
        }
        ConfusionTable table = ConfusionTable.of(classes, codes);
        assertThat(table.ari()).isCloseTo(0, within(2e-3));
        assertThat(table.nmi()).isBetween(0.0, 2e-3);
        assertThat(table.purity()).isBetween(1.0 / 3, 0.36);
        assertThat(table.perplexity()).isCloseTo(4, within(1e-2));
    }

    @Test
    void episodesTakeTheirMostFrequentCode() {
        int[] episodes = {0, 0, 0, 1, 1, 2, 2};
        int[] codes = {2, 2, 0, 1, 1, 1, 0};
        assertThat(ConfusionTable.majority(episodes, codes, 3)).containsExactly(2, 1, 0);
    }

    @Test
    void needsAsManyClassesAsClusters() {
        assertThatThrownBy(() -> ConfusionTable.of(new int[] {0, 1}, new int[] {0}))
                .hasMessageContaining("2 classes and 1 clusters");
    }
}
