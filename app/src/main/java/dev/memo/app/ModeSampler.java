package dev.memo.app;

import dev.memo.app.report.ModeSample;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.dataset.Standardisation;
import dev.memo.learner.memo.HeldOutCodes;
import dev.memo.learner.metrics.Moments;
import dev.memo.learner.metrics.PrincipalPlane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Takes the sample of a run's modes that its report draws. */
final class ModeSampler {
    /** Episodes of each mode: one may be odd, three fit nowhere. */
    private static final int TRACES = 2;

    /** Rows of an episode, about one per pixel of a picture. */
    private static final int TRACE_ROWS = 400;

    /** Rows in the plane: more lie on top of each other. */
    private static final int PLANE_ROWS = 3_000;

    private static final int OBSERVATION_LANES = 4;
    private static final int ACTION_LANES = 2;

    private final Dataset dataset;
    private final DatasetSpec spec;
    private final HeldOutCodes codes;
    private final int modes;

    private ModeSampler(Dataset dataset, HeldOutCodes codes, int modes) {
        this.dataset = dataset;
        spec = dataset.spec();
        this.codes = codes;
        this.modes = modes;
    }

    /**
     * Takes the sample.
     *
     * @param codes of at least one row of the dataset
     * @param modes K
     */
    static ModeSample sample(Dataset dataset, HeldOutCodes codes, int modes) {
        return new ModeSampler(dataset, codes, modes).sample();
    }

    private ModeSample sample() {
        int[] spread = spread(0, codes.size(), PLANE_ROWS);
        int[] lanes = lanes(spread);
        return new ModeSample(
                ModeSample.VERSION,
                Arrays.stream(lanes).mapToObj(this::name).toList(),
                IntStream.range(0, modes).mapToObj(this::mode).toList(),
                chosen().stream().map(run -> trace(run, lanes)).toList(),
                plane(spread));
    }

    /** At most so many numbers between two, evenly spaced. */
    private static int[] spread(int from, int to, int most) {
        int stride = Math.ceilDiv(to - from, most);
        return IntStream.iterate(from, i -> i < to, i -> i + stride).toArray();
    }

    /** A column of observation and action beside each other. */
    private float value(int row, int column) {
        Episode episode = dataset.episodes().get(codes.episodes()[row]);
        int width = spec.observationSize();
        int t = codes.times()[row];
        return column < width
                ? episode.observations()[t * width + column]
                : episode.actions()[t * spec.actionSize() + column - width];
    }

    private String name(int column) {
        int width = spec.observationSize();
        return column < width ? spec.columnName(column) : "action[" + (column - width) + "]";
    }

    /** The columns of observation, then of action, whose modes differ most. */
    private int[] lanes(int[] rows) {
        int width = spec.observationSize();
        return IntStream.concat(
                        mostDifferent(rows, 0, width, OBSERVATION_LANES),
                        mostDifferent(rows, width, width + spec.actionSize(), ACTION_LANES))
                .toArray();
    }

    private IntStream mostDifferent(int[] rows, int from, int to, int most) {
        double[] ratios =
                IntStream.range(from, to).mapToDouble(c -> correlationRatio(rows, c)).toArray();
        return IntStream.range(from, to)
                .boxed()
                .sorted(Comparator.comparingDouble(column -> -ratios[column - from]))
                .limit(most)
                .mapToInt(Integer::intValue)
                .sorted();
    }

    /**
     * The share of a column's variance that lies between the means of the modes, in [0, 1]; 0 where
     * it does not vary.
     *
     * <p>Source: Pearson's correlation ratio, eta squared (1903).
     */
    private double correlationRatio(int[] rows, int column) {
        Moments all = new Moments();
        Moments[] ofModes = Stream.generate(Moments::new).limit(modes).toArray(Moments[]::new);
        for (int row : rows) {
            all.add(value(row, column));
            ofModes[codes.assigned()[row]].add(value(row, column));
        }
        double between = 0;
        for (Moments mode : ofModes) {
            if (mode.count() > 0) {
                double gap = mode.mean() - all.mean();
                between += mode.count() * gap * gap;
            }
        }
        double total = (all.count() - 1) * all.standardDeviation() * all.standardDeviation();
        return total > 0 ? between / total : 0;
    }

