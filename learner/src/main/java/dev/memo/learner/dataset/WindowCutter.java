package dev.memo.learner.dataset;

import dev.memo.base.InputException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Cuts episodes into windows of n steps and describes each window's change, for one n or several.
 */
final class WindowCutter {
    private final Dataset dataset;
    private final DatasetSpec spec;
    private final Features features;
    private final List<String> columns;
    private final List<Integer> steps;

    /** The longest n: a row has so many steps after it. */
    private final int reach;

    WindowCutter(Dataset dataset, Features features, List<Integer> steps) {
        for (int step : steps) {
            if (step < 1) {
                throw new InputException("step " + step + ": must be at least 1");
            }
        }
        this.dataset = dataset;
        this.spec = dataset.spec();
        this.features = features;
        this.steps = List.copyOf(steps);
        reach = Collections.max(steps);
        List<String> once = features.columns(spec);
        columns =
                steps.size() == 1
                        ? once
                        : steps.stream()
                                .flatMap(n -> once.stream().map(name -> name + " over " + n))
                                .toList();
    }

    Transitions cut(int[] episodes, Transitions.Respawns respawns) {
        int rows = 0;
        for (int e : episodes) {
            Episode episode = dataset.episodes().get(e);
            for (int t = 0; t + reach <= episode.steps(); t++) {
                rows += wanted(episode, t, respawns) ? 1 : 0;
            }
        }
        if (rows == 0) {
            throw new InputException(
                    "--step %d: the longest of %d episodes has %d steps: give fewer"
                            .formatted(reach, episodes.length, longest(episodes)));
        }
        Transitions table =
                new Transitions(
                        columns,
                        new float[Math.multiplyExact(rows, spec.observationSize())],
                        new float[Math.multiplyExact(rows, columns.size())],
                        new float[Math.multiplyExact(rows, spec.actionSize())],
                        new int[rows],
                        new int[rows],
                        new boolean[rows]);
        int row = 0;
        for (int e : episodes) {
            Episode episode = dataset.episodes().get(e);
            int first = row;
            for (int t = 0; t + reach <= episode.steps(); t++) {
                if (wanted(episode, t, respawns)) {
                    fill(table, row, e, episode, t);
                    row++;
                }
            }
            describe(table, first, row, episode);
        }
        return table;
    }

    private int longest(int[] episodes) {
        return Arrays.stream(episodes).map(e -> dataset.episodes().get(e).steps()).max().orElse(0);
    }

    private boolean wanted(Episode episode, int t, Transitions.Respawns respawns) {
        return respawns == Transitions.Respawns.KEEP || !crosses(episode, t);
    }

    /** The goal moves at the end of the step in which it is met. */
    private boolean crosses(Episode episode, int t) {
        for (int i = t; i < t + reach && i < episode.goalsMet().length; i++) {
            if (episode.goalsMet()[i]) {
                return true;
            }
        }
        return false;
    }

    private void fill(Transitions table, int row, int index, Episode episode, int t) {
        int width = spec.observationSize();
        int actions = spec.actionSize();
        System.arraycopy(episode.observations(), t * width, table.states(), row * width, width);
        System.arraycopy(episode.actions(), t * actions, table.actions(), row * actions, actions);
        table.episodes()[row] = index;
        table.times()[row] = t;
        table.crossesRespawn()[row] = crosses(episode, t);
    }

    /** Fills the differences of an episode's rows. */
    private void describe(Transitions table, int from, int to, Episode episode) {
        int offset = 0;
        for (int step : steps) {
            switch (features) {
                case Features.Observation chosen ->
                        subtract(table, from, to, episode, chosen, step, offset);
                case Features.Pose _ -> moveAndTurn(table, from, to, episode, step, offset);
            }
            offset += columns.size() / steps.size();
        }
    }

    private void subtract(
            Transitions table,
            int from,
            int to,
            Episode episode,
            Features.Observation chosen,
            int step,
            int offset) {
        int[] indices = chosen.indices(spec);
        int width = spec.observationSize();
        float[] observations = episode.observations();
        for (int row = from; row < to; row++) {
            int start = table.times()[row] * width;
            int end = start + step * width;
            int out = row * columns.size() + offset;
            for (int index : indices) {
                table.differences()[out++] =
                        observations[end + index] - observations[start + index];
            }
        }
    }

    private void moveAndTurn(
            Transitions table, int from, int to, Episode episode, int step, int offset) {
        int width = spec.poseNames().size();
        int x = spec.poseNames().indexOf("x");
        int y = spec.poseNames().indexOf("y");
        double[] headings = unwrapped(episode, width, spec.poseNames().indexOf("heading"));
        double[] poses = episode.poses();
        for (int row = from; row < to; row++) {
            int t = table.times()[row];
            int start = t * width;
            int end = start + step * width;
            double dx = poses[end + x] - poses[start + x];
            double dy = poses[end + y] - poses[start + y];
            double cos = Math.cos(headings[t]);
            double sin = Math.sin(headings[t]);
            double turn = headings[t + step] - headings[t];
            int out = row * columns.size() + offset;
            table.differences()[out] = (float) (cos * dx + sin * dy);
            table.differences()[out + 1] = (float) (cos * dy - sin * dx);
            table.differences()[out + 2] = (float) Math.sin(turn);
            table.differences()[out + 3] = (float) (Math.cos(turn) - 1);
            table.differences()[out + 4] = (float) (turn / step);
        }
    }

    /**
     * Headings [T+1] without jumps of a full turn; the robot turns less than half a turn a step.
     */
    private static double[] unwrapped(Episode episode, int width, int column) {
        double[] headings = new double[episode.steps() + 1];
        headings[0] = episode.poses()[column];
        for (int t = 1; t < headings.length; t++) {
            double change =
                    episode.poses()[t * width + column] - episode.poses()[(t - 1) * width + column];
            headings[t] = headings[t - 1] + Math.IEEEremainder(change, 2 * Math.PI);
        }
        return headings;
    }
}
