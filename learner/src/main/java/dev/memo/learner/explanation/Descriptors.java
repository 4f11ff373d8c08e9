package dev.memo.learner.explanation;

import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Differences;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.dataset.Features;
import dev.memo.learner.evaluation.TrajectoryFeatures;
import dev.memo.learner.metrics.Moments;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Behaviour descriptors of segments (Mouret and Clune 2015 call them so). Of the point-robot world
 * they are about motion, goals and hazards. Of other data, where nobody knows what a number means,
 * mean and standard deviation of every column.
 */
public sealed interface Descriptors {
    /** Mean speed in m/s. */
    String SPEED = "speed";

    /** Mean size of the turn over {@value Motion#TURN} steps, in degrees per second. */
    String TURNING = "turning";

    /** The net turn over the sum of turns' sizes: 1 if all go to one side. */
    String ONE_SIDEDNESS = "one_sidedness";

    /** Distance between the ends of {@value Motion#STRETCH} steps over the way between them. */
    String STRAIGHTNESS = "straightness";

    /** The mean speed towards the goal over the mean speed. */
    String GOAL_SEEKING = "goal_seeking";

    /** Goals reached in 1000 steps. */
    String GOALS = "goals";

    /** Mean of the hazards' largest lidar reading. */
    String HAZARD_CLOSENESS = "hazard_closeness";

    /** Cost of 1000 steps. */
    String COST = "cost";

    /** What is described, F of them. */
    List<Descriptor> list();

    /** [F] of a segment's episode and steps, which ascend. */
    double[] of(Episode episode, int[] steps);

    /** Those that fit the data. */
    static Descriptors of(DatasetSpec spec) {
        return spec.poseNames().containsAll(Motion.POSE) && !spec.costNames().isEmpty()
                ? new Motion(spec)
                : new Columns(spec);
    }

    /** [S][F] of segments of a dataset. */
    default double[][] of(Dataset dataset, List<Segment> segments) {
        return segments.stream()
                .map(one -> of(dataset.episodes().get(one.episode()), one.steps()))
                .toArray(double[][]::new);
    }

    /**
     * How a point robot moves. Turns and straightness are of windows of steps that follow each
     * other and all belong to the segment; if it has none as long, of those as long as can be.
     */
    final class Motion implements Descriptors {
        private static final List<String> POSE =
                List.of("x", "y", "heading", "vx", "vy", "yaw_rate", "goal_x", "goal_y");

        /** A window of half a second, since the robot's yaw chatters from step to step. */
        static final int TURN = 25;

        /** A window of two seconds, in which a circle at full speed is left for a third. */
        static final int STRETCH = 100;

        private static final double PER = 1_000;
        private static final String PER_STEPS = "in 1000 steps";

        private final DatasetSpec spec;
        private final TrajectoryFeatures features;
        private final Differences headings;
        private final boolean hazards;
        private final List<Descriptor> list = new ArrayList<>();

        Motion(DatasetSpec spec) {
            this.spec = spec;
            features = new TrajectoryFeatures(spec);
            headings = new Differences(spec, new Features.Pose(), List.of(TURN));
            hazards =
                    spec.observation().stream()
                            .anyMatch(slice -> slice.name().equals("hazards_lidar"));
            add(SPEED, "m/s", "mean", "drives faster", "drives slower");
            add(
                    TURNING,
                    "deg/s",
                    "mean size of the turn over half a second",
                    "turns more",
                    "turns less");
            add(
                    ONE_SIDEDNESS,
                    "",
                    "net turn over the sum of turns",
                    "turns more to one side",
                    "turns less to one side");
            add(
                    STRAIGHTNESS,
                    "",
                    "distance between the ends of two seconds over the way between them",
                    "drives straighter",
                    "drives less straight");
            add(
                    GOAL_SEEKING,
                    "",
                    "mean speed towards the goal over mean speed",
                    "heads more for the goal",
                    "heads less for the goal");
            add("goal_distance", "m", "mean", "is further from the goal", "is nearer to the goal");
            add(GOALS, PER_STEPS, "reached", "reaches more goals", "reaches fewer goals");
            if (hazards) {
                add(
                        HAZARD_CLOSENESS,
                        "",
                        "mean of the lidar's largest reading: 1 at a hazard, 0 if none is in sight",
                        "is closer to hazards",
                        "keeps further from hazards");
            }
            add(COST, PER_STEPS, "paid", "pays more", "pays less");
        }

        private void add(String name, String unit, String meaning, String more, String less) {
            list.add(new Descriptor(name, unit, meaning, more, less));
        }

        @Override
        public List<Descriptor> list() {
            return List.copyOf(list);
        }

