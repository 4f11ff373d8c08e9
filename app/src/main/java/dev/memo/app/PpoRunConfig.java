package dev.memo.app;

import dev.memo.base.InputException;
import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.ppo.PpoConfig;
import dev.memo.sim.scenario.Scenario;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code config.json} of a PPO run, or of a folder with a run for each of several seeds.
 *
 * @param ppo the learner's configuration, with the first seed
 * @param scenario the world
 * @param seeds of several runs that differ in nothing else; empty for a run by itself
 */
record PpoRunConfig(PpoConfig ppo, Scenario scenario, List<Long> seeds) {
    /** The learner's name. */
    static final String PPO = "ppo";

    private static final String SCENARIO = "scenario";
    private static final String SEEDS = "seeds";

    /** So many runs, from the configuration's seed on; a run by itself if it is one. */
    static PpoRunConfig of(PpoConfig ppo, Scenario scenario, int seeds) {
        List<Long> all =
                seeds == 1
                        ? List.of()
                        : LongStream.range(ppo.seed(), ppo.seed() + seeds).boxed().toList();
        return new PpoRunConfig(ppo, scenario, all);
    }

    /** The run by itself that has one of the seeds. */
    PpoRunConfig ofSeed(long seed) {
        return new PpoRunConfig(ppo.withSeed(seed), scenario, List.of());
    }

    /**
     * Writes the file.
     *
     * @param command what a person types to make it again
     */
    void write(RunFolder folder, String command) {
        ObjectNode json = RunConfig.header(PPO, command);
        json.set(SCENARIO, JsonMapper.shared().readTree(scenario.toJson()));
        if (!seeds.isEmpty()) {
            ArrayNode list = json.putArray(SEEDS);
            seeds.forEach(list::add);
        }
        RunConfig.finish(json, ppo, scenario.toJson(), folder);
    }

    /**
     * Reads the file.
     *
     * @throws InputException if the run is not one of PPO
     */
    static PpoRunConfig read(RunFolder folder) {
        JsonNode json = RunConfig.requireLearner(folder, PPO);
        return new PpoRunConfig(
                config(json, folder),
                Scenario.parse(json.path(SCENARIO).toString(), folder.path() + ""),
                StreamSupport.stream(json.path(SEEDS).spliterator(), false)
                        .map(JsonNode::asLong)
                        .toList());
    }

    private static PpoConfig config(JsonNode json, RunFolder folder) {
        try {
            return ConfigJson.read(json.path("config"), PpoConfig.class);
        } catch (InputException e) {
            throw new InputException(folder.path() + ": config.json: " + e.getMessage(), e);
        }
    }

    /**
     * Reads the file of a run by itself.
     *
     * @throws InputException also if the folder has a run for each of several seeds
     */
    static PpoRunConfig readOne(RunFolder folder) {
        PpoRunConfig config = read(folder);
        if (!config.seeds.isEmpty()) {
            throw new InputException(
                    "%s: holds a run for each of %d seeds: name one, such as %s"
                            .formatted(
                                    folder.path(),
                                    config.seeds.size(),
                                    folder.path().resolve("seed-" + config.seeds.getFirst())));
        }
        return config;
    }
}
