package dev.memo.learner.ppo;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.TensorFile;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.checkpoint.RunLock;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.env.VectorEnv;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * PPO's training in a run's folder. After every iteration its metrics are appended; the checkpoint
 * is replaced every few seconds, so a run that was killed at any moment goes on from there and ends
 * with the bytes of one that was never killed.
 */
public final class PpoRun {
    private static final String FORMAT = "ppo-checkpoint-1";
    private static final long CHECKPOINT_NANOS = 10_000_000_000L;

    // Metadata of a checkpoint beside the trainer's.
    private static final String CONFIG = "config";
    private static final String SCENARIO = "scenario";
    private static final String OBSERVATION_SIZE = "observation_size";
    private static final String ACTION_SIZE = "action_size";

    /** Metrics that are whole numbers. */
    private static final Set<String> COUNTS = Set.of("steps", "epochs");

    private PpoRun() {}

    /**
     * Trains to the last iteration, or until a person asks to stop.
     *
     * @param folder goes on from its checkpoint if there is one
     * @return whether all iterations are done
     * @throws InputException if the checkpoint is of another configuration or world, or somebody is
     *     training it already
     */
    public static boolean train(
            PpoConfig config,
            Scenario scenario,
            Device device,
            ThreadTeam team,
            RunFolder folder,
            Progress progress) {
        try (RunLock _ = folder.lock();
                VectorEnv env =
                        new PointGoalEnv(scenario, config.envs(), Autoreset.SAME_STEP, team)) {
            PpoTrainer trainer = new PpoTrainer(config, env, device);
            resume(trainer, config, scenario, folder);
            long perIteration = config.stepsPerIteration();
            progress.begin(
                    "training seed " + config.seed(),
                    config.iterations() * perIteration,
                    "env-steps");
            progress.advance(trainer.iteration() * perIteration);
            long saved = System.nanoTime();
            Map<String, Double> latest = new HashMap<>();
            while (trainer.iteration() < config.iterations() && !progress.stopRequested()) {
                latest.putAll(iterate(trainer, folder, progress));
                progress.status(status(latest));
                if (System.nanoTime() - saved > CHECKPOINT_NANOS) {
                    write(trainer, scenario, folder);
                    saved = System.nanoTime();
                }
            }
            write(trainer, scenario, folder);
            progress.end();
            return trainer.iteration() == config.iterations();
        }
    }

    private static Map<String, Double> iterate(
            PpoTrainer trainer, RunFolder folder, Progress progress) {
        long start = System.nanoTime();
        Map<String, Double> metrics = trainer.iterate(progress);
        double seconds = (System.nanoTime() - start) / 1e9;
        double rate = trainer.model().config().stepsPerIteration() / seconds;
        folder.appendMetrics(line(trainer.iteration(), metrics));
        Map<String, Double> timings = new LinkedHashMap<>();
        timings.put("steps", metrics.get("steps"));
        timings.put("seconds", seconds);
        timings.put("env_steps_per_second", rate);
        folder.appendTimings(line(trainer.iteration(), timings));
        return metrics;
    }

    private static String status(Map<String, Double> metrics) {
        StringBuilder text = new StringBuilder();
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("return", "return %.1f");
        shown.put("cost", "cost %.1f");
        shown.put("multiplier", "multiplier %.2f");
        shown.put("divergence", "KL %.3f");
        shown.put("entropy", "entropy %.2f");
        shown.forEach(
                (key, format) -> {
                    if (metrics.containsKey(key)) {
                        text.append(text.isEmpty() ? "" : ", ");
                        text.append(format.formatted(metrics.get(key)));
                    }
                });
        return text.toString();
    }

    private static ObjectNode line(int iteration, Map<String, Double> values) {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put("iteration", iteration);
        values.forEach(
                (name, value) -> {
                    if (COUNTS.contains(name)) {
                        line.put(name, value.longValue());
                    } else {
                        line.put(name, value);
                    }
                });
        return line;
    }

    private static void resume(
            PpoTrainer trainer, PpoConfig config, Scenario scenario, RunFolder folder) {
        if (!Files.exists(folder.checkpoint())) {
            folder.truncateTo(0);
            return;
        }
        TensorFile checkpoint = read(folder);
        if (!config(checkpoint, folder).equals(config)) {
            throw new InputException(
                    folder.checkpoint()
                            + ": is of another configuration: "
                            + checkpoint.metadata().get(CONFIG));
        }
        if (!scenario.toJson().equals(checkpoint.metadata().get(SCENARIO))) {
            throw new InputException(folder.checkpoint() + ": was learned in another world");
        }
        try {
            trainer.restore(checkpoint);
        } catch (InputException | NumberFormatException e) {
            throw new InputException(folder.checkpoint() + ": " + e.getMessage(), e);
        }
        folder.truncateTo(trainer.iteration());
    }

    private static void write(PpoTrainer trainer, Scenario scenario, RunFolder folder) {
        TensorFile state = trainer.save();
        EnvSpec spec = PointGoalEnv.specOf(scenario);
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", FORMAT);
        metadata.put(CONFIG, ConfigJson.of(trainer.model().config()).toString());
        metadata.put(SCENARIO, scenario.toJson());
        metadata.put(OBSERVATION_SIZE, Integer.toString(spec.observationSize()));
        metadata.put(ACTION_SIZE, Integer.toString(spec.actionSize()));
        metadata.putAll(state.metadata());
        new TensorFile(metadata, state.tensors()).write(folder.checkpoint());
    }

    private static TensorFile read(RunFolder folder) {
        TensorFile file = folder.readCheckpoint();
        String format = file.metadata().get("format");
        if (!FORMAT.equals(format)) {
            throw new InputException(
                    "%s: format %s: must be %s".formatted(folder.checkpoint(), format, FORMAT));
        }
        return file;
    }

    private static PpoConfig config(TensorFile checkpoint, RunFolder folder) {
        try {
            return ConfigJson.read(checkpoint.metadata().getOrDefault(CONFIG, ""), PpoConfig.class);
        } catch (InputException e) {
            throw new InputException(folder.checkpoint() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Loads what a run has learned.
     *
     * @throws InputException if there is no checkpoint, or it is damaged or of another shape
     */
    public static PpoModel load(RunFolder folder, Device device) {
        TensorFile checkpoint = read(folder);
        Map<String, String> metadata = checkpoint.metadata();
        try {
            PpoNetwork network =
                    new PpoNetwork(
                            config(checkpoint, folder),
                            Integer.parseInt(metadata.get(OBSERVATION_SIZE)),
                            Integer.parseInt(metadata.get(ACTION_SIZE)));
            PpoModel model = new PpoModel(network, device);
            model.restore(checkpoint);
            return model;
        } catch (NumberFormatException e) {
            throw new InputException(
                    folder.checkpoint() + ": metadata not readable: " + e.getMessage(), e);
        }
    }
}
