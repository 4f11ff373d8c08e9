package dev.memo.learner.baseline;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.RandomStream;
import dev.memo.base.Seeds;
import dev.memo.kernels.Device;
import dev.memo.kernels.Executable;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.Features;
import dev.memo.learner.dataset.Split;
import dev.memo.learner.dataset.Standardisation;
import dev.memo.learner.dataset.Transitions;
import dev.memo.learner.evaluation.ModeCodes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Trains a {@link BaselineModel} on the training episodes of a dataset, in one go: a minute's work
 * has no checkpoints.
 */
public final class BaselineTrainer {
    /** Random streams of the derived seeds. */
    private static final int STREAM = 1;

    /** Where the learning rate ends, as a share of where it began. */
    private static final double LAST_RATE = 0.01;

    private final BaselineConfig config;
    private final EpisodeRows episodes;
    private final BaselineModel model;
    private final Executable step;
    private final long batchSeed;

    private final float[] observations;
    private final float[] actions;
    private final float[] weights;

    /** [episodes][K]; empty where no weights are read. */
    private float[][] shares;

    private int epoch;

    /** As {@link #train}, before the first epoch. */
    BaselineTrainer(
            BaselineConfig config, Dataset dataset, Optional<int[]> classes, Device device) {
        this.config = config;
        int[] training = split(config, dataset).training();
        Transitions rows = transitions(config, dataset, training);
        episodes = EpisodeRows.of(rows);
        requireEpisodes();
        Optional<EpisodeClusters> clusters =
                switch (config.kind()) {
                    case K_MEANS, SOFT_EM -> Optional.of(clusters());
                    case CLONING, LABELLED, MIXTURE, CATEGORICAL_VAE, HARD_EM -> Optional.empty();
                };
        shares =
                switch (config.kind()) {
                    case CLONING -> certain(new int[episodes.count()]);
                    case LABELLED -> certain(classesOf(dataset, classes));
                    case K_MEANS, SOFT_EM -> certain(clusters.orElseThrow().nearest(episodes));
                    case HARD_EM -> certain(randomModes());
                    case MIXTURE, CATEGORICAL_VAE -> new float[0][];
                };
        BaselineNetwork network = new BaselineNetwork(config, rows.stateSize(), rows.actionSize());
        model = new BaselineModel(network, clusters, device);
        Standardisation states = Standardisation.fit(rows.states(), rows.stateSize());
        model.parameters().set(BaselineNetwork.OBSERVATION_MEAN, states.mean());
        model.parameters().set(BaselineNetwork.OBSERVATION_DEVIATION, states.deviation());
        batchSeed = seed("batches");

        step = device.compile(model.training(), samples(), model.parameters());
        observations = new float[config.batch() * rows.stateSize()];
        actions = new float[config.batch() * rows.actionSize()];
        weights = new float[shares.length == 0 ? 0 : config.batch() * config.modes()];
        step.bind("observations", observations);
        step.bind("actions", actions);
        if (weights.length > 0) {
            step.bind("weights", weights);
        }
    }

    /**
     * Trains to the last epoch.
     *
     * @param classes [episodes of the dataset] who acted, 0 .. K - 1; read by LABELLED only
     * @return the model; empty if a person asked to stop before it was done
     * @throws InputException if the data do not have what the configuration asks for
     */
    public static Optional<BaselineModel> train(
            BaselineConfig config,
            Dataset dataset,
            Optional<int[]> classes,
            Device device,
            Progress progress) {
        BaselineTrainer trainer = new BaselineTrainer(config, dataset, classes, device);
        String name = config.kind().name().toLowerCase(Locale.ROOT);
        progress.begin("training baseline " + name, config.epochs(), "epochs");
        while (trainer.epoch < config.epochs() && !progress.stopRequested()) {
            progress.status(String.format(Locale.ROOT, "loss %.3f", trainer.trainEpoch()));
            progress.advance(1);
        }
        progress.end();
        return trainer.epoch == config.epochs() ? Optional.of(trainer.model) : Optional.empty();
    }

    /** The episodes that are learned from, and those that are not: MEMO's with the same seed. */
    public static Split split(BaselineConfig config, Dataset dataset) {
        return Split.byEpisode(dataset.episodes().size(), config.heldOut(), config.seed());
    }

    /** The rows of some episodes, as the configuration describes them. */
    public static Transitions transitions(BaselineConfig config, Dataset dataset, int[] episodes) {
        return Transitions.of(
                dataset,
                episodes,
                Features.parse(config.features()),
                List.of(config.step()),
                Transitions.Respawns.KEEP);
    }

    BaselineModel model() {
        return model;
    }

    /** How training episodes are shared out among the modes now: [episodes][K]. */
    float[][] shares() {
        return shares;
    }