        @Override
        public double[] of(Episode episode, int[] steps) {
            Map<String, Double> means = features.of(episode, steps);
            double speed = means.get("speed_mean");
            double[] all = new double[list.size()];
            int next = 0;
            all[next++] = speed;
            double[] turns = turns(episode, steps);
            all[next++] = turns[0];
            all[next++] = turns[1];
            all[next++] = straightness(episode, steps);
            all[next++] = speed == 0 ? 0 : means.get("approach_speed_mean") / speed;
            all[next++] = means.get("goal_distance_mean");
            all[next++] = PER * means.get("goal_rate");
            if (hazards) {
                all[next++] = means.get("hazard_closeness_mean");
            }
            all[next] = PER * means.get("cost_rate");
            return all;
        }

        /** The most steps that follow each other. */
        private static int longestRun(int[] steps) {
            int longest = 1;
            int run = 1;
            for (int i = 1; i < steps.length; i++) {
                run = steps[i] == steps[i - 1] + 1 ? run + 1 : 1;
                longest = Math.max(longest, run);
            }
            return longest;
        }

        /** The first steps of all windows that lie within the steps. */
        private static int[] windows(int[] steps, int length) {
            int last = length - 1;
            return IntStream.range(0, steps.length - last)
                    .filter(i -> steps[i + last] == steps[i] + last)
                    .map(i -> steps[i])
                    .toArray();
        }

        /** How much the robot turns, and how much of it to one side. */
        private double[] turns(Episode episode, int[] steps) {
            double[] heading = headings.headings(episode);
            int reach = Math.min(TURN, longestRun(steps));
            int[] windows = windows(steps, reach);
            double net = 0;
            double all = 0;
            for (int from : windows) {
                double turn = heading[from + reach] - heading[from];
                net += turn;
                all += Math.abs(turn);
            }
            double seconds = windows.length * reach * Scenario.STEP_SECONDS;
            return new double[] {Math.toDegrees(all) / seconds, all == 0 ? 0 : Math.abs(net) / all};
        }

        private double straightness(Episode episode, int[] steps) {
            double[] x = column(episode, "x");
            double[] y = column(episode, "y");
            double[] way = new double[x.length];
            for (int i = 1; i < way.length; i++) {
                way[i] = way[i - 1] + Math.hypot(x[i] - x[i - 1], y[i] - y[i - 1]);
            }
            int reach = Math.min(STRETCH, longestRun(steps));
            Moments straightness = new Moments();
            for (int from : windows(steps, reach)) {
                double length = way[from + reach] - way[from];
                double gap = Math.hypot(x[from + reach] - x[from], y[from + reach] - y[from]);
                straightness.add(length == 0 ? 0 : gap / length);
            }
            return straightness.mean();
        }

        private double[] column(Episode episode, String name) {
            int width = spec.poseNames().size();
            int column = spec.poseNames().indexOf(name);
            double[] values = new double[episode.steps() + 1];
            for (int i = 0; i < values.length; i++) {
                values[i] = episode.poses()[i * width + column];
            }
            return values;
        }
    }

    /** The columns of observation and action, and the reward. */
    final class Columns implements Descriptors {
        private final DatasetSpec spec;

        Columns(DatasetSpec spec) {
            this.spec = spec;
        }

        @Override
        public List<Descriptor> list() {
            List<Descriptor> list = new ArrayList<>();
            for (int i = 0; i < width(); i++) {
                int observations = spec.observationSize();
                String name =
                        i < observations
                                ? spec.columnName(i)
                                : i < width() - 1 ? "action[" + (i - observations) + "]" : "reward";
                add(list, name, "mean of ");
                add(list, name, "deviation of ");
            }
            return list;
        }

        private static void add(List<Descriptor> list, String column, String what) {
            String name = what + column;
            list.add(
                    new Descriptor(
                            name,
                            "",
                            "over the steps",
                            "has a larger " + name,
                            "has a smaller " + name));
        }

        private int width() {
            return spec.observationSize() + spec.actionSize() + 1;
        }

        @Override
        public double[] of(Episode episode, int[] steps) {
            int observations = spec.observationSize();
            int actions = spec.actionSize();
            double[] all = new double[2 * width()];
            for (int i = 0; i < width(); i++) {
                Moments moments = new Moments();
                for (int step : steps) {
                    moments.add(
                            i < observations
                                    ? episode.observations()[step * observations + i]
                                    : i < width() - 1
                                            ? episode.actions()[step * actions + i - observations]
                                            : episode.rewards()[step]);
                }
                all[2 * i] = moments.mean();
                all[2 * i + 1] = moments.standardDeviation();
            }
            return all;
        }
    }
}
