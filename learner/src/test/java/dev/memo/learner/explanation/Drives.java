package dev.memo.learner.explanation;

import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.sim.env.EnvSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Invented episodes of a point robot, in a world with one goal at a time and one hazard. */
final class Drives {
    static final int STEPS = 400;

    static final DatasetSpec SPEC =
            new DatasetSpec(
                    List.of(new EnvSpec.Slice("hazards_lidar", 0, 1)),
                    2,
                    List.of("hazards", "sum"),
                    List.of("x", "y", "heading", "vx", "vy", "yaw_rate", "goal_x", "goal_y"));

    private static final double SECONDS = 0.02;

    private Drives() {}

    /** Where the robot looks at a moment, by its place, and how fast it drives there in m/s. */
    @FunctionalInterface
    interface Law {
        double[] headingAndSpeed(int moment, double x, double y, double goalX, double goalY);
    }

    static Law straight(double heading) {
        return (_, _, _, _, _) -> new double[] {heading, 1};
    }

    /** A circle of 1 rad/s and 1 m. */
    static Law circle(double heading, int side) {
        return (t, _, _, _, _) -> new double[] {heading + side * t * SECONDS, 1};
    }

    static Law toGoals() {
        return (_, x, y, goalX, goalY) -> new double[] {Math.atan2(goalY - y, goalX - x), 1};
    }

    static Law standing(double radiansPerSecond) {
        return (t, _, _, _, _) -> new double[] {t * SECONDS * radiansPerSecond, 0};
    }

    /** Half a second to the left, half a second to the right. */
    static Law zigzag() {
        return (t, _, _, _, _) -> new double[] {t / 25 % 2 == 0 ? 1 : -1, 1};
    }

    /**
     * Drives.
     *
     * @param layout decides where the goals are
     * @param closeness of the hazard at all times; above 0.9 it costs
     */
    static Episode episode(Law law, int layout, double closeness) {
        int width = SPEC.poseNames().size();
        double[] poses = new double[(STEPS + 1) * width];
        float[] observations = new float[STEPS + 1];
        double[] costs = new double[2 * STEPS];
        boolean[] met = new boolean[STEPS];
        double x = 0;
        double y = 0;
        int goals = 0;
        for (int t = 0; t <= STEPS; t++) {
            double goalX = 2 * Math.cos(layout + 2 * goals);
            double goalY = 2 * Math.sin(layout + 2 * goals);
            double[] act = law.headingAndSpeed(t, x, y, goalX, goalY);
            double vx = act[1] * Math.cos(act[0]);
            double vy = act[1] * Math.sin(act[0]);
            double[] row = {x, y, act[0], vx, vy, 0, goalX, goalY};
            System.arraycopy(row, 0, poses, t * width, width);
            observations[t] = (float) closeness;
            x += SECONDS * vx;
            y += SECONDS * vy;
            if (t < STEPS) {
                costs[2 * t + 1] = closeness > 0.9 ? 1 : 0;
                met[t] = Math.hypot(goalX - x, goalY - y) < 0.3;
                goals += met[t] ? 1 : 0;
            }
        }
        return new Episode(
                OptionalLong.empty(),
                observations,
                new float[2 * STEPS],
                new double[STEPS],
                new boolean[STEPS],
                new boolean[STEPS],
                costs,
                met,
                poses);
    }

    static int[] allSteps() {
        return IntStream.range(0, STEPS).toArray();
    }

    /** What modes do on the same layouts; [K][layouts]. */
    static DescribedSegments described(List<List<Episode>> modes) {
        Descriptors descriptors = Descriptors.of(SPEC);
        List<double[]> values = new ArrayList<>();
        List<Integer> ofModes = new ArrayList<>();
        List<Integer> layouts = new ArrayList<>();
        for (int mode = 0; mode < modes.size(); mode++) {
            for (int layout = 0; layout < modes.get(mode).size(); layout++) {
                values.add(descriptors.of(modes.get(mode).get(layout), allSteps()));
                ofModes.add(mode);
                layouts.add(layout);
            }
        }
        return new DescribedSegments(
                descriptors.list(),
                ofModes.stream().mapToInt(Integer::intValue).toArray(),
                layouts.stream().mapToInt(Integer::intValue).toArray(),
                values.toArray(double[][]::new),
                modes.size());
    }
}
