package dev.memo.learner.baseline;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs against the same formulas written down in float64, sample by sample. */
class BaselineNetworkTest {
    private static final int SAMPLES = 5;
    private static final int W = 4;
    private static final int O = 3;
    private static final int A = 2;
    private static final int K = 3;
    private static final double KL_WEIGHT = 0.3;

    private final ThreadTeam team = new ThreadTeam(1);
    private final JvmDevice device = new JvmDevice(team, true);
    private final RandomStream random = new RandomStream(5, 0, 0, 0);
    private final float[] observations = uniform(SAMPLES * W * O, 3);
    private final float[] actions = uniform(SAMPLES * W * A, 1);
    private final float[] weights = uniform(SAMPLES * K, 1);
    private BaselineNetwork network;
    private Parameters parameters;

    @AfterEach
    void close() {
        device.close();
        team.close();
    }

    /** Every kind, with deviations for all modes and for each. */
    static Stream<Arguments> kinds() {
        return Arrays.stream(BaselineConfig.Kind.values())
                .flatMap(kind -> Stream.of(Arguments.of(kind, false), Arguments.of(kind, true)));
    }

    private void build(BaselineConfig.Kind kind, boolean own) {
        boolean one = kind == BaselineConfig.Kind.CLONING;
        network =
                new BaselineNetwork(
                        MirroredExperts.config(
                                kind,
                                "modes",
                                one ? 1 : K,
                                "probes",
                                W,
                                "kl_weight",
                                KL_WEIGHT,
                                "mode_deviations",
                                own),
                        O,
                        A);
        boolean encodes = kind == BaselineConfig.Kind.CATEGORICAL_VAE;
        Program last = encodes ? network.recognition() : network.acting();
        parameters =
                device.parameters(
                        1, network.training(), network.marginal(), network.likelihood(), last);
        for (String name : parameters.names()) {
            if (name.startsWith("fixed.") || name.equals(BaselineNetwork.LOG_DEVIATION)) {
                float[] values = uniform(parameters.get(name).data().length, 0.5f);
                for (int i = 0; i < values.length && name.endsWith(".deviation"); i++) {
                    values[i] += 0.6f; // So small that some columns are cut off at 5.
                }
                parameters.set(name, values);
            }
        }
    }

    private int modes() {
        return network.config().modes();
    }

    private Executable bound(Program program) {
        Executable executable = device.compile(program, SAMPLES, parameters);
        executable.bind("observations", observations);
        executable.bind("actions", actions);
        return executable;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void lossesAreThoseOfTheFormulas(BaselineConfig.Kind kind, boolean own) {
        build(kind, own);
        boolean oneHot = kind != BaselineConfig.Kind.SOFT_EM;
        for (int i = 0; i < SAMPLES * modes() && oneHot; i++) {
            weights[i] = i % modes() == i / modes() % modes() ? 1 : 0;
        }
        double loss = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            loss -= gain(kind, sample) / SAMPLES;
        }
        Executable step = bound(network.training());
        if (kind != BaselineConfig.Kind.MIXTURE && kind != BaselineConfig.Kind.CATEGORICAL_VAE) {
            step.bind("weights", weights);
        }
        step.set("learning_rate", 1e-3f);
        step.run(SAMPLES);
        assertThat((double) step.scalar("loss"))
                .isCloseTo(loss, within(1e-5 * Math.max(1, Math.abs(loss))));
    }

