package dev.memo.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
    @Test
    void continuesFromASavedPositionAsIfItHadNeverStopped() {
        RandomStream whole = new RandomStream(7, 1, 2, 3);
        for (int i = 0; i < 5; i++) {
            whole.uniform();
        }
        whole.word();
        RandomStream resumed = new RandomStream(7, 1, 2, 3);
        resumed.seek(whole.position());
        for (int i = 0; i < 20; i++) {
            assertThat(resumed.word()).isEqualTo(whole.word());
        }
    }

    @Test
    void everyOneOfItsFourNumbersMakesAnotherSequence() {
        int[] first = firstWords(new RandomStream(1, 0, 0, 0));
        assertThat(firstWords(new RandomStream(2, 0, 0, 0))).isNotEqualTo(first);
        assertThat(firstWords(new RandomStream(1, 1, 0, 0))).isNotEqualTo(first);
        assertThat(firstWords(new RandomStream(1, 0, 1, 0))).isNotEqualTo(first);
        assertThat(firstWords(new RandomStream(1, 0, 0, 1))).isNotEqualTo(first);
        assertThat(firstWords(new RandomStream(1L << 32, 0, 0, 0))).isNotEqualTo(first);
    }

    @Test
    void normalsHaveMeanZeroAndVarianceOne() {
        RandomStream random = new RandomStream(11, 0, 0, 0);
        double[] sample = IntStream.range(0, 40_000).mapToDouble(_ -> random.normal()).toArray();
        double mean = Arrays.stream(sample).average().orElseThrow();
        double variance = Arrays.stream(sample).map(x -> x * x).average().orElseThrow();
        // Five standard errors: 5 / sqrt(40000) and 5 sqrt(2 / 40000).
        assertThat(mean).isCloseTo(0, within(0.025));
        assertThat(variance).isCloseTo(1, within(0.036));
    }

    @Test
    void wholeNumbersStayBelowTheBoundAndReachEveryValue() {
        RandomStream random = new RandomStream(3, 0, 0, 0);
        int[] seen = new int[7];
        for (int i = 0; i < 7_000; i++) {
            seen[random.below(7)]++;
        }
        for (int count : seen) {
            assertThat(count).isBetween(850, 1150);
        }
        assertThatThrownBy(() -> random.below(0)).hasMessageContaining("bound 0");
    }

    @Test
    void permutationsHoldEveryIndexOnce() {
        int[] order = new RandomStream(5, 0, 0, 0).permutation(100);
        assertThat(order).isNotEqualTo(IntStream.range(0, 100).toArray());
        assertThat(Arrays.stream(order).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void derivedSeedsDifferByPurposeAndStayFarFromOverflow() {
        long training = Seeds.derive(0, "training");
        assertThat(training).isEqualTo(Seeds.derive(0, "training"));
        assertThat(training).isNotEqualTo(Seeds.derive(0, "evaluation"));
        assertThat(training).isNotEqualTo(Seeds.derive(1, "training"));
        assertThat(training).isBetween(0L, Long.MAX_VALUE / 2);
    }

    private static int[] firstWords(RandomStream random) {
        return IntStream.range(0, 8).map(_ -> random.word()).toArray();
    }
}
