package dev.memo.sim.replay;

import dev.memo.sim.env.Scene;
import dev.memo.sim.replay.Comparison.Part;
import dev.memo.sim.replay.CourseReplay.Tolerances;
import dev.memo.sim.world.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** One robot alone, driven from rest by one sequence of actions. */
final class MotionReplay {
    /** Runs from other starts spread, as the servo is chaotic: so many standard deviations. */
    private static final double DEVIATIONS = 4;

    /** More than any of the recorded deviations, m and rad: with more, nothing would be judged. */
    private static final double LARGEST_DEVIATION = 0.02;

    /** Added to them, for spreads of nearly 0, m and rad. */
    private static final double LEAST_SPREAD = 1e-4;

    private final Course course;
    private final Replicas replicas;
    private final Differences differences = new Differences();
    private final List<Sensor> sensors = new ArrayList<>();

    /**
     * A column of readings.
     *
     * @param name of the sensor
     * @param axis of the reading
     * @param unit of the reading
     * @param index where it stands in an observation
     * @param readings [T + 1]
     */
    private record Sensor(String name, String axis, String unit, int index, double[] readings) {}

    private MotionReplay(Recorded file) {
        course =
                Course.read(
                        file, Stage.scenario(file.get("about").get("env")), List.of(), List.of());
        Recorded states = file.get("states");
        read(states, Observations.ACCELEROMETER, "x", "m/s^2", 0);
        read(states, Observations.ACCELEROMETER, "y", "m/s^2", 1);
        read(states, Observations.ACCELEROMETER, "z", "m/s^2", 2);
        read(states, "velocimeter", "x", "m/s", 3);
        read(states, "velocimeter", "y", "m/s", 4);
        read(states, "magnetometer", "x", "", 9);
        read(states, "magnetometer", "y", "", 10);
        replicas = new Replicas(file.get("replicas"));
    }

    private void read(Recorded states, String name, String axis, String unit, int index) {
        double[] readings = states.get(name + "_" + axis).numbers(course.length() + 1);
        sensors.add(new Sensor(name, axis, unit, index, readings));
    }

    static Replay replay(Recorded file) {
        MotionReplay motion = new MotionReplay(file);
        Replay.Paths paths = motion.replay();
        return Replay.of(Replay.Kind.MOTION, motion.differences, List.of(), paths);
    }

    private Replay.Paths replay() {
        compareReadings();
        CourseReplay replay = new CourseReplay(course, differences);
        replay.judge((_, _) -> {});
        replay.stepFromEach(Set.of());
        return replay.openLoop((t, stage) -> compareOpenLoop(replay, t, stage));
    }

    /** Readings of the recorded states. The sideways accelerometer has a tolerance of its own. */
    private void compareReadings() {
        Stage stage = new Stage(course.scenario());
        for (int t = 0; t <= course.length(); t++) {
            course.place(t, stage);
            float[] row = stage.observe();
            for (Sensor sensor : sensors) {
                boolean accelerometer = sensor.name().equals(Observations.ACCELEROMETER);
                String axis = "_" + sensor.axis();
                differences
                        .of(
                                Part.GIVEN_STATES,
                                accelerometer ? sensor.name() + axis : sensor.name(),
                                sensor.unit())
                        .compare(
                                row[sensor.index()],
                                sensor.readings()[t],
                                accelerometer && sensor.axis().equals("y")
                                        ? Observations.sideways(t)
                                        : Observations.TOLERANCE,
                                CourseReplay.step(t));
            }
        }
    }

    private void compareOpenLoop(CourseReplay replay, int t, Stage stage) {
        if (t == 1) {
            compareExactly(replay, t, stage, Part.FIRST_STEP);
        }
        replicas.compare(stage.state, t);
        if (replicas.isChaotic()) {
            replay.compareRobot(stage.state, t, Part.OPEN_LOOP, Tolerances.NONE);
        } else {
            compareExactly(replay, t, stage, Part.OPEN_LOOP);
        }
    }

    private void compareExactly(CourseReplay replay, int t, Stage stage, Part part) {
        replay.compareRobot(stage.state, t, part, Tolerances.all(Observations.TOLERANCE));
        float[] row = stage.observe();
        for (Sensor sensor : sensors) {
            differences
                    .of(part, sensor.name(), sensor.unit())
                    .compare(
                            row[sensor.index()],
                            sensor.readings()[t],
                            Observations.TOLERANCE,
                            CourseReplay.step(t) + ", " + sensor.axis());
        }
    }

    /** The same actions from other starts: displacement and turn since the start. */
    private final class Replicas {
        private final int[] steps;
        private final Spread forward;
        private final Spread left;
        private final Spread turned;

        Replicas(Recorded replicas) {
            Recorded numbers = replicas.get("steps");
            numbers.requireSome();
            steps = new int[numbers.size()];
            for (int i = 0; i < steps.length; i++) {
                steps[i] = numbers.at(i).whole(1, course.length());
            }
            forward = new Spread(replicas.get("forward"), steps.length);
            left = new Spread(replicas.get("left"), steps.length);
            turned = new Spread(replicas.get("turned"), steps.length);
        }

        /** Whether runs from other starts differ at all. */
        boolean isChaotic() {
            return !forward.isExact() || !left.isExact() || !turned.isExact();
        }

        void compare(State state, int t) {
            for (int i = 0; i < steps.length; i++) {
                if (steps[i] == t) {
                    Scene.Pose start = course.scene(0).robot();
                    double cos = Math.cos(start.heading());
                    double sin = Math.sin(start.heading());
                    double dx = state.x - start.x();
                    double dy = state.y - start.y();
                    forward.compare(i, cos * dx + sin * dy, t, "forward", "m");
                    left.compare(i, cos * dy - sin * dx, t, "left", "m");
                    turned.compare(i, state.heading - start.heading(), t, "turned", "rad");
                }
            }
        }
    }

    /** Mean and standard deviation of a quantity at the checkpoints. */
    private final class Spread {
        private final double[] mean;
        private final double[] sd;

        Spread(Recorded spread, int checkpoints) {
            mean = spread.get("mean").numbers(checkpoints);
            sd = spread.get("sd").numbers(checkpoints);
            for (int i = 0; i < checkpoints; i++) {
                if (sd[i] < 0 || sd[i] > LARGEST_DEVIATION) {
                    throw spread.get("sd")
                            .at(i)
                            .refusal("must be from 0 to %s".formatted(LARGEST_DEVIATION));
                }
            }
        }

        boolean isExact() {
            return Arrays.stream(sd).allMatch(deviation -> deviation == 0);
        }

        void compare(int i, double value, int t, String quantity, String unit) {
            double tolerance = DEVIATIONS * sd[i] + LEAST_SPREAD;
            differences
                    .of(Part.REPLICAS, quantity, unit)
                    .compare(value, mean[i], tolerance, CourseReplay.step(t));
        }
    }
}
