package dev.memo.kernels;

import static dev.memo.kernels.Evaluation.assertClose;

import dev.memo.base.RandomStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is composed over windows, against the formulas written as loops. */
class WindowTest {
    private static final int ROWS = 3;
    private static final int STEPS = 4;
    private static final int INPUTS = 5;
    private static final int UNITS = 2;

    private final Program.Builder builder = Program.builder("window");
    private final Map<String, double[]> values = new LinkedHashMap<>();
    private final RandomStream random = new RandomStream(3, 0, 0, 0);

    /** Whole multiples of 1/256: the same numbers in float32 and float64. */
    private double[] keep(String name, int count) {
        double[] entries = new double[count];
        for (int i = 0; i < count; i++) {
            entries[i] = Math.rint(random.uniform(-1, 1) * 256) / 256;
        }
        values.put(name, entries);
        return entries;
    }

    private void check(double[] expected) {
        Program program = builder.build();
        assertClose("plain", Evaluation.plain(program, values, ROWS).get("y"), expected, 1e-12);
        assertClose("device", Evaluation.onDevice(program, values, ROWS).get("y"), expected, 2e-6);
    }

    @Test
    void gruHasPyTorchsGates() {
        Gru gru = Gru.of(builder, "gru", INPUTS, UNITS);
        builder.output("y", gru.last(builder.input("x", STEPS * INPUTS), STEPS));
        double[] x = keep("x", ROWS * STEPS * INPUTS);
        double[] w = keep("gru.input_weight", 3 * UNITS * INPUTS);
        double[] u = keep("gru.hidden_weight", 3 * UNITS * UNITS);
        double[] b = keep("gru.input_bias", 3 * UNITS);
        double[] c = keep("gru.hidden_bias", 3 * UNITS);
        double[] expected = new double[ROWS * UNITS];
        for (int row = 0; row < ROWS; row++) {
            double[] h = new double[UNITS];
            for (int t = 0; t < STEPS; t++) {
                double[] next = new double[UNITS];
                int at = (row * STEPS + t) * INPUTS;
                for (int i = 0; i < UNITS; i++) {
                    double r = sigmoid(gate(w, x, at, b, i) + gate(u, h, 0, c, i));
                    int second = UNITS + i;
                    double z = sigmoid(gate(w, x, at, b, second) + gate(u, h, 0, c, second));
                    int third = 2 * UNITS + i;
                    double n = Math.tanh(gate(w, x, at, b, third) + r * gate(u, h, 0, c, third));
                    next[i] = (1 - z) * n + z * h[i];
                }
                h = next;
            }
            System.arraycopy(h, 0, expected, row * UNITS, UNITS);
        }
        check(expected);
    }

    /** One entry of weight x + bias. */
    private static double gate(double[] weight, double[] x, int xo, double[] bias, int row) {
        int inputs = weight.length / bias.length;
        double sum = bias[row];
        for (int k = 0; k < inputs; k++) {
            sum += weight[row * inputs + k] * x[xo + k];
        }
        return sum;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void attentionPoolsTheStepsOfEachWindow() {
        Node steps = builder.input("x", STEPS * INPUTS).split(STEPS);
        Node weight = builder.parameter("weight", Initialiser.zeros(), 1, INPUTS);
        builder.output("y", Attention.pool(steps, steps.linear(weight)));
        double[] x = keep("x", ROWS * STEPS * INPUTS);
        double[] w = keep("weight", INPUTS);
        double[] expected = new double[ROWS * INPUTS];
        double[] none = new double[1];
        for (int row = 0; row < ROWS; row++) {
            double total = 0;
            for (int t = 0; t < STEPS; t++) {
                total += Math.exp(gate(w, x, (row * STEPS + t) * INPUTS, none, 0));
            }
            for (int t = 0; t < STEPS; t++) {
                int at = (row * STEPS + t) * INPUTS;
                double share = Math.exp(gate(w, x, at, none, 0)) / total;
                for (int j = 0; j < INPUTS; j++) {
                    expected[row * INPUTS + j] += share * x[at + j];
                }
            }
        }
        check(expected);
    }
}
