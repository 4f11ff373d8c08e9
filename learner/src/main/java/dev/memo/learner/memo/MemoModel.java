package dev.memo.learner.memo;

import dev.memo.base.Tensor;
import dev.memo.kernels.Device;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import dev.memo.learner.export.PolicyExport;
import dev.memo.learner.rollout.GaussianPolicy;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.StochasticSteerable;
import java.util.Arrays;
import java.util.Optional;

/**
 * The encoder, the codes and the policy on a device: recognises behaviour and repeats it. Letters
 * as in the package's description.
 */
public final class MemoModel implements StochasticSteerable {
    /** Rows per run of a program. */
    private static final int BLOCK = 4_096;

    private final MemoNetwork network;
    private final Parameters parameters;
    private final Program training;
    private final Executable recognition;
    private final Executable acting;
    private final Executable likelihood;

    /** Takes the outputs of recognition that nobody asked for. */
    private final float[] unread;

    MemoModel(MemoNetwork network, Device device) {
        this.network = network;
        training = network.training();
        Program recognising = network.recognition();
        Program choosing = network.acting();
        Program judging = network.likelihood();
        parameters =
                device.parameters(
                        network.config().seed(), training, recognising, choosing, judging);
        recognition = device.compile(recognising, BLOCK, parameters);
        acting = device.compile(choosing, BLOCK, parameters);
        likelihood = device.compile(judging, BLOCK, parameters);
        unread = new float[BLOCK * Math.max(config().codeSize(), modes())];
        for (Output output : Output.values()) {
            recognition.bind(output.tensor, unread, 0, width(output));
        }
    }

    /** What it was learned with. */
    public MemoConfig config() {
        return network.config();
    }

    @Override
    public int modes() {
        return network.config().modes();
    }

    MemoNetwork network() {
        return network;
    }

    Parameters parameters() {
        return parameters;
    }

    Program training() {
        return training;
    }

    /**
     * What recognition finds in rows of differences: outputs of {@link MemoNetwork#recognition}.
     */
    enum Output {
        Z("z"),
        DISTANCES("distances"),
        CONTEXT("context");

        private final String tensor;

        Output(String tensor) {
            this.tensor = tensor;
        }
    }

    /**
     * Runs the encoder.
     *
     * @param differences [N][D]
     * @return [N][Z] or [N][K]
     */
    float[] recognise(float[] differences, Output output) {
        int inWidth = network.differenceSize();
        int outWidth = width(output);
        int count = differences.length / inWidth;
        float[] found = new float[count * outWidth];
        for (int from = 0; from < count; from += BLOCK) {
            recognition.bind("differences", differences, from * inWidth, inWidth);
            recognition.bind(output.tensor, found, from * outWidth, outWidth);
            recognition.run(Math.min(BLOCK, count - from));
        }
        recognition.bind(output.tensor, unread, 0, outWidth);
        return found;
    }

    private int width(Output output) {
        return output == Output.Z ? config().codeSize() : modes();
    }

    /**
     * The code of each row: the nearest, the lowest of equally near ones.
     *
     * @param differences [N][D]
     * @return [N]
     */
    public int[] codes(float[] differences) {
        return nearest(recognise(differences, Output.DISTANCES), modes());
    }

    /** The column of each row's least entry, the lowest of equal ones: [N][width] to [N]. */
    static int[] nearest(float[] distances, int width) {
        int[] nearest = new int[distances.length / width];
        for (int row = 0; row < nearest.length; row++) {
            for (int i = 1; i < width; i++) {
                if (distances[row * width + i] < distances[row * width + nearest[row]]) {
                    nearest[row] = i;
                }
            }
        }
        return nearest;
    }

    /** Each row's own context, [N][K], from its differences [N][D]. */
    public float[] contexts(float[] differences) {
        return recognise(differences, Output.CONTEXT);
    }

