package dev.memo.app.report;

import dev.memo.base.AtomicFiles;
import dev.memo.base.RandomStream;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A run's folder as MEMO leaves it, with invented but plausible figures. Always the same bytes. */
public final class RunFixture {
    /** Steps of a recorded episode, 6 s. */
    private static final int STEPS = 300;

    private static final double SECONDS = Scenario.STEP_SECONDS;
    private static final double GOAL_RADIUS = 0.3;
    private static final int EPOCHS = 40;

    private static final String BOUNDS =
            """
            , "floor": -0.35, "ceiling": 2.1, "fraction": 0.898, "context_use": 5.25,
            "steering_gap": 0.07""";

    private static final String DISTINGUISHABILITY =
            """
            , "distinguishability": {"training_episodes": 50, "experts": 0.98, "modes": 0.953,
              "ratio": 0.972, "unmatched_modes": [3],
              "confusion_experts": [[49, 1, 0], [0, 50, 0], [2, 0, 48]],
              "confusion_modes": [[44, 0, 6], [0, 50, 0], [1, 0, 49], [21, 0, 29]]}""";

    private final Path folder;
    private final RandomStream random = new RandomStream(7, 0, 0, 0);

    private RunFixture(Path folder) {
        this.folder = folder;
    }

    /** A demonstration: three experts, three modes that match them, one that matches none. */
    public static Path demonstration(Path folder) {
        return demonstration(folder, BOUNDS, DISTINGUISHABILITY);
    }

    /** The same as an earlier MEMO wrote it. */
    static Path earlierDemonstration(Path folder) {
        return demonstration(folder, "", "");
    }

    private static Path demonstration(Path folder, String bounds, String distinguishability) {
        RunFixture fixture = new RunFixture(folder);
        fixture.common("memo demo --seed 0 --out runs/demo");
        AtomicFiles.writeText(
                folder.resolve("evaluation.json"),
                demonstrationEvaluation(bounds, distinguishability));
        fixture.recordings();
        sample(true).write(folder);
        return folder;
    }

    /** Data from elsewhere: no world, no experts' names. As an earlier MEMO wrote it. */
    public static Path foreign(Path folder) {
        new RunFixture(folder).common("memo train memo --data pendulum-v0 --modes 3 --out runs/f");
        AtomicFiles.writeText(
                folder.resolve("evaluation.json"),
                """
                {"version": 1, "scenario": null, "seed": 0, "held_out_episodes": 4,
                 "codes": {"modes": 3, "experts": null, "purity": null, "purity_episode": null,
                   "nmi_step": null, "nmi_episode": null, "ari_step": null, "ari_episode": null,
                   "ari_episode_interval": null, "perplexity": 2.41, "usage": [0.62, 0.28, 0.1],
                   "confusion_step": null, "confusion_episode": null},
                 "likelihood": {"own_context": -0.81, "steering_context": -0.9,
                   "shuffled_context": -1.7},
                 "one_more_mode": null, "steering": null}
                """);
        sample(false).write(folder);
        return folder;
    }

    /**
     * Two of three modes in use, each with an episode.
     *
     * @param poses whether it was recorded where the robot was
     */
    private static ModeSample sample(boolean poses) {
        return new ModeSample(
                ModeSample.VERSION,
                List.of("gyro[2]", "action[0]"),
                List.of(
                        new ModeSample.Mode(
                                300,
                                new float[] {0.5f},
                                new float[] {0.25f},
                                new double[] {0.75, 0.25}),
                        new ModeSample.Mode(
                                100,
                                new float[] {-1},
                                new float[] {0.125f},
                                new double[] {0.5, 0.5}),
                        new ModeSample.Mode(0, null, null, null)),
                List.of(trace(17, 0, poses), trace(29, 1, poses)),
                new ModeSample.Plane(
                        List.of("gyro[0]", "gyro[1]", "gyro[2]"),
                        new double[][] {{0.8, 0.1, -0.6}, {0, 1, 0}},
                        new double[] {0.62, 0.3},
                        new float[] {-1, 0, 1, 2},
                        new float[] {1, 0, -1, 0.5f},
                        new int[] {0, 0, 0, 1}));
    }

    /** A quarter of its steps is nearest to the next code. */
    private static ModeSample.Trace trace(int episode, int mode, boolean poses) {
        int steps = 100;
        int[] times = new int[steps];
        int[] assigned = new int[steps];
        int[] nearest = new int[steps];
        float[][] lanes = new float[2][steps];
        float[] x = new float[steps];
        for (int t = 0; t < steps; t++) {
            times[t] = t;
            assigned[t] = mode;
            nearest[t] = t < 25 ? mode + 1 : mode;
            lanes[0][t] = (float) Math.sin(0.1 * (mode + 1) * t);
            lanes[1][t] = 0.01f * t;
            x[t] = 0.02f * t;
        }
        float[] y = lanes[0];
        return new ModeSample.Trace(
                episode, mode, times, assigned, nearest, lanes, poses ? x : null, poses ? y : null);
    }

