package dev.memo.app.report;

import dev.memo.sim.recording.Recording;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
        Map<String, List<Recording>> experts,
        Map<Integer, List<Recording>> modes,
        Optional<ModeSample> sample) {
    private static final String EXPERT = "expert-";
    private static final String MODE = "mode-";

    /**
     * Reads the files.
     *
     * @throws dev.memo.base.InputException if the folder holds no run, or a file is broken
     */
    static RunFolder read(Path folder) {
        JsonNode config = RunFiles.config(folder);
        Map<String, List<Recording>> experts = new TreeMap<>();
        Map<Integer, List<Recording>> modes = new TreeMap<>();
        Recordings.read(folder)
                .forEach(
                        (name, episodes) -> {
                            if (name.startsWith(EXPERT)) {
                                experts.put(name.substring(EXPERT.length()), episodes);
                            } else if (name.matches(MODE + "\\d+")) {
                                int mode = Integer.parseInt(name.substring(MODE.length()));
                                modes.put(mode, episodes);
                            }
                        });
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