    /** The context that stands for a mode, [K]. */
    public float[] steeringContext(int mode) {
        Tensor.F32 table = parameters.get(MemoNetwork.STEERING);
        return Arrays.copyOfRange(table.data(), mode * modes(), (mode + 1) * modes());
    }

    /** The steering context of each row's mode, [N][K]. */
    public float[] steeringContexts(int[] modeOfRow) {
        float[] table = parameters.get(MemoNetwork.STEERING).data();
        float[] contexts = new float[modeOfRow.length * modes()];
        for (int row = 0; row < modeOfRow.length; row++) {
            System.arraycopy(table, modeOfRow[row] * modes(), contexts, row * modes(), modes());
        }
        return contexts;
    }

    /**
     * The log density of actions, summed over their dimensions.
     *
     * @param observations [N][O]
     * @param actions [N][A]
     * @param contexts [N][K]
     * @return [N], in nats
     */
    public float[] logDensities(float[] observations, float[] actions, float[] contexts) {
        int observationSize = network.observationSize();
        int actionSize = network.actionSize();
        int count = contexts.length / modes();
        float[] densities = new float[count];
        for (int from = 0; from < count; from += BLOCK) {
            likelihood.bind("observations", observations, from * observationSize, observationSize);
            likelihood.bind("actions", actions, from * actionSize, actionSize);
            likelihood.bind("context", contexts, from * modes(), modes());
            likelihood.bind("log_density", densities, from, 1);
            likelihood.run(Math.min(BLOCK, count - from));
        }
        return densities;
    }

    @Override
    public float[] logDensities(float[] observations, float[] actions, int mode) {
        int[] modes = new int[observations.length / network.observationSize()];
        Arrays.fill(modes, mode);
        return logDensities(observations, actions, steeringContexts(modes));
    }

    /**
     * How likely episodes are under each mode: the mean over an episode's rows of log p(action |
     * observation, mode) - |z - e_mode|^2 / 2, the policy's density under the mode's steering
     * context and that of a unit Gaussian about its code.
     *
     * @param states [N][O]
     * @param actions [N][A]
     * @param differences [N][D]
     * @param places [N] the row's episode, 0 .. episodes - 1; each has a row
     * @return [episodes][K]
     */
    double[][] episodeLikelihoods(
            float[] states, float[] actions, float[] differences, int[] places, int episodes) {
        int modes = modes();
        float[] distances = recognise(differences, Output.DISTANCES);
        double[][] sums = new double[episodes][modes];
        int[] counts = new int[episodes];
        for (int mode = 0; mode < modes; mode++) {
            float[] densities = logDensities(states, actions, mode);
            for (int i = 0; i < places.length; i++) {
                sums[places[i]][mode] += densities[i] - 0.5 * distances[i * modes + mode];
                counts[places[i]] += mode == 0 ? 1 : 0;
            }
        }
        for (int e = 0; e < episodes; e++) {
            for (int mode = 0; mode < modes; mode++) {
                sums[e][mode] /= counts[e];
            }
        }
        return sums;
    }

    /** The policy for other tools. */
    public PolicyExport exported() {
        float[] logDeviations = parameters.get(MemoNetwork.LOG_DEVIATION).data();
        for (int i = 0; i < logDeviations.length; i++) {
            logDeviations[i] = (float) MemoNetwork.limited(logDeviations[i]);
        }
        Tensor.F32 steering = parameters.get(MemoNetwork.STEERING);
        return new PolicyExport(
                "memo", network.acting(), parameters, logDeviations, Optional.of(steering));
    }

    @Override
    public Policy steered(int mode, boolean sampled) {
        double[] deviations = new double[network.actionSize()];
        if (sampled) {
            float[] logDeviations = parameters.get(MemoNetwork.LOG_DEVIATION).data();
            for (int i = 0; i < deviations.length; i++) {
                deviations[i] = StrictMath.exp(MemoNetwork.limited(logDeviations[i]));
            }
        }
        return new GaussianPolicy(
                acting, network.observationSize(), deviations, steeringContext(mode));
    }
}
