package dev.memo.app.report;

import dev.memo.base.AtomicFiles;
import dev.memo.sim.env.Scene;
import dev.memo.sim.recording.Recording;
import dev.memo.sim.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Folders of PPO as training leaves them, with invented figures. Always the same bytes. */
final class PpoFixture {
    static final int ITERATIONS = 450;

    private static final int STEPS_PER_ITERATION = 10_000;
    private static final int RECORDED_STEPS = 50;

    private PpoFixture() {}

    /** A run without a cost limit. */
    static Path run(Path folder, String scenario) {
        config(folder, scenario, "none", "");
        seed(folder, 0, false);
        evaluation(folder, scenario, 26.5, 52.25);
        return folder;
    }

    /** Three seeds with a cost limit of 25. */
    static Path group(Path folder) {
        config(folder, "goal1", "pid", "\"seeds\": [3, 4, 5],");
        evaluation(folder, "goal1", 23.5, 24.5);
        for (int seed = 3; seed <= 5; seed++) {
            Path run = folder.resolve("seed-" + seed);
            config(run, "goal1", "pid", "");
            seed(run, seed, true);
            evaluation(run, "goal1", 19.5 + seed, 20.5 + seed);
        }
        return folder;
    }

    private static void config(Path folder, String scenario, String multiplier, String seeds) {
        try {
            Files.createDirectories(folder.resolve("recordings"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        AtomicFiles.writeText(
                folder.resolve("config.json"),
                """
                {"learner": "ppo", "command": "memo train ppo --scenario %s", "version": "0.1.0",
                 "commit": "0123456789ab", "machine": "2 cores <amd64>, Linux, Java 25.0.3",
                 "scenario": {"name": "%s", "goal": {"size": 0.3}}, %s "config_hash": "5f1d2c3b",
                 "config": {"seed": 3, "steps": 4500000, "multiplier": "%s", "cost_limit": 25.0}}
                """
                        .formatted(scenario, scenario, seeds, multiplier));
    }

    private static void seed(Path folder, int seed, boolean limited) {
        StringBuilder metrics = new StringBuilder();
        for (int iteration = 1; iteration <= ITERATIONS; iteration++) {
            metrics.append(line(iteration, seed, limited)).append('\n');
        }
        AtomicFiles.writeText(folder.resolve("metrics.jsonl"), metrics.toString());
        for (int episode = 0; episode < 2; episode++) {
            recording().write(folder.resolve("recordings/policy-mean." + episode + ".safetensors"));
        }
    }

    /** Episodes end in every other iteration; the first one updates nothing. */
    private static String line(int iteration, int seed, boolean limited) {
        double learned = 1 - Math.exp(-iteration / 60.0);
        String text =
                "{\"iteration\":%d,\"steps\":%d"
                        .formatted(iteration, iteration * STEPS_PER_ITERATION);
        if (iteration % 2 == 0) {
            text += number("return", (20 + seed) * learned) + number("cost", 30 - seed * learned);
        }
        text += number("cost_hazards", 30 - learned) + number("cost_sum", 30 - learned);
        text += limited ? number("multiplier", learned) : "";
        if (iteration > 1) {
            text += number("value_loss", 3 * (1.001 - learned)) + number("divergence", 0.01);
        }
        return text + "}";
    }

    private static String number(String name, double value) {
        return String.format(Locale.ROOT, ",\"%s\":%.5f", name, value);
    }

    private static void evaluation(Path folder, String scenario, double earned, double cost) {
        String action =
                String.format(
                        Locale.ROOT,
                        """
                        {"return": {"mean": %.2f, "low": %.2f, "high": %.2f},
                         "cost": {"mean": %.2f, "low": %.2f, "high": %.2f},
                         "path_length": {"mean": 24.1, "low": 23.9, "high": 24.3}}""",
                        earned,
                        earned - 1,
                        earned + 1,
                        cost,
                        cost - 1,
                        cost + 1);
        AtomicFiles.writeText(
                folder.resolve("evaluation.json"),
                """
                {"version": 1, "learner": "ppo", "scenario": "%s", "seed": 0, "episodes": 100,
                 "mean_action": %s, "sampled_action": %s}
                """
                        .formatted(scenario, action, action));
    }

    /** Straight ahead; every step earns 0.1 and costs 1. */
    private static Recording recording() {
        List<Scene> scenes = new ArrayList<>();
        List<Recording.Step> steps = new ArrayList<>();
        for (int t = 0; t <= RECORDED_STEPS; t++) {
            scenes.add(
                    new Scene(
                            2,
                            new Scene.Pose(0.02 * t, 0, 0),
                            new Scene.Disc(1, 1, 0.3),
                            List.of(),
                            List.of()));
        }
        for (int t = 0; t < RECORDED_STEPS; t++) {
            steps.add(new Recording.Step(new float[2], new float[0], new float[0], 0.1, 1));
        }
        return new Recording(Scenario.load("goal1"), "policy-mean", 0, scenes, steps);
    }
}