    private void common(String command) {
        try {
            Files.createDirectories(folder.resolve("recordings"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        AtomicFiles.writeText(
                folder.resolve("config.json"),
                """
                {"learner": "memo", "command": "%s", "version": "0.1.0", "commit": "0123456789ab",
                 "config_hash": "5f1d2c3b4a", "machine": "2 cores <amd64>, Linux, Java 25.0.3",
                 "seed": 0, "data": {"scenario": "open", "experts": ["goal", "forward", "circle"],
                 "episodes": 90}, "memo": {"modes": 4, "step": 5, "code_size": 8,
                 "learning_rate": 0.001, "features": ["egocentric", "yaw_rate"]}}
                """
                        .formatted(command));
        StringBuilder metrics = new StringBuilder();
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            double falling = Math.exp(-epoch / 9.0);
            double noise = 1 + 0.05 * random.normal();
            metrics.append(
                    String.format(
                            Locale.ROOT,
                            "{\"epoch\":%d,\"loss\":%.4f,\"vq_loss\":%.4f,\"reconstruction\":%.4f,"
                                    + "\"codebook_loss\":%.4f,\"commitment\":%.4f,\"nll\":%.4f,"
                                    + "\"perplexity\":%.3f,\"codes_reassigned\":%d}%n",
                            epoch,
                            9.4 * falling * noise + 0.9,
                            3 * falling * noise + 0.05,
                            2 * falling * noise + 0.02,
                            0.4 * falling * noise + 0.012,
                            0.5 * falling + 0.01,
                            2.2 * falling * noise - 0.9,
                            1 + 2.4 * (1 - falling),
                            Math.round(60 * falling)));
        }
        AtomicFiles.writeText(folder.resolve("metrics.jsonl"), metrics.toString());
    }

    private static String demonstrationEvaluation(String bounds, String distinguishability) {
        return """
        {"version": 1, "scenario": "open", "seed": 0, "held_out_episodes": 18,
         "codes": {"modes": 4, "experts": ["goal", "forward", "circle"], "purity": 0.947,
           "purity_episode": 1.0, "nmi_step": 0.842, "nmi_episode": 0.961, "ari_step": 0.871,
           "ari_episode": 0.972, "ari_episode_interval": [0.91, 1.0], "perplexity": 3.12,
           "usage": [0.34, 0.3, 0.33, 0.03],
           "confusion_step": [[5421, 213, 102, 264], [31, 5932, 37, 0], [120, 64, 5816, 0]],
           "confusion_episode": [[6, 0, 0, 0], [0, 6, 0, 0], [0, 0, 6, 0]]},
         "likelihood": {"own_context": 1.92, "steering_context": 1.85, "shuffled_context": -3.4%s},
         "one_more_mode": {"modes": 5, "ari_episode": 0.934},
         "steering": {"episodes": 50, "steps": 1000,
           "measures": ["return", "cost", "goals", "path_length", "mean_speed"],
           "experts": [%s, %s, %s], "modes": [%s, %s, %s, %s]%s}}
        """
                .formatted(
                        bounds,
                        match("goal", 0, 14.2, 1.1),
                        match("forward", 1, -27.4, 0.2),
                        match("circle", 2, -0.42, 0.6),
                        mode(0, 13.6),
                        mode(1, -27.2),
                        mode(2, -0.45),
                        mode(3, 2.3),
                        distinguishability);
    }

    private static String match(String expert, int mode, double level, double distance) {
        return """
        {"expert": "%s", "mode": %d, "expert_stats": %s, "mode_stats": %s,
         "mode_stats_sampled": %s, "fidelity": %s, "fidelity_interval": %s,
         "fidelity_sampled": %s}"""
                .formatted(
                        expert,
                        mode,
                        stats(level),
                        stats(level * 0.96),
                        stats(level * 0.93),
                        fidelity(distance),
                        intervals(distance),
                        fidelity(distance * 1.2));
    }

    private static String mode(int mode, double level) {
        return "{\"mode\": %d, \"stats\": %s}".formatted(mode, stats(level));
    }

    private static String stats(double level) {
        double[] values = {level, 12.1 + level / 10, Math.max(0, level), 24.1, 1.21};
        String[] names = {"return", "cost", "goals", "path_length", "mean_speed"};
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            double spread = 0.05 * Math.abs(values[i]);
            fields.add(
                    String.format(
                            Locale.ROOT,
                            "\"%s\": {\"mean\": %.4f, \"sd\": %.4f, \"low\": %.4f, \"high\": %.4f}",
                            names[i],
                            values[i],
                            2 * spread,
                            values[i] - spread,
                            values[i] + spread));
        }
        return "{" + String.join(", ", fields) + "}";
    }

    private static String intervals(double distance) {
        return Stream.of("return", "cost", "goals", "path_length", "mean_speed")
                .map(m -> "\"%s\": [%s, %s]".formatted(m, distance - 0.25, distance + 0.25))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String fidelity(double distance) {
        return String.format(
                Locale.ROOT,
                "{\"return\": %.3f, \"cost\": %.3f, \"goals\": %.3f, \"path_length\": %.3f,"
                        + " \"mean_speed\": %.3f}",
                distance,
                distance / 2,
                distance / 3,
                distance / 4,
                distance / 5);
    }

    private void recordings() {
        Scenario scenario = Scenario.load("open");
        for (int episode = 0; episode < 3; episode++) {
            Scene start = layout(episode);
            write(scenario, "expert-goal", episode, seeking(start, 0));
            write(scenario, "expert-forward", episode, driving(start, 0.0, 1));
            write(scenario, "expert-circle", episode, driving(start, 0.643, 1));
            write(scenario, "mode-0", episode, seeking(start, 0.25));
            write(scenario, "mode-1", episode, driving(start, 0.012, 0.98));
            write(scenario, "mode-2", episode, driving(start, 0.61, 0.97));
            write(scenario, "mode-3", episode, driving(start, 1.9, 0.5));
        }
    }

    private void write(Scenario scenario, String label, int episode, List<Scene> scenes) {
        List<Recording.Step> steps = new ArrayList<>();
        for (int t = 1; t < scenes.size(); t++) {
            steps.add(new Recording.Step(new float[2], new float[0], new float[0], 0, 0));
        }
        Path file = folder.resolve("recordings/" + label + "." + episode + ".safetensors");
        new Recording(scenario, label, 0, scenes, steps).write(file);
    }

    private Scene layout(int episode) {
        double side = episode - 1;
        return new Scene(
                2,
                new Scene.Pose(0.8 * side, -0.9 + 0.5 * side, 0.7 + 2.1 * episode),
                new Scene.Disc(1.2 - side, 1.2, GOAL_RADIUS),
                List.of(
                        new Scene.Disc(-1.4, 0.6, 0.2),
                        new Scene.Disc(0.3 * side, 0.2, 0.2),
                        new Scene.Disc(1.5, -1.1, 0.2),
                        new Scene.Disc(-0.9, -1.5, 0.2)),
                List.of(new Scene.Box(-0.3, 1.5, 0.4, 0.1), new Scene.Box(1.6, 0.3, 1.2, 0.1)));
    }

    /** Constant speed and turn: forward and circle at 1.42 m/s as the robot drives them. */
    private static List<Scene> driving(Scene start, double yawRate, double share) {
        List<Scene> scenes = new ArrayList<>(List.of(start));
        double x = start.robot().x();
        double y = start.robot().y();
        double heading = start.robot().heading();
        for (int t = 0; t < STEPS; t++) {
            double speed = 1.46 * share * (1 - Math.exp(-t * SECONDS / 0.5));
            heading += yawRate * SECONDS;
            x -= speed * SECONDS * Math.cos(heading);
            y -= speed * SECONDS * Math.sin(heading);
            scenes.add(moved(start, x, y, heading, start.goal()));
        }
        return scenes;
    }

    /** Steers to the goal, overshoots a little, and to the next one. */
    private List<Scene> seeking(Scene start, double noise) {
        List<Scene> scenes = new ArrayList<>(List.of(start));
        double x = start.robot().x();
        double y = start.robot().y();
        double vx = 0;
        double vy = 0;
        Scene.Disc goal = start.goal();
        for (int t = 0; t < STEPS; t++) {
            double towards = Math.atan2(goal.y() - y, goal.x() - x) + noise * random.normal();
            vx += SECONDS * (2.2 * Math.cos(towards) - 1.2 * vx);
            vy += SECONDS * (2.2 * Math.sin(towards) - 1.2 * vy);
            x += SECONDS * vx;
            y += SECONDS * vy;
            if (Math.hypot(goal.x() - x, goal.y() - y) < GOAL_RADIUS) {
                goal =
                        new Scene.Disc(
                                random.uniform(-1.7, 1.7), random.uniform(-1.7, 1.7), GOAL_RADIUS);
            }
            scenes.add(moved(start, x, y, Math.atan2(vy, vx), goal));
        }
        return scenes;
    }

    private static Scene moved(Scene start, double x, double y, double heading, Scene.Disc goal) {
        return new Scene(
                start.extent(),
                new Scene.Pose(x, y, heading),
                goal,
                start.hazards(),
                start.vases());
    }
}
