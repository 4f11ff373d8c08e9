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
    private final float[] differences = uniform(ROWS * D, 3);
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
        MemoConfig config =
                TinyData.config(
                        "modes",
                        K,
                        "loss",
                        loss,
                        "context",
                        context,
                        "assignment",
                        assignment,
                        "beta",
                        BETA);
        Program program = new MemoNetwork(config, O, D, A).training();
        try (ThreadTeam team = new ThreadTeam(1);
                JvmDevice device = new JvmDevice(team, true)) {
            parameters = device.parameters(1, program);
            for (String name : parameters.names()) {
                if (name.startsWith("fixed.") || name.equals("codebook")) {
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
            if (assignment == MemoConfig.Assignment.EPISODE) {
                step.bind("code", code);
            }
            step.set("learning_rate", 1e-3f);
            step.run(ROWS);
            close(step, "reconstruction", plain.reconstruction);
            close(step, "codebook_loss", plain.toCode);
            close(step, "commitment", plain.toCode);
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
        private double toCode;
        private double nll;
        private double inverse;

        Plain(MemoConfig config) {
            this.config = config;
            for (int row = 0; row < ROWS; row++) {
                add(row);
            }
        }

        double vq() {
            return reconstruction + toCode + BETA * toCode;
        }

        double loss() {
            return config.loss() == MemoConfig.Loss.AUTHOR ? inverse * vq() : vq() + nll;
        }

        private void add(int row) {
            double[] difference = standardised(differences, row, D, "difference");
            double[] z = layers("encoder", difference);
            double[] distances = new double[K];
            int nearest = 0;
            for (int j = 0; j < K; j++) {
                distances[j] = squaredDistance(z, entry("codebook", j, z.length));
                nearest = distances[j] < distances[nearest] ? j : nearest;
            }
            boolean shared = config.assignment() == MemoConfig.Assignment.EPISODE;
            int chosen = shared ? (int) code[row] : nearest;
            double[] quantised = entry("codebook", chosen, z.length);
            double[] decoded = layers("decoder", quantised);
            reconstruction += squaredDistance(difference, decoded) / D / ROWS;
            toCode += squaredDistance(z, quantised) / z.length / ROWS;

            double[] own = context(distances);
            double[] context = replaced[row] == 1 ? entry("fixed.steering", chosen, K) : own;
            double[] seen = standardised(observations, row, O, "observation");
            double[] told = Arrays.copyOf(seen, O + K);
            System.arraycopy(context, 0, told, O, K);
            double[] mean = layers("actor", told);
            for (int a = 0; a < A; a++) {
                double logDeviation = data("actor.log_deviation")[a];
                double gap = (actions[row * A + a] - mean[a]) / Math.exp(logDeviation);
                double logDensity = -gap * gap / 2 - logDeviation - Math.log(2 * Math.PI) / 2;
                nll -= logDensity / ROWS;
                inverse += 1 / (Math.exp(logDensity) + 0.1) / ROWS;
            }
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

        /** Three linear layers, an activation after the first two. */
        private double[] layers(String name, double[] input) {
            double[] values = input;
            for (int layer = 0; layer < 3; layer++) {
                float[] weight = data(name + "." + layer + ".weight");
                float[] bias = data(name + "." + layer + ".bias");
                double[] next = new double[bias.length];
                for (int i = 0; i < next.length; i++) {
                    next[i] = bias[i];
                    for (int j = 0; j < values.length; j++) {
                        next[i] += weight[i * values.length + j] * values[j];
                    }
                    next[i] = layer < 2 ? activated(name, next[i]) : next[i];
                }
                values = next;
            }
            return values;
        }

        private static double activated(String name, double value) {
            return name.equals("actor") ? Math.max(0, value) : Math.tanh(value);
        }

        private double[] standardised(float[] rows, int row, int width, String name) {
            float[] mean = data("fixed." + name + ".mean");
            float[] deviation = data("fixed." + name + ".deviation");
            double[] values = new double[width];
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