    /** What a sample adds to minus the loss. */
    private double gain(BaselineConfig.Kind kind, int sample) {
        double gain = 0;
        switch (kind) {
            case CLONING, LABELLED, K_MEANS, HARD_EM, SOFT_EM -> {
                for (int mode = 0; mode < modes(); mode++) {
                    gain += weights[sample * modes() + mode] * logDensity(sample, mode);
                }
            }
            case MIXTURE -> {
                double[] pi = mixtureWeights(sample);
                double sum = 0;
                for (int mode = 0; mode < K; mode++) {
                    sum += pi[mode] * Math.exp(logDensity(sample, mode));
                }
                gain = Math.log(sum);
            }
            case CATEGORICAL_VAE -> {
                double[] posterior = posterior(sample);
                for (int mode = 0; mode < K; mode++) {
                    double mean = 0;
                    for (int row = sample * W; row < (sample + 1) * W; row++) {
                        mean += logDensity(row, mode) / W;
                    }
                    double ratio = Math.log(posterior[mode] * K);
                    gain += posterior[mode] * (mean - KL_WEIGHT * ratio);
                }
            }
        }
        return gain;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void densitiesAreThoseOfTheFormulas(BaselineConfig.Kind kind, boolean own) {
        build(kind, own);
        float[] found = new float[SAMPLES];
        Executable marginal = bound(network.marginal());
        marginal.bind("log_density", found);
        marginal.run(SAMPLES);
        for (int row = 0; row < SAMPLES; row++) {
            double[] pi = new double[modes()];
            Arrays.fill(pi, 1.0 / modes());
            if (kind == BaselineConfig.Kind.MIXTURE) {
                pi = mixtureWeights(row);
            }
            double sum = 0;
            for (int mode = 0; mode < modes(); mode++) {
                sum += pi[mode] * Math.exp(logDensity(row, mode));
            }
            assertThat((double) found[row]).isCloseTo(Math.log(sum), within(1e-5));
        }
        Executable likelihood = bound(network.likelihood());
        likelihood.bind("log_density", found);
        for (int mode = 0; mode < modes(); mode++) {
            float[] context = new float[SAMPLES * modes()];
            for (int row = 0; row < SAMPLES; row++) {
                context[row * modes() + mode] = 1;
            }
            likelihood.bind("context", context);
            likelihood.run(SAMPLES);
            for (int row = 0; row < SAMPLES; row++) {
                assertThat((double) found[row]).isCloseTo(logDensity(row, mode), within(1e-5));
            }
        }
    }

    /** log p(action | observation, mode) of a row. */
    private double logDensity(int row, int mode) {
        double[] means = means(row, mode);
        float[] logDeviations = data(BaselineNetwork.LOG_DEVIATION);
        double sum = 0;
        for (int a = 0; a < A; a++) {
            double logDeviation = logDeviations[logDeviations.length == A ? a : mode * A + a];
            double gap = (actions[row * A + a] - means[a]) / Math.exp(logDeviation);
            sum += -gap * gap / 2 - logDeviation - Math.log(2 * Math.PI) / 2;
        }
        return sum;
    }

    private double[] means(int row, int mode) {
        double[] seen = standardised(row);
        return switch (network.config().kind()) {
            case CLONING, LABELLED, K_MEANS, CATEGORICAL_VAE -> {
                double[] told = Arrays.copyOf(seen, O + modes());
                told[O + mode] = 1;
                yield linear("actor.2", features("actor", told));
            }
            case MIXTURE -> {
                double[] all = linear("actor.2", features("actor", seen));
                yield Arrays.copyOfRange(all, mode * A, (mode + 1) * A);
            }
            case HARD_EM, SOFT_EM -> {
                String actor = "actor.mode" + mode;
                yield linear(actor + ".2", features(actor, seen));
            }
        };
    }

    private double[] mixtureWeights(int row) {
        return softmax(linear("actor.weights", features("actor", standardised(row))));
    }

    private double[] features(String actor, double[] told) {
        double[] first = linear(actor + ".0", told);
        double[] second = linear(actor + ".1", rectified(first));
        return rectified(second);
    }

    private static double[] rectified(double[] values) {
        return Arrays.stream(values).map(value -> Math.max(0, value)).toArray();
    }

    /** The encoder: a GRU over the rows of a sample, another over them backwards. */
    private double[] posterior(int sample) {
        double[] ahead = new double[network.config().encoderHidden()];
        double[] back = ahead.clone();
        for (int i = 0; i < W; i++) {
            ahead = next("encoder.forward", step(sample * W + i), ahead);
            back = next("encoder.backward", step(sample * W + W - 1 - i), back);
        }
        double[] both = Arrays.copyOf(ahead, 2 * ahead.length);
        System.arraycopy(back, 0, both, ahead.length, back.length);
        return softmax(linear("encoder.logits", both));
    }

    private double[] step(int row) {
        double[] step = Arrays.copyOf(standardised(row), O + A);
        for (int a = 0; a < A; a++) {
            step[O + a] = actions[row * A + a];
        }
        return step;
    }

    private double[] next(String name, double[] x, double[] h) {
        double[] input = linear(data(name + ".input_weight"), data(name + ".input_bias"), x);
        double[] hidden = linear(data(name + ".hidden_weight"), data(name + ".hidden_bias"), h);
        int units = h.length;
        double[] next = new double[units];
        for (int i = 0; i < units; i++) {
            double reset = sigmoid(input[i] + hidden[i]);
            double update = sigmoid(input[units + i] + hidden[units + i]);
            double candidate = Math.tanh(input[2 * units + i] + reset * hidden[2 * units + i]);
            next[i] = (1 - update) * candidate + update * h[i];
        }
        return next;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double[] softmax(double[] logits) {
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        return Arrays.stream(logits).map(logit -> Math.exp(logit) / sum).toArray();
    }

    private double[] standardised(int row) {
        double[] values = new double[O];
        for (int i = 0; i < O; i++) {
            double centred = observations[row * O + i] - data("fixed.observation.mean")[i];
            values[i] = Math.clamp(centred / data("fixed.observation.deviation")[i], -5, 5);
        }
        return values;
    }

    private double[] linear(String name, double[] x) {
        return linear(data(name + ".weight"), data(name + ".bias"), x);
    }

    private static double[] linear(float[] weight, float[] bias, double[] x) {
        double[] y = new double[bias.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = bias[i];
            for (int j = 0; j < x.length; j++) {
                y[i] += weight[i * x.length + j] * x[j];
            }
        }
        return y;
    }

    private float[] data(String name) {
        return parameters.get(name).data();
    }

    private float[] uniform(int size, float bound) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.uniform(-bound, bound);
        }
        return values;
    }
}
