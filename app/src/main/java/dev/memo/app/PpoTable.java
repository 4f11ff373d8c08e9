package dev.memo.app;

import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.evaluation.PolicyEvaluation;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What several seeds of PPO gave, as a table in Markdown. */
final class PpoTable {
    private PpoTable() {}

    /**
     * The command, a line for each seed and one for all.
     *
     * @param experiment with several seeds, all of them measured
     * @param evaluation over the seeds
     */
    static String of(String command, PpoExperiment experiment, JsonNode evaluation) {
        StringBuilder text = new StringBuilder("    " + command + "\n\n");
        text.append(
                "| seed | return, mean action | cost | return, sampled | cost | training, s |\n");
        text.append("|---|---:|---:|---:|---:|---:|\n");
        for (long seed : experiment.config().seeds()) {
            Path run = experiment.folder().path().resolve("seed-" + seed);
            JsonNode one = RunFolder.open(run).readEvaluation().orElseThrow();
            text.append("| ").append(seed);
            for (String actions : PolicyEvaluation.ACTIONS) {
                for (String measure : List.of("return", "cost")) {
                    double mean = one.path(actions).path(measure).path("mean").asDouble();
                    text.append(" | ").append("%.2f".formatted(mean));
                }
            }
            text.append(" | ")
                    .append("%.0f".formatted(RunFolder.open(run).learningSeconds()))
                    .append(" |\n");
        }
        text.append("| **mean [95 %]**");
        for (String actions : PolicyEvaluation.ACTIONS) {
            for (String measure : List.of("return", "cost")) {
                JsonNode over = evaluation.path(actions).path(measure);
                text.append(
                        " | **%.2f** [%.2f, %.2f]"
                                .formatted(
                                        over.path("mean").asDouble(),
                                        over.path("low").asDouble(),
                                        over.path("high").asDouble()));
            }
        }
        return text.append(" | |\n").toString();
    }
}