    private void requireEpisodes() {
        boolean shared =
                switch (config.kind()) {
                    case K_MEANS, HARD_EM, SOFT_EM -> true;
                    case CLONING, LABELLED, MIXTURE, CATEGORICAL_VAE -> false;
                };
        if (shared && config.modes() > episodes.count()) {
            throw new InputException(
                    "--modes %d: there are %d episodes to learn from, and each has one mode"
                            .formatted(config.modes(), episodes.count()));
        }
    }

    private EpisodeClusters clusters() {
        RandomStream random = new RandomStream(seed("k-means"), STREAM, 0, 0);
        return EpisodeClusters.fit(episodes, config.probes(), config.modes(), random);
    }

    private int[] randomModes() {
        RandomStream random = new RandomStream(seed("assignment"), STREAM, 0, 0);
        return Responsibilities.random(episodes.count(), config.modes(), random);
    }

    private int[] classesOf(Dataset dataset, Optional<int[]> classes) {
        int[] given =
                classes.orElseThrow(
                        () ->
                                new InputException(
                                        "--kind labelled: dataset '%s' does not say who acted"
                                                .formatted(dataset.id())));
        if (given.length != dataset.episodes().size()) {
            throw new IllegalArgumentException(
                    "%d classes for %d episodes"
                            .formatted(given.length, dataset.episodes().size()));
        }
        int most = Arrays.stream(given).max().orElseThrow();
        if (most >= config.modes()) {
            throw new InputException(
                    "--modes %d: %d experts acted, and each is a mode of its own"
                            .formatted(config.modes(), most + 1));
        }
        int[] ofPlaces = new int[episodes.count()];
        Arrays.setAll(ofPlaces, place -> given[episodes.episodeAt(place)]);
        return ofPlaces;
    }

    private float[][] certain(int[] modeOfEpisode) {
        return Responsibilities.certain(modeOfEpisode, config.modes());
    }

    private long seed(String purpose) {
        return Seeds.derive(config.seed(), purpose);
    }

    /** Samples of a batch: rows, or episodes of W rows. */
    private int samples() {
        return config.batch() / config.rowsPerSample();
    }

    /** Does one epoch; tells the mean loss of its gradient steps. */
    double trainEpoch() {
        epoch++;
        double sum = 0;
        for (int i = 0; i < config.iterations(); i++) {
            drawBatch(i);
            step.set("learning_rate", (float) learningRate(i));
            step.run(samples());
            sum += step.scalar("loss");
            requireFinite(sum);
        }
        switch (config.kind()) {
            case HARD_EM -> shares = certain(ModeCodes.mostLikely(likelihoods()));
            case SOFT_EM ->
                    shares =
                            Responsibilities.softened(
                                    likelihoods(),
                                    Responsibilities.temperature(epoch, config.epochs()));
            case CLONING, LABELLED, K_MEANS, MIXTURE, CATEGORICAL_VAE -> {}
        }
        return sum / config.iterations();
    }

    private void requireFinite(double loss) {
        if (!Double.isFinite(loss)) {
            throw new InputException(
                    "epoch %d: the loss is not finite: try a smaller --learning-rate than %s"
                            .formatted(epoch, config.learningRate()));
        }
    }

    private double learningRate(int iteration) {
        double done = (epoch - 1.0) * config.iterations() + iteration;
        double share = done / ((double) config.epochs() * config.iterations());
        return config.learningRate() * (1 - (1 - LAST_RATE) * share);
    }

    /** How likely the training episodes are by their probes: [episodes][K]. */
    private double[][] likelihoods() {
        Transitions rows = episodes.rows();
        int probes = config.probes();
        int[] places = new int[episodes.count() * probes];
        Arrays.setAll(places, i -> i / probes);
        return model.likelihoods(
                episodes.probes(rows.states(), rows.stateSize(), probes),
                episodes.probes(rows.actions(), rows.actionSize(), probes),
                places,
                episodes.count());
    }

    private void drawBatch(int iteration) {
        RandomStream random = new RandomStream(batchSeed, STREAM, iteration, epoch);
        int perSample = config.rowsPerSample();
        for (int sample = 0; sample < samples(); sample++) {
            int row = random.below(episodes.rows().size());
            if (perSample == 1) {
                copy(row, sample);
            } else {
                // The episode of a row drawn at random: every row is as likely as with the others.
                int place = episodes.placeOf(row);
                double phase = random.uniform();
                for (int i = 0; i < perSample; i++) {
                    copy(episodes.probe(place, i, perSample, phase), sample * perSample + i);
                }
            }
        }
    }

    private void copy(int row, int at) {
        Transitions rows = episodes.rows();
        int o = rows.stateSize();
        int a = rows.actionSize();
        System.arraycopy(rows.states(), row * o, observations, at * o, o);
        System.arraycopy(rows.actions(), row * a, actions, at * a, a);
        if (weights.length > 0) {
            float[] share = shares[episodes.placeOf(row)];
            System.arraycopy(share, 0, weights, at * share.length, share.length);
        }
    }
}
