package dev.memo.learner.dataset;

import dev.memo.base.InputException;
import java.util.List;
import java.util.OptionalLong;

/**
 * One episode of T steps. Arrays are row-major, not copied, and not to be modified.
 *
 * @param seed what the episode's world was drawn from, as an unsigned number; empty if unknown
 * @param observations [T+1][W]: before the first action, then after each action
 * @param actions [T][A]
 * @param rewards [T]
 * @param terminations [T]: the task ended here
 * @param truncations [T]: the episode was cut off here
 * @param costs [T][C]; empty if not recorded
 * @param goalsMet [T]: the goal was reached in this step and moved; empty if not recorded
 * @param poses [T+1][P], as observations; empty if not recorded
 */
public record Episode(
        OptionalLong seed,
        float[] observations,
        float[] actions,
        double[] rewards,
        boolean[] terminations,
        boolean[] truncations,
        double[] costs,
        boolean[] goalsMet,
        double[] poses) {

    /** Checks that there is a step and that the lengths agree. */
    public Episode {
        int steps = rewards.length;
        require(steps > 0, "an episode has at least one step");
        require(terminations.length == steps, "terminations and rewards differ in length");
        require(truncations.length == steps, "truncations and rewards differ in length");
        require(actions.length % steps == 0, "actions are not [T][A]");
        require(observations.length % (steps + 1) == 0, "observations are not [T+1][W]");
        require(costs.length % steps == 0, "costs are not [T][C]");
        require(
                goalsMet.length == 0 || goalsMet.length == steps,
                "goals met and rewards differ in length");
        require(poses.length % (steps + 1) == 0, "poses are not [T+1][P]");
    }

    /** T. */
    public int steps() {
        return rewards.length;
    }

    /** Whether the arrays' rows are as wide as the specification says. */
    boolean matches(DatasetSpec spec) {
        return observations.length == (steps() + 1) * spec.observationSize()
                && actions.length == steps() * spec.actionSize()
                && costs.length == steps() * spec.costNames().size()
                && poses.length == (steps() + 1) * spec.poseNames().size();
    }

    /**
     * Refuses numbers that are not finite.
     *
     * @param place where the episode stands, for the error
     */
    void requireFinite(String place, DatasetSpec spec) {
        for (int i = 0; i < observations.length; i++) {
            if (!Float.isFinite(observations[i])) {
                String column = spec.columnName(i % spec.observationSize());
                int row = i / spec.observationSize();
                throw notFinite(place, "observations", row, column, observations[i]);
            }
        }
        for (int i = 0; i < actions.length; i++) {
            if (!Float.isFinite(actions[i])) {
                String column = "action[" + i % spec.actionSize() + "]";
                throw notFinite(place, "actions", i / spec.actionSize(), column, actions[i]);
            }
        }
        requireFinite(place, "rewards", List.of("reward"), rewards);
        requireFinite(place, "costs", spec.costNames(), costs);
        requireFinite(place, "poses", spec.poseNames(), poses);
    }

    private static void requireFinite(
            String place, String array, List<String> columns, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                String column = columns.get(i % columns.size());
                throw notFinite(place, array, i / columns.size(), column, values[i]);
            }
        }
    }

    private static InputException notFinite(
            String place, String array, int row, String column, double value) {
        return new InputException(
                "%s: %s, step %d, column %s: %s: must be a finite number"
                        .formatted(place, array, row, column, value));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
