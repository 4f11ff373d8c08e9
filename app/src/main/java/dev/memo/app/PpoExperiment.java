package dev.memo.app;

import dev.memo.base.AtomicFiles;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.evaluation.Behaviour;
import dev.memo.learner.evaluation.PolicyEvaluation;
import dev.memo.learner.metrics.Interval;
import dev.memo.learner.ppo.PpoModel;
import dev.memo.learner.ppo.PpoRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * PPO trained and measured, with one seed or several: a run's folder, or a folder with a run for
 * each seed inside. What a stop left undone is done when it is run again.
 *
 * @param folder of the run, or of all of them
 * @param config what is learned
 * @param command that makes it again
 */
record PpoExperiment(RunFolder folder, PpoRunConfig config, String command) {
    /** Layouts of the final measurement. */
    static final int EPISODES = 100;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** A new one. */
    static PpoExperiment create(Path out, PpoRunConfig config, String command) {
        PpoExperiment made = new PpoExperiment(RunFolder.create(out), config, command);
        config.write(made.folder, command);
        return made;
    }

    /** One that was stopped. */
    static PpoExperiment open(Path out) {
        RunFolder folder = RunFolder.open(out);
        return new PpoExperiment(folder, PpoRunConfig.read(folder), RunConfig.command(folder));
    }

    /**
     * Does what is not done yet.
     *
     * @return the evaluation; empty if a person stopped it
     */
    Optional<JsonNode> run(Laboratory laboratory) {
        try {
            return config.seeds().isEmpty() ? runOne(laboratory) : runSeeds(laboratory);
        } catch (CancellationException _) {
            return Optional.empty();
        }
    }

    private Optional<JsonNode> runOne(Laboratory laboratory) {
        return train(laboratory) ? Optional.of(evaluate(laboratory, EPISODES)) : Optional.empty();
    }

    private Optional<JsonNode> runSeeds(Laboratory laboratory) {
        List<JsonNode> evaluations = new ArrayList<>();
        for (long seed : config.seeds()) {
            PpoExperiment one = ofSeed(seed);
            Optional<JsonNode> evaluation = one.finished();
            if (evaluation.isEmpty()) {
                evaluation = one.runOne(laboratory);
            }
            if (evaluation.isEmpty()) {
                return Optional.empty();
            }
            evaluations.add(evaluation.get());
        }
        return Optional.of(summarise(evaluations));
    }

    /** The run of one seed; a folder that was made and not begun counts as none. */
    private PpoExperiment ofSeed(long seed) {
        Path path = folder.path().resolve("seed-" + seed);
        PpoRunConfig own = config.ofSeed(seed);
        return RunFolder.isOne(path)
                ? new PpoExperiment(RunFolder.open(path), own, command)
                : create(path, own, command);
    }

    /** The final evaluation, and not another that a person made since. */
    private Optional<JsonNode> finished() {
        return folder.readEvaluation()
                .filter(one -> one.path("episodes").asInt() == EPISODES)
                .filter(one -> one.path("seed").asLong() == config.ppo().seed())
                .filter(one -> one.path("scenario").asString().equals(config.scenario().name()));
    }

    private boolean train(Laboratory laboratory) {
        return PpoRun.train(
                config.ppo(),
                config.scenario(),
                laboratory.device(),
                laboratory.team(),
                folder,
                laboratory.progress());
    }

    /** Measures the last checkpoint and records paths. */
    JsonNode evaluate(Laboratory laboratory, int episodes) {
        PpoModel model = PpoRun.load(folder, laboratory.device());
        long seed = config.ppo().seed();
        PolicyEvaluation evaluation =
                PolicyEvaluation.of(
                        config.scenario(),
                        model.policy(false),
                        model.policy(true),
                        Behaviour.heldOutLayouts(seed, episodes),
                        laboratory.team(),
                        laboratory.progress());
        laboratory.recordPolicy(
                folder, config.scenario(), "policy-mean", model.policy(false), seed);
        laboratory.recordPolicy(
                folder, config.scenario(), "policy-sampled", model.policy(true), seed);
        // Last: a run that has it is finished.
        ObjectNode json = evaluation.toJson(PpoRunConfig.PPO, config.scenario(), seed);
        write(json);
        return json;
    }

    /** Means and 95 % intervals over the seeds, of each seed's means. */
    private JsonNode summarise(List<JsonNode> evaluations) {
        JsonNode first = evaluations.getFirst();
        ObjectNode json = JSON.createObjectNode();
        json.set("version", first.path("version"));
        json.set("learner", first.path("learner"));
        json.set("scenario", first.path("scenario"));
        ArrayNode seeds = json.putArray("seeds");
        config.seeds().forEach(seeds::add);
        json.set("episodes", first.path("episodes"));
        for (String actions : PolicyEvaluation.ACTIONS) {
            ObjectNode measures = json.putObject(actions);
            for (String measure : first.path(actions).propertyNames()) {
                double[] means =
                        evaluations.stream()
                                .mapToDouble(
                                        one ->
                                                one.path(actions)
                                                        .path(measure)
                                                        .path("mean")
                                                        .asDouble())
                                .toArray();
                Interval interval = Interval.of(means);
                ObjectNode over = measures.putObject(measure);
                over.put("mean", interval.mean());
                over.put("low", interval.low());
                over.put("high", interval.high());
            }
        }
        write(json);
        return json;
    }

    private void write(ObjectNode json) {
        AtomicFiles.writeText(folder.evaluation(), JSON.writeValueAsString(json) + "\n");
    }

    /** An evaluation in lines of text. */
    static List<String> verdict(JsonNode evaluation) {
        List<String> lines = new ArrayList<>();
        int seeds = Math.max(1, evaluation.path("seeds").size());
        lines.add(
                "%d episodes on layouts of other seeds%s; mean and 95 %% interval:"
                        .formatted(
                                evaluation.path("episodes").asInt(),
                                seeds == 1 ? "" : ", each of %d runs".formatted(seeds)));
        for (String actions : PolicyEvaluation.ACTIONS) {
            JsonNode measures = evaluation.path(actions);
            lines.add(
                    "  %-15s return %s, cost %s"
                            .formatted(
                                    actions.replace('_', ' '),
                                    text(measures.path("return")),
                                    text(measures.path("cost"))));
        }
        return lines;
    }

    private static String text(JsonNode interval) {
        return "%.2f [%.2f, %.2f]"
                .formatted(
                        interval.path("mean").asDouble(),
                        interval.path("low").asDouble(),
                        interval.path("high").asDouble());
    }
}
