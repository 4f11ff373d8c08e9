package dev.memo.app.report;

import dev.memo.app.picture.ModePainter;
import dev.memo.app.picture.Palette;
import dev.memo.app.picture.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the modes are in the data: episodes and actions of each. */
final class ModesSection {
    /** Of the marks in the plane, as the style sheet names them. */
    private static final List<String> SHAPES = List.of("disc", "diamond", "box", "dash", "post");

    /** Columns that name an axis, the most. */
    private static final int NAMED = 3;

    /** A column with less than this share of the largest entry does not name an axis. */
    private static final double MINOR = 0.5;

    /** Room around paths, as a share of their extent. */
    private static final double MARGIN = 0.06;

    private ModesSection() {}

    static void write(Html html, RunFolder run) {
        html.section("modes", "The modes in the data");
        if (run.sample().isEmpty()) {
            html.element("p", "This run holds no sample of its modes. memo evaluate takes one.");
        } else {
            ModeSample sample = run.sample().get();
            html.element("p", explanation(sample));
            legend(html, sample);
            html.element("h3", "Episodes that were not trained on");
            traces(html, sample);
            plane(html, sample.plane());
            actions(html, sample.modes());
        }
        html.close();
    }

    private static boolean hasPaths(ModeSample sample) {
        return sample.traces().stream().allMatch(trace -> trace.x() != null && trace.y() != null);
    }

    private static String explanation(ModeSample sample) {
        String pictures =
                hasPaths(sample)
                        ? "Broad lines are paths from above, all at the same scale, in the colour of"
                                + " the mode that the step belongs to; the thin line within has the"
                                + " colour of the code that is nearest to that step alone."
                        : "Lines are columns of observation and action over the steps of an episode,"
                                + " those whose means differ most from mode to mode, in the colour"
                                + " of the mode that the step belongs to; the strip below has the"
                                + " colour of the code that is nearest to that step alone.";
        return pictures
                + " Where whole episodes share a mode, single steps can lie nearer to another one's"
                + " code: different behaviours pass through the same motions.";
    }

    private static void legend(Html html, ModeSample sample) {
        double all = sample.modes().stream().mapToInt(ModeSample.Mode::rows).sum();
        html.open("ul", "class", "legend");
        for (int mode = 0; mode < sample.modes().size(); mode++) {
            html.open("li");
            String shape = SHAPES.get(mode % SHAPES.size());
            String color = "background: " + Palette.css(Palette.mode(mode));
            html.element("span", "", "class", "swatch " + shape, "style", color);
            String share = Figures.percent(sample.modes().get(mode).rows() / all);
            html.text("mode %d, %s of the steps".formatted(mode, share)).close();
        }
        html.close();
    }

    private static void traces(Html html, ModeSample sample) {
        html.open("div", "class", "panels");
        boolean paths = hasPaths(sample);
        View view = paths ? view(sample.traces()) : null;
        for (ModeSample.Trace trace : sample.traces()) {
            html.open("figure");
            String name = "mode " + trace.mode();
            Pictures.image(
                    html,
                    paths
                            ? ModePainter.path(
                                    view, trace.x(), trace.y(), trace.assigned(), trace.nearest())
                            : ModePainter.lanes(
                                    lanes(sample, trace),
                                    trace.times(),
                                    trace.assigned(),
                                    trace.nearest()),
                    "%s of episode %d, which belongs to %s"
                            .formatted(paths ? "Path" : "Columns", trace.episode(), name));
            html.open("figcaption").element("strong", name).text(note(trace)).close().close();
        }
        html.close();
    }

    private static String note(ModeSample.Trace trace) {
        String note = " episode " + trace.episode();
        double steps = trace.times().length;
        double belong = count(trace.assigned(), trace.mode()) / steps;
        double near = count(trace.nearest(), trace.mode()) / steps;
        note += belong < 1 ? ", which has %s of its steps".formatted(Figures.percent(belong)) : "";
        return near == belong
                ? note
                : note
                        + ", nearest to its code in %s of the steps"
                                .formatted(Figures.percent(near));
    }

    private static long count(int[] codes, int mode) {
        return IntStream.of(codes).filter(code -> code == mode).count();
    }

    /** The square that holds every path. */
    private static View view(List<ModeSample.Trace> traces) {
        double[] x = range(traces.stream().map(ModeSample.Trace::x).toList());
        double[] y = range(traces.stream().map(ModeSample.Trace::y).toList());
        double edge = Math.max(Math.max(x[1] - x[0], y[1] - y[0]), Float.MIN_NORMAL);
        return new View((x[0] + x[1]) / 2, (y[0] + y[1]) / 2, edge * (0.5 + MARGIN));
    }

