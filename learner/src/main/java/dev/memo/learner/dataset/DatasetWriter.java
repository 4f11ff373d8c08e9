package dev.memo.learner.dataset;

import dev.memo.base.Folders;
import dev.memo.base.InputException;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.DoubleStream;

/**
 * Writes episodes as they come, as a series of Minari datasets {@code part-00000-v0}, {@code
 * part-00001-v0} and so on. A part is either whole or not there.
 *
 * <p>A thread of its own writes a part while the next one is gathered; where the disk is slower,
 * whoever adds episodes waits. So two parts are in memory at most, and what is being written of one
 * of them once more.
 */
public final class DatasetWriter implements AutoCloseable {
    /** Bounds what is held in memory: 85 MB in the Goal tasks. */
    private static final int PART_STEPS = 250_000;

    /** The most steps of which copies are in memory, if episodes are much shorter than parts. */
    public static final long HELD_STEPS = 3L * PART_STEPS;

    private final Path folder;
    private final String description;
    private final Optional<String> scenario;
    private final DatasetSpec spec;
    private final int partSteps;
    private Part part = new Part(0);
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);

    /** A part could not be written: later ones would leave a gap in the series. */
    private boolean failed;

    /** Episodes that are written together. */
    private static final class Part {
        final String id;
        final int index;
        final List<Episode> episodes = new ArrayList<>();
        final List<String> experts = new ArrayList<>();
        long steps;

        Part(int index) {
            this.index = index;
            id = Parts.name(index);
        }
    }

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
     * Takes one episode, whose arrays are not to be modified any more.
     *
     * @param expert who acted in it; goes to a file of its own, see {@link ExpertLabels}
     * @throws InputException if a number is not finite or an action outside [-1, 1], or the part
     *     before this one could not be written
     * @throws IllegalStateException if a part could not be written and that was told
     */
    public void add(Episode episode, String expert) {
        if (failed) {
            throw new IllegalStateException("a part could not be written: no other follows it");
        }
        if (!episode.matches(spec)) {
            throw new IllegalArgumentException("episode has other columns: " + spec);
        }
        String place = "episode %d of %s".formatted(part.episodes.size(), part.id);
        episode.requireFinite(place, spec);
        for (float action : episode.actions()) {
            if (Math.abs(action) > 1) {
                throw new InputException(place + ": action " + action + ": must be in [-1, 1]");
            }
        }
        part.episodes.add(episode);
        part.experts.add(expert);
        part.steps += episode.steps();
        if (part.steps >= partSteps) {
            handOver();
        }
    }

    /**
     * Writes the last part, and returns when all are on disk.
     *
     * @throws InputException if one of the last two cannot be written
     */
    @Override
    public void close() {
        if (!failed && !part.episodes.isEmpty()) {
            handOver();
        }
        awaitWriting();
    }

    private void handOver() {
        awaitWriting();
        Part full = part;
        part = new Part(full.index + 1);
        Executor disk = Thread.ofPlatform().daemon().name("memo-writer")::start;
        writing = CompletableFuture.runAsync(() -> write(full), disk);
    }

    /** Waits for the disk; what went wrong there is told once. */
    private void awaitWriting() {
        CompletableFuture<Void> last = writing;
        writing = CompletableFuture.completedFuture(null);
        try {
            last.join();
        } catch (CompletionException e) {
            failed = true;
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw e;
            }
        }
    }

    private void write(Part part) {
        String id = part.id;
        Path beside = folder.resolve(id + ".part");
        try {
            Files.createDirectories(beside.resolve(MinariMetadata.FOLDER));
            Path file = beside.resolve(MinariMetadata.DATA_FILE);
            try (WritableHdfFile hdf = HdfFile.write(file)) {
                for (int e = 0; e < part.episodes.size(); e++) {
                    write(hdf.putGroup("episode_" + e), e, part.episodes.get(e));
                }
            }
            sync(file);
            MinariMetadata.write(beside, id, description, scenario, spec, part.episodes);
            ExpertLabels.write(beside, part.experts);
            Files.move(beside, folder.resolve(id), StandardCopyOption.ATOMIC_MOVE);
            sync(folder);
        } catch (IOException | HdfException e) {
            throw new InputException(folder.resolve(id) + ": cannot be written: " + e, e);
        }
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
        float[][] observations = rows(episode.observations(), spec.observationSize());
        float[][] actions = rows(episode.actions(), spec.actionSize());
        putRows(group, "observations", observations, observations.length, spec.observationSize());
        putRows(group, "actions", actions, actions.length, spec.actionSize());
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
            putRows(infos, MinariReader.POSE, rows, rows.length, poses);
        }
    }

    /** As one chunk: jHDF writes it at once, where it would write contiguous data row by row. */
    private static void putRows(
            WritableGroup group, String name, Object rows, int height, int width) {
        DatasetCreationOptions oneChunk =
                DatasetCreationOptions.builder().chunkDimensions(height, width).build();
        group.putDataset(name, rows, oneChunk);
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
