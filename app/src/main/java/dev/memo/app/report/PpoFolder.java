package dev.memo.app.report;

import dev.memo.base.InputException;
import dev.memo.sim.recording.Recording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a run of PPO left behind, or a group of runs that differ in their seeds alone.
 *
 * @param config config.json
 * @param isGroup whether there is a folder for each seed
 * @param seeds at least one, in the order of config.json
 * @param evaluation evaluation.json of the whole, if it was evaluated
 * @param episodes recorded with the mean action, by the first seed
 */
record PpoFolder(
        JsonNode config,
        boolean isGroup,
        List<Seed> seeds,
        Optional<PpoEvaluation> evaluation,
        List<Recording> episodes) {
    private static final Pattern RECORDING =
            Pattern.compile("policy-mean(?:\\.\\d+)?\\.safetensors");

    /**
     * The run of one seed.
     *
     * @param metrics the lines of metrics.jsonl: line i is of iteration i, from 1 on
     * @param evaluation evaluation.json, if it was evaluated
     */
    record Seed(long seed, List<JsonNode> metrics, Optional<PpoEvaluation> evaluation) {
        private static Seed read(long seed, Path folder) {
            List<JsonNode> metrics = RunFiles.metrics(folder);
            for (int line = 1; line <= metrics.size(); line++) {
                JsonNode iteration = metrics.get(line - 1).path("iteration");
                JsonNode steps = metrics.get(line - 1).path("steps");
                if (iteration.asInt(0) != line || !steps.isNumber()) {
                    throw new InputException(
                            "%s:%d: iteration %s, steps %s: must be iteration %d with its steps"
                                    .formatted(
                                            RunFiles.metricsFile(folder),
                                            line,
                                            iteration,
                                            steps,
                                            line));
                }
            }
            return new Seed(seed, metrics, PpoEvaluation.read(folder));
        }

        /** Steps of all environments so far. */
        double steps() {
            return metrics.isEmpty() ? 0 : metrics.getLast().path("steps").asDouble();
        }
    }

    /**
     * Reads the files.
     *
     * @throws InputException if a file is broken
     */
    static PpoFolder read(Path folder) {
        JsonNode config = RunFiles.config(folder);
        Path file = folder.resolve("config.json");
        for (String place : List.of("/scenario/name", "/config/multiplier")) {
            require(config.at(place).isString(), file, config, place, "must be text");
        }
        for (String place : List.of("/config/seed", "/config/steps", "/config/cost_limit")) {
            require(config.at(place).isNumber(), file, config, place, "must be a number");
        }
        boolean isGroup = config.has("seeds");
        List<Seed> seeds = new ArrayList<>();
        if (isGroup) {
            JsonNode numbers = config.path("seeds");
            boolean whole = numbers.valueStream().allMatch(JsonNode::isIntegralNumber);
            require(!numbers.isEmpty() && whole, file, config, "/seeds", "must be whole numbers");
            for (JsonNode seed : numbers) {
                seeds.add(Seed.read(seed.asLong(), ofSeed(folder, seed.asLong())));
            }
        } else {
            seeds.add(Seed.read(config.at("/config/seed").asLong(), folder));
        }
        return new PpoFolder(
                config,
                isGroup,
                seeds,
                isGroup ? PpoEvaluation.read(folder) : seeds.getFirst().evaluation,
                episodes(isGroup ? ofSeed(folder, seeds.getFirst().seed) : folder));
    }

    private static void require(
            boolean holds, Path file, JsonNode config, String place, String rule) {
        if (!holds) {
            throw new InputException(
                    "%s: %s %s: %s".formatted(file, place, config.at(place), rule));
        }
    }

    private static Path ofSeed(Path folder, long seed) {
        return folder.resolve("seed-" + seed);
    }

    private static List<Recording> episodes(Path folder) {
        return RunFiles.recordings(folder).stream()
                .filter(file -> RECORDING.matcher(file.getFileName().toString()).matches())
                .map(Recording::read)
                .toList();
    }

    /** The name of the world that was learned in. */
    String scenario() {
        return config.at("/scenario/name").asString();
    }

    /** The name of the world that it was evaluated in, else of the one that was learned in. */
    String evaluatedIn() {
        return evaluation.map(PpoEvaluation::scenario).orElse(scenario());
    }

    /** On the mean cost of an episode, if there was one. */
    OptionalDouble costLimit() {
        return config.at("/config/multiplier").asString().equals("none")
                ? OptionalDouble.empty()
                : OptionalDouble.of(config.at("/config/cost_limit").asDouble());
    }

    /** Steps of all environments that each seed is meant to have. */
    double steps() {
        return config.at("/config/steps").asDouble();
    }

    /** What the intervals of the evaluation are over. */
    String intervalsOver() {
        return isGroup ? "seeds" : "episodes";
    }
}
