package dev.memo.learner.memo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.RandomStream;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import dev.memo.kernels.jvm.JvmDevice;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The training program's losses against the same formulas written down in float64. */
class MemoNetworkTest {
    private static final int ROWS = 7;
    private static final int O = 4;
    private static final int D = 3;
    private static final int A = 2;
    private static final int K = 3;
    private static final double BETA = 0.3;

    private final RandomStream random = new RandomStream(5, 0, 0, 0);
    private final float[] observations = uniform(ROWS * O, 3);
    private final float[] differences = uniform(2 * ROWS * D, 3);
    private final float[] actions = uniform(ROWS * A, 1);
    private final float[] code = {0, 1, 2, 2, 1, 0, 0};
    private final float[] replaced = {0, 1, 0, 1, 0, 0, 1};
    private Parameters parameters;

    static Stream<Arguments> variants() {
        return Arrays.stream(MemoConfig.Loss.values())
                .flatMap(
                        loss ->
                                Arrays.stream(MemoConfig.Context.values())
                                        .flatMap(
                                                context ->
                                                        Arrays.stream(
                                                                        MemoConfig.Assignment
                                                                                .values())
                                                                .map(
                                                                        who ->
                                                                                Arguments.of(
                                                                                        loss,
                                                                                        context,
                                                                                        who))));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void lossesAreThoseOfTheFormulas(
            MemoConfig.Loss loss, MemoConfig.Context context, MemoConfig.Assignment assignment) {
        check(config("loss", loss, "context", context, "assignment", assignment));
    }

    static Stream<MemoConfig> extras() {
        return Stream.of(
                config("residual_codes", 2, "assignment", "STEP"),
                config("residual_codes", 4, "assignment", "EPISODE", "window", 2),
                config("usage_entropy", 0.7),
                config("window", 2, "assignment", "STEP"),
                config("standardise", false),
                config("networks", "ORIGINAL", "window", 2),
                config("codebook", "AVERAGE"),
                config("recognition", 0.4));
    }

    @ParameterizedTest
    @MethodSource("extras")
    void extrasAreThoseOfTheFormulas(MemoConfig config) {
        check(config);
    }

    private static MemoConfig config(Object... changes) {
        Object[] all = Arrays.copyOf(changes, changes.length + 4);
        System.arraycopy(new Object[] {"modes", K, "beta", BETA}, 0, all, changes.length, 4);
        return TinyData.config(all);
    }

    private void check(MemoConfig config) {
        Program program = new MemoNetwork(config, O, D, A).training();
        try (ThreadTeam team = new ThreadTeam(1);
                JvmDevice device = new JvmDevice(team, true)) {
            parameters = device.parameters(1, program);
            for (String name : parameters.names()) {
                if (name.startsWith("fixed.") || name.startsWith("codebook")) {
                    int size = parameters.get(name).data().length;
                    float[] values = uniform(size, 0.5f);
                    for (int i = 0; i < size && name.endsWith("deviation"); i++) {
                        values[i] += 0.6f; // So small that some columns are cut off at 5.
                    }
                    parameters.set(name, values);
                }
            }
            Plain plain = new Plain(config);
            Executable step = device.compile(program, ROWS, parameters);
            step.bind("observations", observations);
            step.bind("differences", differences);
            step.bind("actions", actions);
            step.bind("replaced", replaced);
            if (config.assignment() == MemoConfig.Assignment.EPISODE) {
                step.bind("code", code);
            }
            step.set("learning_rate", 1e-3f);
            step.run(ROWS);
            close(step, "reconstruction", plain.reconstruction);
            close(step, "codebook_loss", plain.codebookLoss);
            close(step, "commitment", plain.commitment);
            close(step, "vq_loss", plain.vq());
            close(step, "nll", plain.nll);
            close(step, "loss", plain.loss());
        }
    }

    private static void close(Executable step, String output, double expected) {
        assertThat((double) step.scalar(output))
                .as(output)
                .isCloseTo(expected, within(1e-5 * Math.max(1, Math.abs(expected))));
    }

    private float[] uniform(int size, float bound) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.uniform(-bound, bound);
        }
        return values;
    }

    /** Row after row, from the package's description. */
    private final class Plain {
        private final MemoConfig config;
        private double reconstruction;
        private double codebookLoss;
        private double commitment;
        private double nll;
        private double inverse;
        private double literal;
        private double recognition;
        private final double[] usage = new double[K];

        Plain(MemoConfig config) {
            this.config = config;
            for (int row = 0; row < ROWS; row++) {
                add(row);
            }
        }

        boolean shared() {
            return config.assignment() == MemoConfig.Assignment.EPISODE;
        }

        double vq() {
            return reconstruction + codebookLoss + BETA * commitment;
        }

        double loss() {
            double joined =
                    switch (config.loss()) {
                        case AUTHOR -> inverse * vq();
                        case LOG_PRODUCT -> Math.log(inverse) + Math.log(vq());
                        case STABLE -> vq() + nll;
                        case LITERAL -> vq() * literal;
                    };
            double entropy = -Arrays.stream(usage).map(p -> p * Math.log(p)).sum();
            double told = shared() ? config.recognition() * recognition : 0;
            return joined + told - config.usageEntropy() * entropy;
        }

        private void add(int row) {
            int size = config.window() * D;
            double[] difference = new double[size];
            for (int w = 0; w < config.window(); w++) {
                int at = row * config.window() + w;
                System.arraycopy(
                        standardised(differences, at, D, "difference"), 0, difference, w * D, D);
            }
            double[] z = layers("encoder", difference);
            double[] distances = new double[K];
            int nearest = 0;
            for (int j = 0; j < K; j++) {
                distances[j] = squaredDistance(z, entry("codebook", j, z.length));
                nearest = distances[j] < distances[nearest] ? j : nearest;
            }
            int chosen = shared() ? (int) code[row] : nearest;
            double[] quantised = entry("codebook", chosen, z.length);
            codebookLoss += squaredDistance(z, quantised) / z.length / ROWS;
            if (config.residualCodes() > 0) {
                quantised = withResidual(z, quantised);
            }
            double[] decoded = layers("decoder", quantised);
            reconstruction += squaredDistance(difference, decoded) / size / ROWS;
            commitment += squaredDistance(z, quantised) / z.length / ROWS;
            double all = Arrays.stream(distances).map(d -> Math.exp(-d)).sum();
            recognition += (distances[chosen] + Math.log(all)) / ROWS;
            for (int j = 0; j < K; j++) {
                usage[j] += Math.exp(-distances[j]) / all / ROWS;
            }

            double[] own = context(distances);
            double[] context = replaced[row] == 1 ? entry("fixed.steering", chosen, K) : own;
            double[] seen = standardised(observations, row, O, "observation");
            double[] told = Arrays.copyOf(seen, O + K);
            System.arraycopy(context, 0, told, O, K);
            double[] mean = layers("actor", told);
            double rowLogDensity = 0;
            for (int a = 0; a < A; a++) {
                double logDeviation = data("actor.log_deviation")[a];
                double gap = (actions[row * A + a] - mean[a]) / Math.exp(logDeviation);
                double logDensity = -gap * gap / 2 - logDeviation - Math.log(2 * Math.PI) / 2;
                rowLogDensity += logDensity;
                nll -= logDensity / ROWS;
                inverse += 1 / (Math.exp(logDensity) + 0.1) / ROWS;
            }
            literal += 1 / rowLogDensity / ROWS;
        }

        /** The code and the nearest of the second level to what it leaves. */
        private double[] withResidual(double[] z, double[] code) {
            double[] left = new double[z.length];
            Arrays.setAll(left, i -> z[i] - code[i]);
            double[] nearest = entry("codebook.residual", 0, z.length);
            for (int j = 1; j < config.residualCodes(); j++) {
                double[] other = entry("codebook.residual", j, z.length);
                nearest =
                        squaredDistance(left, other) < squaredDistance(left, nearest)
                                ? other
                                : nearest;
            }
            codebookLoss += squaredDistance(left, nearest) / z.length / ROWS;
            double[] fine = nearest;
            double[] both = new double[z.length];
            Arrays.setAll(both, i -> code[i] + fine[i]);
            return both;
        }

        private double[] context(double[] distances) {
            double mean = Arrays.stream(distances).average().orElseThrow();
            double sum = Arrays.stream(distances).map(d -> Math.exp(-d)).sum();
            return Arrays.stream(distances)
                    .map(
                            d ->
                                    switch (config.context()) {
                                        case SQUARED -> d;
                                        case EUCLIDEAN -> Math.sqrt(d);
                                        case NORMALISED -> d / mean;
                                        case SOFTMAX -> Math.exp(-d) / sum;
                                    })
                    .toArray();
        }

        /** Linear layers, as many as there are, an activation after all but the last. */
        private double[] layers(String name, double[] input) {
            double[] values = input;
            int last = parameters.names().contains(name + ".3.weight") ? 3 : 2;
            for (int layer = 0; layer <= last; layer++) {
                float[] weight = data(name + "." + layer + ".weight");
                float[] bias = data(name + "." + layer + ".bias");
                double[] next = new double[bias.length];
                for (int i = 0; i < next.length; i++) {
                    next[i] = bias[i];
                    for (int j = 0; j < values.length; j++) {
                        next[i] += weight[i * values.length + j] * values[j];
                    }
                    next[i] = layer < last ? activated(name, next[i]) : next[i];
                }
                values = next;
            }
            return values;
        }

        private double activated(String name, double value) {
            boolean small = config.networks() == MemoConfig.Networks.SMALL;
            return name.equals("actor") && small ? Math.max(0, value) : Math.tanh(value);
        }

        private double[] standardised(float[] rows, int row, int width, String name) {
            double[] values = new double[width];
            if (!config.standardise()) {
                Arrays.setAll(values, i -> rows[row * width + i]);
                return values;
            }
            float[] mean = data("fixed." + name + ".mean");
            float[] deviation = data("fixed." + name + ".deviation");
            for (int i = 0; i < width; i++) {
                double value = (rows[row * width + i] - mean[i]) / deviation[i];
                values[i] = Math.clamp(value, -5, 5);
            }
            return values;
        }

        private double[] entry(String name, int row, int width) {
            double[] entry = new double[width];
            Arrays.setAll(entry, i -> data(name)[row * width + i]);
            return entry;
        }

        private float[] data(String name) {
            return parameters.get(name).data();
        }

        private static double squaredDistance(double[] a, double[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += (a[i] - b[i]) * (a[i] - b[i]);
            }
            return sum;
        }
    }
}
