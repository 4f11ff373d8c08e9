package dev.memo.learner.memo;

import dev.memo.base.InputException;
import dev.memo.base.RandomStream;
import dev.memo.base.Seeds;
import dev.memo.base.Tensor;
import dev.memo.kernels.Device;
import dev.memo.kernels.Executable;
import dev.memo.kernels.Parameters;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.Features;
import dev.memo.learner.dataset.Split;
import dev.memo.learner.dataset.Standardisation;
import dev.memo.learner.dataset.Transitions;
import dev.memo.learner.metrics.ConfusionTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains a {@link MemoModel} on the training episodes of a dataset, epoch by epoch. Its state
 * between epochs is a map of tensors; everything else is a function of configuration, data and the
 * epoch's number, so a restored trainer goes on bit for bit.
 */
public final class MemoTrainer {
    /** Random streams of the derived seeds. */
    private static final int STREAM = 1;

    static final String EPISODE_CODES = "episode_codes";
    private static final List<String> LOSSES =
            List.of("loss", "vq_loss", "reconstruction", "codebook_loss", "commitment", "nll");

    private final MemoConfig config;
    private final MemoModel model;
    private final Parameters parameters;
    private final Executable step;
    private final Windows windows;
    private final Probes probes;
    private final CodeAssignment assignment;
    private final long batchSeed;

    private final float[] observations;
    private final float[] differences;
    private final float[] states;
    private final float[] actions;
    private final float[] code;
    private final float[] replaced;

    private int epoch;

    /**
     * Prepares the first epoch.
     *
     * @throws dev.memo.base.InputException if the data do not have what the configuration asks for
     */
    public MemoTrainer(MemoConfig config, Dataset dataset, Device device) {
        this.config = config;
        int[] training = split(config, dataset).training();
        windows = windows(config, dataset, training);
        Transitions rows = windows.rows();
        probes = Probes.of(windows, config.probes());
        MemoNetwork network =
                new MemoNetwork(config, rows.stateSize(), rows.differenceSize(), rows.actionSize());
        model = new MemoModel(network, device);
        parameters = model.parameters();
        step = device.compile(model.training(), config.batch(), parameters);
        Standardisation changes = Standardisation.fit(rows.differences(), rows.differenceSize());
        assignment =
                switch (config.assignment()) {
                    case STEP -> new StepCodes(model, probes);
                    case EPISODE -> new EpisodeCodes(model, probes, changes);
                };
        batchSeed = Seeds.derive(config.seed(), "batches");

        observations = new float[config.batch() * rows.stateSize()];
        differences = new float[config.batch() * config.window() * rows.differenceSize()];
        boolean seesStates = network.seesStates();
        states = new float[seesStates ? config.batch() * config.window() * rows.stateSize() : 0];
        actions = new float[config.batch() * rows.actionSize()];
        code = new float[config.batch()];
        replaced = new float[config.batch()];
        step.bind("observations", observations);
        step.bind("differences", differences);
        if (seesStates) {
            step.bind("states", states);
        }
        step.bind("actions", actions);
        step.bind("replaced", replaced);
        if (config.assignment() == MemoConfig.Assignment.EPISODE) {
            step.bind("code", code);
        }
        if (config.standardise()) {
            set(MemoNetwork.OBSERVATION_MEAN, MemoNetwork.OBSERVATION_DEVIATION, seen(rows));
            set(MemoNetwork.DIFFERENCE_MEAN, MemoNetwork.DIFFERENCE_DEVIATION, changes);
        }
        if (config.kMeansStart()) {
            assignment.start(
                    new RandomStream(Seeds.derive(config.seed(), "k-means"), STREAM, 0, 0));
        }
        CodeAssignment.startAverages(model);
        updateSteering();
    }

    /** The episodes that are learned from, and those that are not. */
    public static Split split(MemoConfig config, Dataset dataset) {
        return Split.byEpisode(dataset.episodes().size(), config.heldOut(), config.seed());
    }

    /**
     * The windows of some episodes, as the configuration describes them.
     *
     * @throws InputException if no episode is long enough for one
     */
    public static Windows windows(MemoConfig config, Dataset dataset, int[] episodes) {
        Features features = Features.parse(config.features());
        Transitions rows =
                Transitions.of(
                        dataset, episodes, features, config.step(), Transitions.Respawns.KEEP);
        Windows windows = Windows.of(rows, config);
        if (windows.size() == 0) {
            throw new InputException(
                    "--window %d --stride %d: none of %d episodes has the %d steps of a window"
                            .formatted(
                                    config.window(),
                                    config.stride(),
                                    episodes.length,
                                    config.reach()));
        }
        return windows;
    }

