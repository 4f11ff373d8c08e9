package dev.memo.sim.replay;

import dev.memo.sim.json.JsonText;
import dev.memo.sim.replay.Comparison.Part;
import dev.memo.sim.scenario.Scenario;
import dev.memo.sim.world.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Compares rows of observations, slice by slice. */
final class Observations {
    /** What rounding of recorded positions to seven digits makes of a reading. */
    static final double TOLERANCE = 1e-5;

    /**
     * The sideways accelerometer feels the servo: 69.1 m/s^2 per rad/s of the yaw rate
     * (docs/replay.md). A recorded yaw rate is rounded.
     */
    private static final double SIDEWAYS_TOLERANCE = TOLERANCE + 69.1 * CourseReplay.ROUNDING;

    static final String ACCELEROMETER = "accelerometer";
    private static final String[] AXES = {"x", "y", "z"};

    private static final Map<String, String> UNITS =
            Map.of(ACCELEROMETER, "m/s^2", "velocimeter", "m/s", "gyro", "rad/s");

    /** Numbers from..to-1 of an observation. */
    private record Slice(String name, int from, int to) {}

    private final List<Slice> slices = new ArrayList<>();
    private final int size;

    /**
     * Of a recording's slices: [first index, one past the last] by name.
     *
     * @throws dev.memo.base.InputException if they do not cover the scenario's observation
     */
    Observations(Recorded slices, Scenario scenario) {
        size = Sizes.of(scenario).observation();
        int next = 0;
        for (Map.Entry<String, JsonNode> entry : slices.node().properties()) {
            Recorded range = slices.get(entry.getKey());
            range.requireSize(2);
            int from = range.at(0).whole(next, next);
            next = range.at(1).whole(from + 1, size);
            if (entry.getKey().equals(ACCELEROMETER) && next - from != AXES.length) {
                throw range.refusal("an accelerometer has 3 numbers");
            }
            this.slices.add(new Slice(entry.getKey(), from, next));
        }
        if (next != size) {
            throw JsonText.refusal(
                    slices.path(), "up to " + next, "must cover the " + size + " numbers");
        }
    }

    /** Tolerance of the accelerometer's second number after so many steps from rest. */
    static double sideways(int step) {
        return step == 0 ? TOLERANCE : SIDEWAYS_TOLERANCE;
    }

    /**
     * Compares one row given its state.
     *
     * @param sideways tolerance of the accelerometer's second number
     * @param touching the robot touches a vase, which only MuJoCo's accelerometer feels
     */
    void compare(
            float[] row,
            Recorded observation,
            Differences differences,
            double sideways,
            boolean touching,
            String where) {
        double[] recorded = observation.numbers(size);
        for (Slice slice : slices) {
            for (int i = slice.from(); i < slice.to(); i++) {
                boolean accelerometer = slice.name().equals(ACCELEROMETER);
                int index = i - slice.from();
                String name = accelerometer ? ACCELEROMETER + "_" + AXES[index] : slice.name();
                boolean foreign = accelerometer && touching;
                double tolerance = accelerometer && index == 1 ? sideways : TOLERANCE;
                differences
                        .of(
                                foreign ? Part.TOUCHING : Part.GIVEN_STATES,
                                name,
                                UNITS.getOrDefault(slice.name(), ""))
                        .compare(
                                row[i],
                                recorded[i],
                                foreign ? Tally.NOT_JUDGED : tolerance,
                                where + at(slice, index));
            }
        }
    }

    private static String at(Slice slice, int index) {
        boolean sensor = slice.to() - slice.from() == AXES.length;
        return sensor ? ", " + AXES[index] : ", bin " + index;
    }
}
