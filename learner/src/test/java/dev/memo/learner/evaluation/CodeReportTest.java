package dev.memo.learner.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.learner.dataset.ExpertLabels;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CodeReportTest {
    /** Of five episodes; only 1, 2 and 4 have rows. */
    private static final ExpertLabels LABELS =
            new ExpertLabels(List.of("a", "b"), new int[] {1, 0, 1, 0, 1});

    private static final int[] EPISODES = {4, 4, 4, 1, 1, 1, 2, 2};
    private static final int[] CODES = {2, 2, 0, 0, 0, 0, 2, 0};

    @Test
    void countsRowsAndEpisodesOfEachExpertWithEachCode() {
        CodeReport report =
                CodeReport.of(CODES, EPISODES, new int[] {0, 0, 2}, 4, Optional.of(LABELS), 1);
        assertThat(report.usage()).containsExactly(5 / 8.0, 0, 3 / 8.0, 0);
        double entropy = -5 / 8.0 * Math.log(5 / 8.0) - 3 / 8.0 * Math.log(3 / 8.0);
        assertThat(report.perplexity()).isCloseTo(Math.exp(entropy), within(1e-12));

        CodeReport.Agreement agreement = report.agreement().orElseThrow();
        assertThat(agreement.perStep().counts())
                .isDeepEqualTo(new long[][] {{3, 0, 0, 0}, {2, 0, 3, 0}});
        assertThat(agreement.perEpisode().counts())
                .isDeepEqualTo(new long[][] {{1, 0, 0, 0}, {1, 0, 1, 0}});
        assertThat(agreement.perStep().purity()).isEqualTo(6 / 8.0);
    }

    @Test
    void withoutLabelsThereIsNoAgreement() {
        CodeReport report =
                CodeReport.of(CODES, EPISODES, new int[] {0, 0, 2}, 3, Optional.empty(), 1);
        assertThat(report.agreement()).isEmpty();
        assertThat(report.usage()).hasSize(3);
    }

    /** 40 episodes of two rows: one code per expert but for every tenth episode. */
    @Test
    void theIntervalHoldsTheAriAndFollowsFromTheSeed() {
        int[] episodes = IntStream.range(0, 80).map(i -> i / 2).toArray();
        int[] experts = IntStream.range(0, 40).map(e -> e % 2).toArray();
        int[] ofEpisode = IntStream.range(0, 40).map(e -> e % 10 == 0 ? 1 : experts[e]).toArray();
        int[] codes = IntStream.of(episodes).map(e -> ofEpisode[e]).toArray();
        ExpertLabels labels = new ExpertLabels(List.of("a", "b"), experts);
        CodeReport.Agreement one =
                CodeReport.of(codes, episodes, ofEpisode, 2, Optional.of(labels), 1)
                        .agreement()
                        .orElseThrow();
        double ari = one.perEpisode().ari();
        assertThat(ari).isBetween(0.5, 0.9);
        assertThat(one.low()).isBetween(0.2, ari);
        assertThat(one.high()).isBetween(ari, 1.0);
        assertThat(one.high() - one.low()).isGreaterThan(0.1);

        CodeReport.Agreement again =
                CodeReport.of(codes, episodes, ofEpisode, 2, Optional.of(labels), 1)
                        .agreement()
                        .orElseThrow();
        assertThat(again.low()).isEqualTo(one.low());
    }

    /** 19 rows of 20 with one code: exp of the entropy is 1.22; 15 of 20: 1.75. */
    @Test
    void hardlyMoreThanOneCodeInUseIsACollapse() {
        assertThat(ofTwenty(19, 4).collapse().orElseThrow())
                .contains("The codes have collapsed: 1.22 of 4", "--k-means-start", "--beta");
        assertThat(ofTwenty(15, 4).collapse()).isEmpty();
        assertThat(ofTwenty(20, 4).collapse()).isPresent();
        // With one mode there is nothing to collapse.
        assertThat(ofTwenty(20, 1).collapse()).isEmpty();
    }

    private static CodeReport ofTwenty(int first, int modes) {
        int[] codes = IntStream.range(0, 20).map(i -> i < first ? 0 : 1).toArray();
        int[] episodes = IntStream.range(0, 20).toArray();
        return CodeReport.of(codes, episodes, codes, modes, Optional.empty(), 1);
    }
}