    /** What has been learned so far. */
    public MemoModel model() {
        return model;
    }

    /** Epochs that are done. */
    public int epoch() {
        return epoch;
    }

    private static Standardisation seen(Transitions rows) {
        return Standardisation.fit(rows.states(), rows.stateSize());
    }

    private void set(String mean, String deviation, Standardisation fitted) {
        parameters.set(mean, fitted.mean());
        parameters.set(deviation, fitted.deviation());
    }

    /**
     * Does one epoch.
     *
     * @return its metrics by name: the losses' means over its gradient steps, and the state after
     *     it
     */
    public Map<String, Double> trainEpoch() {
        epoch++;
        List<String> losses = new ArrayList<>(LOSSES);
        if (model.network().recognises()) {
            losses.add("recognition");
        }
        double[] sums = new double[losses.size()];
        for (int i = 0; i < config.iterations(); i++) {
            if (i == 0 || config.redraw()) {
                drawBatch(i);
            }
            step.set("learning_rate", (float) learningRate(i));
            step.run(config.batch());
            for (int j = 0; j < sums.length; j++) {
                sums[j] += step.scalar(losses.get(j));
            }
            requireFinite(sums[0]);
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int j = 0; j < sums.length; j++) {
            metrics.put(losses.get(j), sums[j] / config.iterations());
        }
        int[] codes = model.codes(probes.windows());
        metrics.put("perplexity", ConfusionTable.of(new int[codes.length], codes).perplexity());
        metrics.put("codes_reassigned", (double) assignment.update(epoch));
        updateSteering();
        return metrics;
    }

    private void requireFinite(double loss) {
        if (!Double.isFinite(loss)) {
            throw new InputException(
                    "epoch %d: the loss is not finite: try a smaller --learning-rate than %s"
                            .formatted(epoch, config.learningRate()));
        }
    }

    private double learningRate(int iteration) {
        double done = ((epoch - 1.0) * config.iterations() + iteration);
        double share = done / ((double) config.epochs() * config.iterations());
        return config.learningRate() * (1 - (1 - config.lastRate()) * share);
    }

    private void drawBatch(int iteration) {
        RandomStream random = new RandomStream(batchSeed, STREAM, iteration, epoch);
        Transitions rows = windows.rows();
        int o = rows.stateSize();
        int d = config.window() * rows.differenceSize();
        int a = rows.actionSize();
        int[] codeOfEpisode = assignment.codeOfEpisode();
        for (int i = 0; i < config.batch(); i++) {
            int window = random.below(windows.size());
            int row = windows.first()[window];
            System.arraycopy(rows.states(), row * o, observations, i * o, o);
            System.arraycopy(rows.actions(), row * a, actions, i * a, a);
            windows.copyDifferences(window, differences, i * d);
            if (states.length > 0) {
                windows.copyStates(window, states, i * config.window() * o);
            }
            if (codeOfEpisode.length > 0) {
                code[i] = codeOfEpisode[probes.placeOf(rows.episodes()[row])];
            }
            replaced[i] = random.uniform() < config.replacement() ? 1 : 0;
        }
    }

    /** Writes the table of contexts that stand for the modes. */
    private void updateSteering() {
        parameters.set(
                MemoNetwork.STEERING,
                SteeringTable.of(model, probes.windows(), assignment.codesOfProbes()));
    }

    /** Everything that the next epoch depends on. */
    public Map<String, Tensor> snapshot() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(parameters.snapshot());
        int[] codeOfEpisode = assignment.codeOfEpisode();
        tensors.put(EPISODE_CODES, new Tensor.I32(codeOfEpisode.clone(), codeOfEpisode.length));
        return tensors;
    }

    /**
     * Goes on from where a snapshot was taken.
     *
     * @param done epochs that were done then
     * @throws dev.memo.base.InputException if the snapshot is of other data or of another shape
     */
    public void restore(Map<String, Tensor> snapshot, int done) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(snapshot);
        int[] codeOfEpisode = assignment.codeOfEpisode();
        if (!(tensors.remove(EPISODE_CODES) instanceof Tensor.I32 codes)
                || codes.data().length != codeOfEpisode.length) {
            throw new InputException(
                    "tensor '%s': codes of %d training episodes are needed"
                            .formatted(EPISODE_CODES, codeOfEpisode.length));
        }
        parameters.restore(tensors);
        System.arraycopy(codes.data(), 0, codeOfEpisode, 0, codeOfEpisode.length);
        epoch = done;
    }
}
