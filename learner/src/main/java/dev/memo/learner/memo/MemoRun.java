package dev.memo.learner.memo;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.Tensor;
import dev.memo.base.TensorFile;
import dev.memo.kernels.Device;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.dataset.Dataset;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * MEMO's training in a run's folder. After every epoch its metrics are appended and the checkpoint
 * is replaced, so a run that was killed at any moment goes on from its last whole epoch and ends
 * with the bytes of one that was never killed.
 */
public final class MemoRun {
    private static final String FORMAT = "memo-checkpoint-1";

    /** Enums and names as the command line takes them. */
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    // A value that is not there must not become 0, false or null.
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .build();

    private MemoRun() {}

    /** The configuration as {@code config.json} and checkpoints hold it. */
    public static ObjectNode toJson(MemoConfig config) {
        return JSON.valueToTree(config);
    }

    /**
     * Reads a configuration.
     *
     * @throws InputException if a value is missing or breaks its rule
     */
    public static MemoConfig fromJson(JsonNode json) {
        try {
            return JSON.treeToValue(json, MemoConfig.class);
        } catch (JacksonException e) {
            String rule =
                    e.getCause() instanceof InputException broken
                            ? broken.getMessage()
                            : e.getOriginalMessage();
            throw new InputException("configuration: " + rule, e);
        }
    }

    /**
     * Trains to the last epoch, or until a person asks to stop.
     *
     * @param folder goes on from its checkpoint if there is one
     * @return what was learned so far
     * @throws InputException if the checkpoint is of another configuration or of other data
     */
    public static MemoModel train(
            MemoConfig config,
            Dataset dataset,
            Device device,
            RunFolder folder,
            Progress progress) {
        MemoTrainer trainer = new MemoTrainer(config, dataset, device);
        String dataChecksum = dataset.checksum();
        resume(trainer, config, dataChecksum, folder);
        progress.begin("training " + config.modes() + " modes", config.epochs(), "epochs");
        progress.advance(trainer.epoch());
        while (trainer.epoch() < config.epochs() && !progress.stopRequested()) {
            long start = System.nanoTime();
            Map<String, Double> metrics = trainer.trainEpoch();
            double seconds = (System.nanoTime() - start) / 1e9;
            folder.appendMetrics(line(trainer.epoch(), metrics));
            double rate = config.iterations() * (double) config.batch() / seconds;
            folder.appendTimings(
                    line(trainer.epoch(), Map.of("seconds", seconds, "rows_per_second", rate)));
            write(trainer, dataChecksum, folder);
            progress.advance(1);
        }
        progress.end();
        return trainer.model();
    }

    private static ObjectNode line(int epoch, Map<String, Double> values) {
        ObjectNode line = JSON.createObjectNode();
        line.put("epoch", epoch);
        values.forEach(line::put);
        return line;
    }

    private static void resume(
            MemoTrainer trainer, MemoConfig config, String dataChecksum, RunFolder folder) {
        if (!Files.exists(folder.checkpoint())) {
            folder.truncateTo(0);
            return;
        }
        Checkpoint checkpoint = Checkpoint.read(folder);
        if (!checkpoint.config().equals(config)) {
            throw new InputException(
                    folder.checkpoint() + ": is of another configuration: " + checkpoint.config());
        }
        checkpoint.requireData(dataChecksum, folder);
        try {
            trainer.restore(checkpoint.tensors(), checkpoint.epoch());
        } catch (InputException e) {
            throw new InputException(folder.checkpoint() + ": " + e.getMessage(), e);
        }
        folder.truncateTo(checkpoint.epoch());
    }

    private static void write(MemoTrainer trainer, String dataChecksum, RunFolder folder) {
        MemoNetwork network = trainer.model().network();
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", FORMAT);
        metadata.put("config", JSON.writeValueAsString(network.config()));
        metadata.put("epoch", Integer.toString(trainer.epoch()));
        metadata.put("data", dataChecksum);
        metadata.put("observation_size", Integer.toString(network.observationSize()));
        metadata.put("difference_size", Integer.toString(network.differenceSize()));
        metadata.put("action_size", Integer.toString(network.actionSize()));
        new TensorFile(metadata, trainer.snapshot()).write(folder.checkpoint());
    }

    /**
     * Loads what a run has learned.
     *
     * @throws InputException if there is no checkpoint, or it is damaged or of another shape
     */
    public static MemoModel load(RunFolder folder, Device device) {
        return load(Checkpoint.read(folder), folder, device);
    }

    private static MemoModel load(Checkpoint checkpoint, RunFolder folder, Device device) {
        MemoModel model = new MemoModel(checkpoint.network(), device);
        Map<String, Tensor> parameters = new LinkedHashMap<>(checkpoint.tensors());
        parameters.remove(MemoTrainer.EPISODE_CODES);
        try {
            model.parameters().restore(parameters);
        } catch (InputException e) {
            throw new InputException(folder.checkpoint() + ": " + e.getMessage(), e);
        }
        return model;
    }

    /**
     * Loads what a run has learned, to measure it.
     *
     * @param dataset that it was learned from
     * @throws InputException also if the dataset is another: then nobody knows what was held out
     */
    public static MemoModel load(RunFolder folder, Device device, Dataset dataset) {
        Checkpoint checkpoint = Checkpoint.read(folder);
        checkpoint.requireData(dataset.checksum(), folder);
        return load(checkpoint, folder, device);
    }

    /** A checkpoint's contents. */
    private record Checkpoint(
            MemoNetwork network, int epoch, String dataChecksum, Map<String, Tensor> tensors) {
        MemoConfig config() {
            return network.config();
        }

        void requireData(String checksum, RunFolder folder) {
            if (!checksum.equals(dataChecksum)) {
                throw new InputException(
                        folder.checkpoint() + ": was learned from other data than these");
            }
        }

        static Checkpoint read(RunFolder folder) {
            TensorFile file = TensorFile.read(folder.checkpoint());
            Map<String, String> metadata = file.metadata();
            if (!FORMAT.equals(metadata.get("format"))) {
                throw new InputException(
                        "%s: format %s: must be %s"
                                .formatted(folder.checkpoint(), metadata.get("format"), FORMAT));
            }
            try {
                MemoNetwork network =
                        new MemoNetwork(
                                JSON.readValue(metadata.get("config"), MemoConfig.class),
                                Integer.parseInt(metadata.get("observation_size")),
                                Integer.parseInt(metadata.get("difference_size")),
                                Integer.parseInt(metadata.get("action_size")));
                int epoch = Integer.parseInt(metadata.get("epoch"));
                return new Checkpoint(network, epoch, metadata.get("data"), file.tensors());
            } catch (JacksonException | IllegalArgumentException e) {
                throw new InputException(
                        folder.checkpoint() + ": metadata not readable: " + e.getMessage(), e);
            }
        }
    }
}
