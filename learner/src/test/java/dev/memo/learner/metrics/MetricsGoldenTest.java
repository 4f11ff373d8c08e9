package dev.memo.learner.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.learner.testing.GoldenCase;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers of scikit-learn, SciPy and shapely. */
class MetricsGoldenTest {

    static List<GoldenCase> clusterings() {
        return GoldenCase.of("metrics.json", "clustering");
    }

    static List<GoldenCase> matchings() {
        return GoldenCase.of("metrics.json", "matching");
    }

    static List<GoldenCase> intervals() {
        return GoldenCase.of("metrics.json", "t_interval");
    }

    private static void expect(GoldenCase golden, String name, double actual) {
        double expected = golden.output(name)[0];
        assertThat(actual).as(name).isCloseTo(expected, within(1e-8 * Math.max(1, expected)));
    }

    @ParameterizedTest
    @MethodSource("clusterings")
    void agreesOnClusterings(GoldenCase golden) {
        ConfusionTable table =
                ConfusionTable.of(golden.wholeInput("labels"), golden.wholeInput("clusters"));
        expect(golden, "purity", table.purity());
        expect(golden, "nmi", table.nmi());
        expect(golden, "ari", table.ari());
        expect(golden, "perplexity", table.perplexity());
    }

    @ParameterizedTest
    @MethodSource("matchings")
    void agreesOnMatchings(GoldenCase golden) {
        int columns = golden.columns("score");
        double[] flat = golden.input("score");
        double[][] score = new double[flat.length / columns][];
        Arrays.setAll(score, m -> Arrays.copyOfRange(flat, m * columns, (m + 1) * columns));
        int[] expected = new int[score.length];
        Arrays.fill(expected, -1);
        double[] rows = golden.output("rows");
        for (int i = 0; i < rows.length; i++) {
            expected[(int) rows[i]] = (int) golden.output("columns")[i];
        }
        assertThat(Matching.best(score)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("intervals")
    void agreesOnIntervals(GoldenCase golden) {
        Interval interval = Interval.of(golden.input("values"));
        expect(golden, "mean", interval.mean());
        expect(golden, "low", interval.low());
        expect(golden, "high", interval.high());
    }
}
