package dev.memo.learner.memo;

import dev.memo.base.Tensor;
import dev.memo.kernels.Device;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Parameters;
import dev.memo.kernels.Program;
import dev.memo.learner.dataset.Transitions;
import dev.memo.learner.export.PolicyExport;
import dev.memo.learner.rollout.GaussianPolicy;
import dev.memo.learner.rollout.LogDeviations;
import dev.memo.learner.rollout.SteeredPolicy;
import dev.memo.learner.rollout.StochasticSteerable;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The encoder, the codes and the policy on a device: recognises behaviour and repeats it. Letters
 * as in the package's description.
 */
public final class MemoModel implements StochasticSteerable {
    /** Rows per run of a program; of windows, as many as have so many rows together. */
    private static final int BLOCK = 4_096;

    private final MemoNetwork network;
    private final Parameters parameters;
    private final Program training;
    private final Executable recognition;
    private final Executable motion;
    private final Executable acting;
    private final Executable likelihood;

    /** Takes the outputs of recognition that nobody asked for. */
    private final float[] unread;

    /** A block of windows: their differences [block][W D], and their states if they are read. */
    private final float[] blockDifferences;

    private final float[] blockStates;
    private final int block;

    MemoModel(MemoNetwork network, Device device) {
        this.network = network;
        training = network.training();
        Program recognising = network.recognition();
        Program moving = network.motion();
        Program choosing = network.acting();
        Program judging = network.likelihood();
        parameters =
                device.parameters(
                        network.config().seed(), training, recognising, moving, choosing, judging);
        block = Math.max(1, BLOCK / config().window());
        recognition = device.compile(recognising, block, parameters);
        motion = device.compile(moving, BLOCK, parameters);
        acting = device.compile(choosing, BLOCK, parameters);
        likelihood = device.compile(judging, BLOCK, parameters);
        unread = new float[BLOCK * Math.max(config().codeSize(), modes())];
        for (Output output : Output.values()) {
            if (recognising.outputs().containsKey(output.tensor)) {
                recognition.bind(output.tensor, unread, 0, width(output));
            }
        }
        int rows = block * config().window();
        blockDifferences = new float[rows * network.differenceSize()];
        recognition.bind("differences", blockDifferences);
        blockStates = new float[network.seesStates() ? rows * network.observationSize() : 0];
        if (network.seesStates()) {
            recognition.bind("states", blockStates);
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

    /** What recognition finds in windows: outputs of {@link MemoNetwork#recognition}. */
    enum Output {
        Z("z"),
        DISTANCES("distances"),
        CONTEXT("context"),
        RESIDUAL("residual");

        private final String tensor;

        Output(String tensor) {
            this.tensor = tensor;
        }
    }

    /**
     * Runs the encoder.
     *
     * @return [N][Z] or [N][K]
     */
    float[] recognise(Windows windows, Output output) {
        int differences = config().window() * network.differenceSize();
        int states = config().window() * network.observationSize();
        int outWidth = width(output);
        int count = windows.size();
        float[] found = new float[count * outWidth];
        for (int from = 0; from < count; from += block) {
            int size = Math.min(block, count - from);
            for (int i = 0; i < size; i++) {
                windows.copyDifferences(from + i, blockDifferences, i * differences);
                if (network.seesStates()) {
                    windows.copyStates(from + i, blockStates, i * states);
                }
            }
            recognition.bind(output.tensor, found, from * outWidth, outWidth);
            recognition.run(size);
        }
        recognition.bind(output.tensor, unread, 0, outWidth);
        return found;
    }

    private int width(Output output) {
        return switch (output) {
            case Z -> config().codeSize();
            case DISTANCES, CONTEXT -> modes();
            case RESIDUAL -> 1;
        };
    }

    /** [N] the code of each window: the nearest, the lowest of equally near ones. */
    public int[] codes(Windows windows) {
        return nearest(recognise(windows, Output.DISTANCES), modes());
    }

    /** [K] the share of the windows to which each code is the nearest. */
    public double[] near(Windows windows) {
        int[] counts = new int[modes()];
        Arrays.stream(codes(windows)).forEach(code -> counts[code]++);
        return Arrays.stream(counts).mapToDouble(n -> (double) n / windows.size()).toArray();
    }

    /** [N] the second-level code of each window; empty where there is no second level. */
    public int[] residualCodes(Windows windows) {
        if (config().residualCodes() == 0) {
            return new int[0];
        }
        float[] found = recognise(windows, Output.RESIDUAL);
        return IntStream.range(0, found.length).map(i -> (int) found[i]).toArray();
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

    /** Each window's own context, [N][K]. */
    public float[] contexts(Windows windows) {
        return recognise(windows, Output.CONTEXT);
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

    /** How likely the differences of the windows' first rows are as each mode's motion: [N][K]. */
    float[] motions(Windows windows) {
        float[] differences = windows.differences();
        int width = network.differenceSize();
        float[] densities = new float[windows.size() * modes()];
        for (int from = 0; from < windows.size(); from += BLOCK) {
            motion.bind("differences", differences, from * width, width);
            motion.bind("log_density", densities, from * modes(), modes());
            motion.run(Math.min(BLOCK, windows.size() - from));
        }
        return densities;
    }

    /**
     * How likely episodes are under each mode: the mean over an episode's windows of
     *
     * <pre>
     *   log p(action | observation, mode) + log p(difference | mode) / n
     * </pre>
     *
     * the policy's density under the mode's steering context, and that of the mode's motion, a
     * Gaussian with a deviation for every column. Where states show who acts, one policy imitates
     * all in every mode and tells nobody; then the motion does. A difference over n steps shares n
     * - 1 of them with the next row's; hence 1 / n.
     *
     * @param heads the windows' first rows
     * @param places [N] the window's episode, 0 .. episodes - 1; each has a row
     * @return [episodes][K]
     */
    double[][] episodeLikelihoods(Windows windows, Transitions heads, int[] places, int episodes) {
        int modes = modes();
        float[] motions = motions(windows);
        double[][] sums = new double[episodes][modes];
        for (int mode = 0; mode < modes; mode++) {
            float[] densities = logDensities(heads.states(), heads.actions(), mode);
            for (int i = 0; i < places.length; i++) {
                sums[places[i]][mode] += densities[i] + motions[i * modes + mode];
            }
        }
        return means(sums, places);
    }

    /**
     * What the encoder makes of episodes: the mean over an episode's windows of log softmax(-d) /
     * n, n the steps that a window spans; 0 where the encoder did not learn to recognise codes.
     *
     * @param places [N] the window's episode, 0 .. episodes - 1; each has a row
     * @return [episodes][K]
     */
    double[][] episodeRecognition(Windows windows, int[] places, int episodes) {
        int modes = modes();
        double[][] sums = new double[episodes][modes];
        if (!network.recognises()) {
            return sums;
        }
        float[] distances = recognise(windows, Output.DISTANCES);
        double weight = 1.0 / config().reach();
        for (int i = 0; i < places.length; i++) {
            double least = Double.POSITIVE_INFINITY;
            for (int mode = 0; mode < modes; mode++) {
                least = Math.min(least, distances[i * modes + mode]);
            }
            double all = 0;
            for (int mode = 0; mode < modes; mode++) {
                all += StrictMath.exp(least - distances[i * modes + mode]);
            }
            double logAll = StrictMath.log(all) - least;
            for (int mode = 0; mode < modes; mode++) {
                sums[places[i]][mode] -= weight * (distances[i * modes + mode] + logAll);
            }
        }
        return means(sums, places);
    }

    /** Divides each episode's sums by how many rows it has. */
    private static double[][] means(double[][] sums, int[] places) {
        int[] counts = new int[sums.length];
        for (int place : places) {
            counts[place]++;
        }
        for (int e = 0; e < sums.length; e++) {
            for (int mode = 0; mode < sums[e].length; mode++) {
                sums[e][mode] /= counts[e];
            }
        }
        return sums;
    }

    /** The policy for other tools. */
    public PolicyExport exported() {
        float[] logDeviations = parameters.get(MemoNetwork.LOG_DEVIATION).data();
        for (int i = 0; i < logDeviations.length; i++) {
            logDeviations[i] = (float) LogDeviations.limited(logDeviations[i]);
        }
        Tensor.F32 steering = parameters.get(MemoNetwork.STEERING);
        return new PolicyExport(
                "memo", network.acting(), parameters, logDeviations, Optional.of(steering));
    }

    @Override
    public SteeredPolicy steered(int mode, boolean sampled) {
        float[][] contexts = new float[modes()][];
        Arrays.setAll(contexts, this::steeringContext);
        return steeredBy(contexts, mode, sampled);
    }

    /**
     * The policy with other contexts in the place of its modes'.
     *
     * @param contexts [choices][K]
     * @param choice that every environment begins with
     * @param sampled whether actions are drawn from the policy's distribution or are its means
     */
    public SteeredPolicy steeredBy(float[][] contexts, int choice, boolean sampled) {
        int size = network.actionSize();
        double[] deviations =
                sampled
                        ? LogDeviations.deviations(
                                parameters.get(MemoNetwork.LOG_DEVIATION).data(), 0, size)
                        : new double[size];
        double[][] ofChoices = new double[contexts.length][];
        Arrays.fill(ofChoices, deviations);
        return new GaussianPolicy(acting, network.observationSize(), ofChoices, contexts, choice);
    }
}
