package dev.memo.learner.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Numbers of scikit-learn, SciPy and shapely. */
class MetricsGoldenTest {

    /** One case; shown by its name. */
    record Case(JsonNode json) {
        double[] input(String name) {
            return numbers(json.path("inputs").path(name));
        }

        int[] wholeInput(String name) {
            return Arrays.stream(input(name)).mapToInt(v -> (int) v).toArray();
        }

        double[] output(String name) {
            return numbers(json.path("outputs").path(name));
        }

        void expect(String name, double actual) {
            double expected = output(name)[0];
            assertThat(actual).as(name).isCloseTo(expected, within(1e-8 * Math.max(1, expected)));
        }

        private static double[] numbers(JsonNode tensor) {
            double[] numbers = new double[tensor.path("data").size()];
            Arrays.setAll(numbers, i -> tensor.path("data").get(i).asDouble());
            return numbers;
        }

        @Override
        public String toString() {
            return json.path("name").asString();
        }
    }

    private static List<Case> cases(String kind) throws IOException {
        try (InputStream in = MetricsGoldenTest.class.getResourceAsStream("/golden/metrics.json")) {
            List<Case> cases = new ArrayList<>();
            for (JsonNode json : JsonMapper.shared().readTree(in).path("cases")) {
                if (json.path("kind").asString().equals(kind)) {
                    cases.add(new Case(json));
                }
            }
            return cases;
        }
    }

    static List<Case> clusterings() throws IOException {
        return cases("clustering");
    }

    static List<Case> matchings() throws IOException {
        return cases("matching");
    }

    static List<Case> intervals() throws IOException {
        return cases("t_interval");
    }

    @ParameterizedTest
    @MethodSource("clusterings")
    void agreesOnClusterings(Case golden) {
        ConfusionTable table =
                ConfusionTable.of(golden.wholeInput("labels"), golden.wholeInput("clusters"));
        golden.expect("purity", table.purity());
        golden.expect("nmi", table.nmi());
        golden.expect("ari", table.ari());
        golden.expect("perplexity", table.perplexity());
    }

    @ParameterizedTest
    @MethodSource("matchings")
    void agreesOnMatchings(Case golden) {
        int columns = golden.json().path("inputs").path("score").path("shape").get(1).asInt();
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
    void agreesOnIntervals(Case golden) {
        Interval interval = Interval.of(golden.input("values"));
        golden.expect("mean", interval.mean());
        golden.expect("low", interval.low());
        golden.expect("high", interval.high());
    }
}
