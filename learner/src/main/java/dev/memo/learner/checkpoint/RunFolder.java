package dev.memo.learner.checkpoint;

import dev.memo.base.AtomicFiles;
import dev.memo.base.Folders;
import dev.memo.base.InputException;
import dev.memo.base.TensorFile;
import dev.memo.learner.export.EventFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder of one run: {@code config.json}, {@code metrics.jsonl} and {@code timings.jsonl} with
 * a line per epoch, {@code tensorboard/} with the same figures for TensorBoard, {@code
 * checkpoint.safetensors}, {@code evaluation.json}, {@code recordings/} and {@code report.html}.
 * Times stand apart so that the metrics are the same bytes on every run.
 *
 * @param path of the folder
 */
public record RunFolder(Path path) {
    private static final List<String> LINES = List.of("metrics.jsonl", "timings.jsonl");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * Makes a new folder.
     *
     * @throws InputException if there is something of that name already, or it cannot be made
     */
    public static RunFolder create(Path path) {
        Folders.createEmpty(path, "choose another --out, or go on with --resume");
        return new RunFolder(path);
    }

    /**
     * Opens the folder of a run.
     *
     * @throws InputException if it is not one
     */
    public static RunFolder open(Path path) {
        if (!isOne(path)) {
            throw new InputException(path + ": not the folder of a run: it has no config.json");
        }
        return new RunFolder(path);
    }

    /** Whether a folder is that of a run. */
    public static boolean isOne(Path path) {
        return Files.isRegularFile(new RunFolder(path).config());
    }

    /**
     * Keeps everybody else from learning into the folder until it is closed.
     *
     * @throws InputException if somebody does already
     */
    public RunLock lock() {
        return RunLock.of(path);
    }

    private Path config() {
        return path.resolve("config.json");
    }

    /** The checkpoint's file, there or not. */
    public Path checkpoint() {
        return path.resolve("checkpoint.safetensors");
    }

    /** The evaluation's file, there or not. */
    public Path evaluation() {
        return path.resolve("evaluation.json");
    }

    /**
     * What was measured, if it was.
     *
     * @throws InputException if the file is there and not JSON
     */
    public Optional<JsonNode> readEvaluation() {
        return Files.exists(evaluation()) ? Optional.of(read(evaluation())) : Optional.empty();
    }

    /** The folder of recordings, there or not. */
    public Path recordings() {
        return path.resolve("recordings");
    }

    private Path events() {
        return path.resolve("tensorboard");
    }

    /** Writes what the run was asked to do. */
    public void writeConfig(ObjectNode config) {
        AtomicFiles.writeText(config(), JSON.writeValueAsString(config) + "\n");
    }

    /** What the run was asked to do. */
    public JsonNode readConfig() {
        return read(config());
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException | JacksonException e) {
            throw new InputException(file + ": not readable: " + e.getMessage(), e);
        }
    }

    /** Adds an epoch's line to {@code metrics.jsonl}. */
    public void appendMetrics(ObjectNode line) {
        append(LINES.getFirst(), line);
    }

    /** Adds an epoch's line to {@code timings.jsonl}. */
    public void appendTimings(ObjectNode line) {
        append(LINES.getLast(), line);
    }

    private void append(String name, ObjectNode line) {
        Path file = path.resolve(name);
        try {
            Files.writeString(
                    file,
                    JsonMapper.shared().writeValueAsString(line) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be written: " + e, e);
        }
        EventFile.append(events(), line);
    }

    /**
     * Goes back to an epoch: lines of later epochs, and one that was cut short, are dropped. What
     * is dropped was made after the last checkpoint and is made again.
     *
     * @throws InputException if lines up to that epoch are missing
     */
    public void truncateTo(int epoch) {
        List<JsonNode> kept = new ArrayList<>();
        for (String name : LINES) {
            Path file = path.resolve(name);
            List<String> lines = lines(file);
            if (lines.size() < epoch) {
                throw new InputException(
                        "%s: has lines for %d of %d epochs".formatted(file, lines.size(), epoch));
            }
            List<String> standing = lines.subList(0, epoch);
            AtomicFiles.writeText(
                    file, standing.stream().map(line -> line + "\n").collect(Collectors.joining()));
            for (String line : standing) {
                kept.add(parsed(file, line));
            }
        }
        EventFile.rewrite(events(), kept);
    }

    /** The lines of {@code metrics.jsonl}, none if it is not there. */
    public List<JsonNode> readMetrics() {
        return read(LINES.getFirst());
    }

    /** What the learning took so far in seconds, without start, checkpoints and measuring. */
    public double learningSeconds() {
        return timingsSum("seconds");
    }

    /** What the learning took of all processors together, in seconds; 0 if it was not measured. */
    public double processorSeconds() {
        return timingsSum("processor_seconds");
    }

    private double timingsSum(String name) {
        return read(LINES.getLast()).stream().mapToDouble(line -> line.path(name).asDouble()).sum();
    }

    private List<JsonNode> read(String name) {
        Path file = path.resolve(name);
        return lines(file).stream().map(line -> parsed(file, line)).toList();
    }

    private static JsonNode parsed(Path file, String line) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException e) {
            throw new InputException(
                    "%s: not JSON: %s: %s".formatted(file, line, e.getOriginalMessage()), e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new InputException(file + ": not readable: " + e, e);
        }
    }

    /**
     * Reads the checkpoint.
     *
     * @throws InputException if there is none, or it is damaged
     */
    public TensorFile readCheckpoint() {
        return TensorFile.read(checkpoint());
    }
}
