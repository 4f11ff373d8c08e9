package dev.memo.app.report;

import dev.memo.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the files that every run has, whatever learned in it. */
final class RunFiles {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    // A number that is not there must not become 0.
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .build();

    private RunFiles() {}

    /**
     * Reads config.json.
     *
     * @throws InputException if the folder holds no run, or the file is broken
     */
    static JsonNode config(Path folder) {
        Path file = folder.resolve("config.json");
        if (!Files.isRegularFile(file)) {
            throw new InputException(folder + ": not a run's folder: it has no config.json");
        }
        return json(file, text(file));
    }

    /**
     * Reads the lines of metrics.jsonl; none if there is no such file.
     *
     * @throws InputException if a line is broken
     */
    static List<JsonNode> metrics(Path folder) {
        Path file = metricsFile(folder);
        List<JsonNode> lines = new ArrayList<>();
        if (Files.exists(file)) {
            for (String text : text(file).lines().toList()) {
                lines.add(json(file + ":" + (lines.size() + 1), text));
            }
        }
        return lines;
    }

    /** How many lines metrics.jsonl has: the epochs that a run has learned. */
    static int epochs(Path folder) {
        Path file = metricsFile(folder);
        return Files.exists(file) ? (int) text(file).lines().count() : 0;
    }

    static Path metricsFile(Path folder) {
        return folder.resolve("metrics.jsonl");
    }

    static Path evaluationFile(Path folder) {
        return folder.resolve("evaluation.json");
    }

    /**
     * Reads evaluation.json, if it is there.
     *
     * @param added paths of keys that older files lack; they read as null there
     * @throws InputException if it is none, or one of its values is missing
     */
    static <T> Optional<T> evaluation(Path folder, Class<T> type, String... added) {
        return read(evaluationFile(folder), type, "an evaluation", added);
    }

    /**
     * Reads a file of JSON as a record, if it is there.
     *
     * @param what it should be, for the error
     * @param added paths of keys that older files lack; they read as null there
     * @throws InputException if it is none, or one of its values is missing
     */
    static <T> Optional<T> read(Path file, Class<T> type, String what, String... added) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(text(file));
            for (String path : added) {
                JsonPointer key = JsonPointer.compile(path);
                if (json.at(key.head()) instanceof ObjectNode holder) {
                    holder.putIfAbsent(key.last().getMatchingProperty(), holder.nullNode());
                }
            }
            return Optional.of(JSON.treeToValue(json, type));
        } catch (JacksonException e) {
            throw new InputException(
                    "%s: not %s: %s".formatted(file, what, e.getOriginalMessage()), e);
        }
    }

    /**
     * Reads what was found of a run at an epoch, if that is there.
     *
     * @param what it should be, for the error
     * @throws InputException if it is none, or one of its values is missing
     */
    static <T> Optional<T> found(Path file, Class<T> type, String what, int epoch) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(text(file));
            return json.path("epoch").asInt(-1) == epoch
                    ? Optional.of(JSON.treeToValue(json.required("found"), type))
                    : Optional.empty();
        } catch (JacksonException e) {
            throw new InputException(
                    "%s: not %s: %s".formatted(file, what, e.getOriginalMessage()), e);
        }
    }

    /** A record as {@link #read} takes it. */
    static String json(Record value) {
        return JSON.writeValueAsString(value);
    }

    /** The files in recordings, in the order of their names; none if there is no such folder. */
    static List<Path> recordings(Path folder) {
        Path recordings = folder.resolve("recordings");
        if (!Files.isDirectory(recordings)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(recordings)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new InputException(recordings + ": cannot be read: " + e, e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read: " + e, e);
        }
    }

    private static JsonNode json(Object place, String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new InputException(place + ": not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
