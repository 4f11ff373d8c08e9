package dev.memo.app.report;

import dev.memo.app.picture.Track;
import dev.memo.sim.recording.Recording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a run of MEMO left behind.
 *
 * @param folder where
 * @param config config.json
 * @param metrics the lines of metrics.jsonl, one per epoch
 * @param evaluation evaluation.json, if the run was evaluated
 * @param experts recorded episodes by expert
 * @param modes recorded episodes by mode
 * @param sample what the modes are in the data, if the run was evaluated
 */
record RunFolder(
        Path folder,
        JsonNode config,
        List<JsonNode> metrics,
        Optional<Evaluation> evaluation,
        Map<String, List<Track>> experts,
        Map<Integer, List<Track>> modes,
        Optional<ModeSample> sample) {
    /** One episode per file: expert-goal.safetensors, or expert-goal.0.safetensors and so on. */
    private static final Pattern RECORDING =
            Pattern.compile(
                    "(?:expert-(?<expert>[^.]+)|mode-(?<mode>\\d+))(?:\\.\\d+)?\\.safetensors");

    /**
     * Reads the files.
     *
     * @throws dev.memo.base.InputException if the folder holds no run, or a file is broken
     */
    static RunFolder read(Path folder) {
        JsonNode config = RunFiles.config(folder);
        Map<String, List<Track>> experts = new TreeMap<>();
        Map<Integer, List<Track>> modes = new TreeMap<>();
        for (Path file : RunFiles.recordings(folder)) {
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
                config,
                RunFiles.metrics(folder),
                Evaluation.read(folder),
                experts,
                modes,
                ModeSample.read(folder));
    }
}
