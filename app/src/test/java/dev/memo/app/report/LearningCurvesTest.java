package dev.memo.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.learner.metrics.Interval;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LearningCurvesTest {
    @Test
    void averagesNeighboursToAtMost200Points() {
        LearningCurves curves = new LearningCurves(List.of(lines(500, 0)));

        assertThat(curves.perPoint()).isEqualTo(3);
        assertThat(curves.steps()).hasSize(167).startsWith(2.0, 5.0).endsWith(499.5);
        assertThat(curves.unit()).startsWith("thousand");
        assertThat(curves.of("every").getFirst()).isEqualTo(new Interval(2, 2, 2));
    }

    @Test
    void aPointIsTheMeanOfTheIterationsThatHaveTheMetric() {
        List<Interval> values = new LearningCurves(List.of(lines(500, 0))).of("even");

        // Iterations 1 to 3 have it in 2 alone, 4 to 6 in 4 and 6.
        assertThat(values.get(0).mean()).isEqualTo(2);
        assertThat(values.get(1).mean()).isEqualTo(5);
        assertThat(new LearningCurves(List.of(lines(1, 0))).of("even").getFirst().mean()).isNaN();
    }

    @Test
    void theIntervalIsStudentsOverSeeds() {
        List<List<JsonNode>> seeds = List.of(lines(4, 0), lines(4, 1), lines(4, 2));
        Interval third = new LearningCurves(seeds).of("every").get(2);

        // 3, 4 and 5: standard deviation 1, and Student's 4.3027 for two degrees of freedom.
        assertThat(third.mean()).isEqualTo(4);
        assertThat(third.high()).isCloseTo(4 + 4.3027 / Math.sqrt(3), within(1e-4));
        assertThat(third.low()).isCloseTo(4 - 4.3027 / Math.sqrt(3), within(1e-4));
    }

    @Test
    void aSeedThatIsBehindCountsAsFarAsItGot() {
        LearningCurves curves = new LearningCurves(List.of(lines(2, 10), lines(4, 0)));

        assertThat(curves.of("every").stream().map(Interval::mean))
                .containsExactly(6.0, 7.0, 3.0, 4.0);
    }

    /** Iteration i has "every" = i + more, and if it is even, "even" likewise. */
    private static List<JsonNode> lines(int iterations, int more) {
        List<JsonNode> lines = new ArrayList<>();
        for (int i = 1; i <= iterations; i++) {
            String even = i % 2 == 0 ? ",\"even\":" + (i + more) : "";
            lines.add(
                    JsonMapper.shared()
                            .readTree(
                                    "{\"iteration\":%d,\"steps\":%d,\"every\":%d%s}"
                                            .formatted(i, 1000 * i, i + more, even)));
        }
        return lines;
    }
}