    private ModeSample.Mode mode(int mode) {
        int[] rows =
                IntStream.range(0, codes.size())
                        .filter(row -> codes.assigned()[row] == mode)
                        .toArray();
        if (rows.length == 0) {
            return new ModeSample.Mode(0, null, null, null);
        }
        float[] mean = new float[spec.actionSize()];
        float[] deviation = new float[spec.actionSize()];
        for (int i = 0; i < mean.length; i++) {
            Moments moments = new Moments();
            for (int row : rows) {
                moments.add(value(row, spec.observationSize() + i));
            }
            mean[i] = (float) moments.mean();
            deviation[i] = (float) moments.standardDeviation();
        }
        return new ModeSample.Mode(rows.length, mean, deviation, residual(rows, mode));
    }

    private double[] residual(int[] rows, int mode) {
        if (codes.residualCodes() == 0) {
            return null;
        }
        // The second level is of what the nearest code leaves.
        int[] near = IntStream.of(rows).filter(row -> codes.nearest()[row] == mode).toArray();
        if (near.length == 0) {
            return null;
        }
        double[] shares = new double[codes.residualCodes()];
        for (int row : near) {
            shares[codes.residual()[row]] += 1.0 / near.length;
        }
        return shares;
    }

    /**
     * The rows of an episode.
     *
     * @param from the first
     * @param to after the last
     * @param mode that most belong to
     * @param share of the rows that do
     */
    private record Run(int from, int to, int mode, double share) {}

    /** The episodes that show each mode best, mode after mode. */
    private List<Run> chosen() {
        List<Run> runs = new ArrayList<>();
        for (int from = 0; from < codes.size(); ) {
            int to = from;
            while (to < codes.size() && codes.episodes()[to] == codes.episodes()[from]) {
                to++;
            }
            runs.add(run(from, to));
            from = to;
        }
        return IntStream.range(0, modes)
                .boxed()
                .flatMap(
                        mode ->
                                runs.stream()
                                        .filter(run -> run.mode == mode)
                                        .sorted(Comparator.comparingDouble(run -> -run.share))
                                        .limit(TRACES))
                .toList();
    }

    private Run run(int from, int to) {
        int[] counts = new int[modes];
        int most = 0;
        for (int row = from; row < to; row++) {
            counts[codes.assigned()[row]]++;
        }
        for (int mode = 1; mode < modes; mode++) {
            most = counts[mode] > counts[most] ? mode : most;
        }
        return new Run(from, to, most, (double) counts[most] / (to - from));
    }

    private ModeSample.Trace trace(Run run, int[] lanes) {
        int[] rows = spread(run.from, run.to, TRACE_ROWS);
        float[][] values = new float[lanes.length][];
        Arrays.setAll(values, lane -> column(rows, lanes[lane]));
        return new ModeSample.Trace(
                codes.episodes()[run.from],
                run.mode,
                pick(codes.times(), rows),
                pick(codes.assigned(), rows),
                pick(codes.nearest(), rows),
                values,
                pose(rows, "x"),
                pose(rows, "y"));
    }

    private float[] column(int[] rows, int column) {
        float[] values = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            values[i] = value(rows[i], column);
        }
        return values;
    }

    private float[] pose(int[] rows, String name) {
        int column = spec.poseNames().indexOf(name);
        if (column < 0) {
            return null;
        }
        float[] values = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            Episode episode = dataset.episodes().get(codes.episodes()[rows[i]]);
            int t = codes.times()[rows[i]];
            values[i] = (float) episode.poses()[t * spec.poseNames().size() + column];
        }
        return values;
    }

    private ModeSample.Plane plane(int[] rows) {
        int width = spec.observationSize();
        float[] observations = new float[rows.length * width];
        for (int i = 0; i < observations.length; i++) {
            observations[i] = value(rows[i / width], i % width);
        }
        Standardisation.fit(observations, width).apply(observations);
        PrincipalPlane plane = PrincipalPlane.of(observations, width);
        float[] places = plane.places(observations);
        float[] x = new float[rows.length];
        float[] y = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            x[i] = places[2 * i];
            y[i] = places[2 * i + 1];
        }
        return new ModeSample.Plane(
                IntStream.range(0, width).mapToObj(this::name).toList(),
                plane.axes(),
                plane.shares(),
                x,
                y,
                pick(codes.assigned(), rows));
    }

    private static int[] pick(int[] values, int[] rows) {
        return Arrays.stream(rows).map(row -> values[row]).toArray();
    }
}
