package dev.memo.app.report;

import dev.memo.app.picture.Track;
import dev.memo.base.InputException;
import dev.memo.sim.recording.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run left behind.
 *
 * @param folder where
 * @param config config.json
 * @param metrics the lines of metrics.jsonl, one per epoch
 * @param evaluation evaluation.json, if the run was evaluated
 * @param experts recorded episodes by expert
 * @param modes recorded episodes by mode
 */
record RunFolder(
        Path folder,
        JsonNode config,
        List<JsonNode> metrics,
        Optional<Evaluation> evaluation,
        Map<String, List<Track>> experts,
        Map<Integer, List<Track>> modes) {
    /** One episode per file: expert-goal.safetensors, or expert-goal.0.safetensors and so on. */
    private static final Pattern RECORDING =
            Pattern.compile(
                    "(?:expert-(?<expert>[^.]+)|mode-(?<mode>\\d+))(?:\\.\\d+)?\\.safetensors");

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * Reads the files.
     *
     * @throws InputException if the folder holds no run, or a file is broken
     */
    static RunFolder read(Path folder) {
        Path config = folder.resolve("config.json");
        if (!Files.isRegularFile(config)) {
            throw new InputException(folder + ": not a run's folder: it has no config.json");
        }
        Map<String, List<Track>> experts = new TreeMap<>();
        Map<Integer, List<Track>> modes = new TreeMap<>();
        for (Path file : recordings(folder.resolve("recordings"))) {
            Matcher name = RECORDING.matcher(file.getFileName().toString());
            if (!name.matches()) {
                continue;
            }
            Track track = Track.of(Recording.read(file).scenes());
            if (name.group("expert") != null) {
                experts.computeIfAbsent(name.group("expert"), _ -> new ArrayList<>()).add(track);
            } else {
                int mode = Integer.parseInt(name.group("mode"));
                modes.computeIfAbsent(mode, _ -> new ArrayList<>()).add(track);
            }
        }
        return new RunFolder(
                folder,
                json(config, text(config)),
                metrics(folder.resolve("metrics.jsonl")),
                Evaluation.read(folder.resolve("evaluation.json")),
                experts,
                modes);
    }

    private static List<Path> recordings(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new InputException(folder + ": cannot be read: " + e, e);
        }
    }

    private static List<JsonNode> metrics(Path file) {
        List<JsonNode> epochs = new ArrayList<>();
        if (Files.exists(file)) {
            int line = 0;
            for (String text : text(file).lines().toList()) {
                line++;
                epochs.add(json(file + ":" + line, text));
            }
        }
        return epochs;
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