    /** All episodes have the same scale in a lane. */
    private static List<ModePainter.Lane> lanes(ModeSample sample, ModeSample.Trace trace) {
        List<ModePainter.Lane> lanes = new ArrayList<>();
        for (int i = 0; i < sample.lanes().size(); i++) {
            int lane = i;
            double[] range = range(sample.traces().stream().map(one -> one.lanes()[lane]).toList());
            lanes.add(
                    new ModePainter.Lane(
                            sample.lanes().get(i),
                            "%s to %s"
                                    .formatted(
                                            Figures.significant(range[0]),
                                            Figures.significant(range[1])),
                            range[0],
                            range[1],
                            trace.lanes()[i]));
        }
        return lanes;
    }

    /** The least and the largest value. */
    private static double[] range(List<float[]> values) {
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (float[] some : values) {
            for (float value : some) {
                least = Math.min(least, value);
                largest = Math.max(largest, value);
            }
        }
        return new double[] {least, largest};
    }

    private static void plane(Html html, ModeSample.Plane plane) {
        html.element("h3", "Observations in the plane in which they spread most");
        html.open("div", "class", "panels").open("figure");
        Pictures.image(
                html,
                ModePainter.plane(
                        axis(plane, 0), axis(plane, 1), plane.x(), plane.y(), plane.assigned()),
                "Held-out observations by mode, in the plane of their first two principal components");
        html.open("figcaption");
        html.text(
                "%s observations, standardised, on their first two principal components. The first is mostly %s, the second %s."
                        .formatted(
                                Figures.count(plane.x().length),
                                mainColumns(plane, 0),
                                mainColumns(plane, 1)));
        html.close().close().close();
    }

    private static String axis(ModeSample.Plane plane, int axis) {
        return "%s component, %s of the variance"
                .formatted(axis == 0 ? "first" : "second", Figures.percent(plane.shares()[axis]));
    }

    /** The columns with the largest entries of an axis, with their signs. */
    private static String mainColumns(ModeSample.Plane plane, int axis) {
        double[] entries = plane.axes()[axis];
        int[] order =
                IntStream.range(0, entries.length)
                        .boxed()
                        .sorted(
                                (a, b) ->
                                        Double.compare(Math.abs(entries[b]), Math.abs(entries[a])))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double largest = Math.abs(entries[order[0]]);
        List<String> names = new ArrayList<>();
        for (int column : order) {
            if (names.size() < NAMED && Math.abs(entries[column]) > MINOR * largest) {
                names.add((entries[column] < 0 ? "−" : "") + plane.columns().get(column));
            }
        }
        return names.isEmpty() ? "nothing" : Figures.list(names);
    }

    private static void actions(Html html, List<ModeSample.Mode> modes) {
        int size =
                modes.stream()
                        .filter(mode -> mode.rows() > 0)
                        .mapToInt(mode -> mode.actionMean().length)
                        .max()
                        .orElse(0);
        boolean residual = modes.stream().anyMatch(mode -> mode.residual() != null);
        Tables.open(html, "Actions: mean ± standard deviation over the steps of a mode", "");
        List<String> heads = new ArrayList<>(List.of("mode"));
        IntStream.range(0, size).forEach(i -> heads.add("action[" + i + "]"));
        if (residual) {
            heads.add("steps by code of the second level");
        }
        Tables.heads(html, heads);
        html.open("tbody");
        for (int mode = 0; mode < modes.size(); mode++) {
            ModeSample.Mode one = modes.get(mode);
            html.open("tr").element("th", Integer.toString(mode), "scope", "row");
            for (int i = 0; i < size; i++) {
                html.element(
                        "td",
                        one.rows() == 0
                                ? "–"
                                : action(one.actionMean()[i], one.actionDeviation()[i]),
                        "class",
                        "number");
            }
            if (residual) {
                html.element("td", shares(one.residual()), "class", "number");
            }
            html.close();
        }
        html.close();
        Tables.close(html);
    }

    private static String shares(double[] residual) {
        return residual == null
                ? "–"
                : Arrays.stream(residual)
                        .mapToObj(Figures::percent)
                        .collect(Collectors.joining(", "));
    }

    /** Both with two decimals, unless that leaves nothing of them. */
    private static String action(double mean, double deviation) {
        return Math.max(Math.abs(mean), deviation) >= 0.1
                ? Figures.number(mean) + " ± " + Figures.number(deviation)
                : Figures.significant(mean) + " ± " + Figures.significant(deviation);
    }
}
