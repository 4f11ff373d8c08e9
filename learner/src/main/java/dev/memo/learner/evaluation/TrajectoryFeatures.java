package dev.memo.learner.evaluation;

import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.metrics.Moments;
import dev.memo.sim.env.EnvSpec.Slice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An episode of the point-robot world in readable numbers by which experts are told apart: mean and
 * standard deviation over its steps of how the robot moved and of what was near it, and costs and
 * goals per step. Actions are not among them: who draws actions would differ by them from who takes
 * means, whatever the robot does.
 */
public final class TrajectoryFeatures {
    private final DatasetSpec spec;
    private final int x;
    private final int y;
    private final int heading;
    private final int vx;
    private final int vy;
    private final int yawRate;
    private final int goalX;
    private final int goalY;

    /** Empty in a world without hazards. */
    private final Optional<Slice> hazards;

    /** Features of episodes of the point-robot world, with poses and costs. */
    public TrajectoryFeatures(DatasetSpec spec) {
        this.spec = spec;
        List<String> poses = spec.poseNames();
        x = poses.indexOf("x");
        y = poses.indexOf("y");
        heading = poses.indexOf("heading");
        vx = poses.indexOf("vx");
        vy = poses.indexOf("vy");
        yawRate = poses.indexOf("yaw_rate");
        goalX = poses.indexOf("goal_x");
        goalY = poses.indexOf("goal_y");
        hazards =
                spec.observation().stream()
                        .filter(slice -> slice.name().equals("hazards_lidar"))
                        .findFirst();
    }

    /** The features by name; the same names for every episode. */
    Map<String, Double> of(Episode episode) {
        return of(episode, IntStream.range(0, episode.steps()).toArray());
    }

    /**
     * The features of some steps of an episode, as if there were no others.
     *
     * @param steps numbers from 0, at least one; what a step led to is looked at
     */
    public Map<String, Double> of(Episode episode, int[] steps) {
        int costs = spec.costNames().size();
        Map<String, Moments> overSteps = new LinkedHashMap<>();
        double cost = 0;
        int goals = 0;
        for (int step : steps) {
            addMotion(overSteps, episode.poses(), (step + 1) * spec.poseNames().size());
            if (hazards.isPresent()) {
                add(overSteps, "hazard_closeness", closeness(episode, step + 1, hazards.get()));
            }
            cost += episode.costs()[(step + 1) * costs - 1];
            goals += episode.goalsMet()[step] ? 1 : 0;
        }
        Map<String, Double> features = new LinkedHashMap<>();
        overSteps.forEach(
                (name, moments) -> {
                    features.put(name + "_mean", moments.mean());
                    features.put(name + "_sd", moments.standardDeviation());
                });
        features.put("cost_rate", cost / steps.length);
        features.put("goal_rate", (double) goals / steps.length);
        return features;
    }

    /** In m, m/s and rad/s. */
    private void addMotion(Map<String, Moments> overSteps, double[] poses, int at) {
        double alongX = poses[at + vx];
        double alongY = poses[at + vy];
        double cos = StrictMath.cos(poses[at + heading]);
        double sin = StrictMath.sin(poses[at + heading]);
        add(overSteps, "speed", Math.hypot(alongX, alongY));
        add(overSteps, "forward_speed", cos * alongX + sin * alongY);
        add(overSteps, "sideways_speed", Math.abs(cos * alongY - sin * alongX));
        add(overSteps, "yaw_rate", poses[at + yawRate]);
        add(overSteps, "turning", Math.abs(poses[at + yawRate]));
        double toGoalX = poses[at + goalX] - poses[at + x];
        double toGoalY = poses[at + goalY] - poses[at + y];
        double distance = Math.hypot(toGoalX, toGoalY);
        double approach = (toGoalX * alongX + toGoalY * alongY) / distance;
        add(overSteps, "goal_distance", distance);
        add(overSteps, "approach_speed", distance == 0 ? 0 : approach);
    }

    /** The largest reading of the hazards' lidar: 0 if none is in sight, 1 at the robot. */
    private double closeness(Episode episode, int moment, Slice lidar) {
        int from = moment * spec.observationSize() + lidar.offset();
        double largest = 0;
        for (int bin = 0; bin < lidar.length(); bin++) {
            largest = Math.max(largest, episode.observations()[from + bin]);
        }
        return largest;
    }

    private static void add(Map<String, Moments> overSteps, String name, double value) {
        overSteps.computeIfAbsent(name, _ -> new Moments()).add(value);
    }
}
