package dev.memo.learner.memo;

import dev.memo.base.InputException;
import dev.memo.base.ProcessorTime;
import dev.memo.base.Progress;
import dev.memo.base.Tensor;
import dev.memo.base.TensorFile;
import dev.memo.kernels.Device;
import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.checkpoint.RunLock;
import dev.memo.learner.dataset.Dataset;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * MEMO's training in a run's folder. After every epoch its metrics are appended and, unless that
 * would take more than a tenth of the time, the checkpoint is replaced; so a run that was killed at
 * any moment goes on from its last checkpoint and ends with the bytes of one that was never killed.
 */
public final class MemoRun {
    private static final String FORMAT = "memo-checkpoint-2";

    /** Time between two checkpoints, in times of what the first of them took. */
    private static final int PAUSE = 10;

    private MemoRun() {}

    /** Trains to the last epoch, or until a person asks to stop. */
    public static MemoModel train(
            MemoConfig config,
            Dataset dataset,
            Device device,
            RunFolder folder,
            Progress progress) {
        return train(config, dataset, device, folder, config.epochs(), progress);
    }

    /**
     * Trains to some epoch, or until a person asks to stop.
     *
     * @param folder goes on from its checkpoint if there is one
     * @param until the epoch to stop after
     * @return what was learned so far
     * @throws InputException if the checkpoint is of another configuration, of other data, or of a
     *     later epoch, or somebody is training it already
     */
    public static MemoModel train(
            MemoConfig config,
            Dataset dataset,
            Device device,
            RunFolder folder,
            int until,
            Progress progress) {
        try (RunLock _ = folder.lock()) {
            MemoTrainer trainer = new MemoTrainer(config, dataset, device);
            String dataChecksum = dataset.checksum();
            resume(trainer, config, dataChecksum, folder);
            if (trainer.epoch() > until) {
                throw new InputException(
                        "%s: is of epoch %d, beyond %d: delete the run to learn it again"
                                .formatted(folder.checkpoint(), trainer.epoch(), until));
            }
            progress.begin("training " + config.modes() + " modes", until, "epochs");
            progress.advance(trainer.epoch());
            long nextCheckpoint = System.nanoTime();
            while (trainer.epoch() < until && !progress.stopRequested()) {
                double cost = ProcessorTime.seconds();
                long start = System.nanoTime();
                Map<String, Double> metrics = trainer.trainEpoch();
                double seconds = (System.nanoTime() - start) / 1e9;
                folder.appendMetrics(line(trainer.epoch(), metrics));
                double rate = config.iterations() * (double) config.batch() / seconds;
                Map<String, Double> timings = new LinkedHashMap<>();
                timings.put("seconds", seconds);
                timings.put("processor_seconds", ProcessorTime.seconds() - cost);
                timings.put("rows_per_second", rate);
                folder.appendTimings(line(trainer.epoch(), timings));
                progress.advance(1);
                long now = System.nanoTime();
                if (trainer.epoch() == until || progress.stopRequested() || now >= nextCheckpoint) {
                    write(trainer, dataChecksum, folder);
                    long written = System.nanoTime();
                    nextCheckpoint = written + PAUSE * (written - now);
                }
            }
            progress.end();
            return trainer.model();
        }
    }

    private static ObjectNode line(int epoch, Map<String, Double> values) {
        ObjectNode line = JsonMapper.shared().createObjectNode();
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
        metadata.put("config", ConfigJson.of(network.config()).toString());
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
                                ConfigJson.read(metadata.get("config"), MemoConfig.class),
                                Integer.parseInt(metadata.get("observation_size")),
                                Integer.parseInt(metadata.get("difference_size")),
                                Integer.parseInt(metadata.get("action_size")));
                int epoch = Integer.parseInt(metadata.get("epoch"));
                return new Checkpoint(network, epoch, metadata.get("data"), file.tensors());
            } catch (InputException | IllegalArgumentException e) {
                throw new InputException(
                        folder.checkpoint() + ": metadata not readable: " + e.getMessage(), e);
            }
        }
    }
}
