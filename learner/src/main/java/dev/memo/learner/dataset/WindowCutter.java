package dev.memo.learner.dataset;

import dev.memo.base.InputException;
import java.util.Arrays;
import java.util.List;

/** Cuts episodes into windows of n steps, for one n or several. */
final class WindowCutter {
    private final Dataset dataset;
    private final DatasetSpec spec;
    private final Differences differences;
    private final List<String> columns;

    /** The longest n: a row has so many steps after it. */
    private final int reach;

    WindowCutter(Dataset dataset, Features features, List<Integer> steps) {
        this.dataset = dataset;
        spec = dataset.spec();
        differences = new Differences(spec, features, steps);
        columns = differences.columns();
        reach = differences.reach();
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
        double[] headings = differences.headings(episode);
        for (int row = from; row < to; row++) {
            differences.write(
                    episode.observations(),
                    episode.poses(),
                    headings,
                    table.times()[row],
                    table.differences(),
                    row * columns.size());
        }
    }
}
