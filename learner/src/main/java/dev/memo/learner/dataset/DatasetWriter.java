package dev.memo.learner.dataset;

import dev.memo.base.Folders;
import dev.memo.base.InputException;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Writes episodes as they come, as a series of Minari datasets {@code part-00000-v0}, {@code
 * part-00001-v0} and so on. A part is either whole or not there.
 */
public final class DatasetWriter implements AutoCloseable {
    /** Bounds what is held in memory: 60 MB of observations in the Goal tasks. */
    private static final int PART_STEPS = 250_000;

    private final Path folder;
    private final String description;
    private final Optional<String> scenario;
    private final DatasetSpec spec;
    private final int partSteps;
    private final List<Episode> episodes = new ArrayList<>();
    private final List<String> experts = new ArrayList<>();
    private long steps;
    private int parts;

    /**
     * Opens a series in a folder, which is made if it is missing.
     *
     * @param description what the data are, a sentence
     * @param scenario the world's scenario as JSON text
     * @throws InputException if the folder is there and not empty, or cannot be made
     */
    public DatasetWriter(
            Path folder, String description, Optional<String> scenario, DatasetSpec spec) {
        this(folder, description, scenario, spec, PART_STEPS);
    }

    /**
     * @param partSteps a part is written when it has at least this many steps
     */
    DatasetWriter(
            Path folder,
            String description,
            Optional<String> scenario,
            DatasetSpec spec,
            int partSteps) {
        Folders.createEmpty(folder, "a dataset needs a new or an empty folder");
        this.folder = folder;
        this.description = description;
        this.scenario = scenario;
        this.spec = spec;
        this.partSteps = partSteps;
    }

    /**
     * Takes one episode.
     *
     * @param expert who acted in it; goes to a file of its own, see {@link ExpertLabels}
     * @throws InputException if a number is not finite or an action outside [-1, 1], or a part
     *     cannot be written
     */
    public void add(Episode episode, String expert) {
        if (!episode.matches(spec)) {
            throw new IllegalArgumentException("episode has other columns: " + spec);
        }
        String place = "episode %d of %s".formatted(episodes.size(), Parts.name(parts));
        episode.requireFinite(place, spec);
        for (float action : episode.actions()) {
            if (Math.abs(action) > 1) {
                throw new InputException(place + ": action " + action + ": must be in [-1, 1]");
            }
        }
        episodes.add(episode);
        experts.add(expert);
        steps += episode.steps();
        if (steps >= partSteps) {
            writePart();
        }
    }

    /** Writes the last part. */
    @Override
    public void close() {
        if (!episodes.isEmpty()) {
            writePart();
        }
    }

    private void writePart() {
        String id = Parts.name(parts);
        Path beside = folder.resolve(id + ".part");
        try {
            Files.createDirectories(beside.resolve(MinariMetadata.FOLDER));
            Path file = beside.resolve(MinariMetadata.DATA_FILE);
            try (WritableHdfFile hdf = HdfFile.write(file)) {
                for (int e = 0; e < episodes.size(); e++) {
                    write(hdf.putGroup("episode_" + e), e, episodes.get(e));
                }
            }
            sync(file);
            MinariMetadata.write(beside, id, description, scenario, spec, episodes);
            ExpertLabels.write(beside, experts);
            Files.move(beside, folder.resolve(id), StandardCopyOption.ATOMIC_MOVE);
            sync(folder);
        } catch (IOException | HdfException e) {
            throw new InputException(folder.resolve(id) + ": cannot be written: " + e, e);
        }
        parts++;
        episodes.clear();
        experts.clear();
        steps = 0;
    }

    private void write(WritableGroup group, int index, Episode episode) {
        double[] rewards = episode.rewards();
        double mean = DoubleStream.of(rewards).average().orElseThrow();
        double squares = DoubleStream.of(rewards).map(r -> (r - mean) * (r - mean)).sum();
        group.putAttribute("id", (long) index);
        episode.seed().ifPresent(seed -> group.putAttribute("seed", seed));
        group.putAttribute("total_steps", (long) episode.steps());
        group.putAttribute("rewards_sum", DoubleStream.of(rewards).sum());
        group.putAttribute("rewards_mean", mean);
        group.putAttribute("rewards_std", Math.sqrt(squares / rewards.length));
        group.putAttribute("rewards_min", DoubleStream.of(rewards).min().orElseThrow());
        group.putAttribute("rewards_max", DoubleStream.of(rewards).max().orElseThrow());
        group.putDataset("observations", rows(episode.observations(), spec.observationSize()));
        group.putDataset("actions", rows(episode.actions(), spec.actionSize()));
        group.putDataset("rewards", rewards);
        group.putDataset("terminations", bytes(episode.terminations(), 0));
        group.putDataset("truncations", bytes(episode.truncations(), 0));
        writeInfos(group.putGroup("infos"), episode);
    }

    /** Infos have a row for the reset before those of the steps, as Minari's collector writes. */
    private void writeInfos(WritableGroup infos, Episode episode) {
        int costs = spec.costNames().size();
        for (int c = 0; c < costs; c++) {
            double[] column = new double[episode.steps() + 1];
            for (int t = 0; t < episode.steps(); t++) {
                column[t + 1] = episode.costs()[t * costs + c];
            }
            infos.putDataset(MinariReader.costInfo(spec.costNames().get(c)), column);
        }
        if (episode.goalsMet().length > 0) {
            infos.putDataset(MinariReader.GOAL_MET, bytes(episode.goalsMet(), 1));
        }
        int poses = spec.poseNames().size();
        if (poses > 0) {
            double[][] rows = new double[episode.steps() + 1][];
            Arrays.setAll(
                    rows, t -> Arrays.copyOfRange(episode.poses(), t * poses, (t + 1) * poses));
            infos.putDataset(MinariReader.POSE, rows);
        }
    }

    /** jHDF takes arrays of rows only. */
    private static float[][] rows(float[] flat, int width) {
        float[][] rows = new float[flat.length / width][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * width, (i + 1) * width));
        return rows;
    }

    /** As int8, after so many zeros: jHDF would write boolean[] as bit fields, unknown to h5py. */
    private static byte[] bytes(boolean[] values, int zeros) {
        byte[] bytes = new byte[zeros + values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[zeros + i] = (byte) (values[i] ? 1 : 0);
        }
        return bytes;
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
