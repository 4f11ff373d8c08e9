package dev.memo.app.picture;

import dev.memo.learner.metrics.Interval;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws charts that look like the panels of {@link ScenePainter}. */
public final class ChartPainter {
    /** Of every chart, in CSS pixels. */
    static final int WIDTH = ScenePainter.EDGE;

    static final int HEIGHT = 260;

    /** Told apart by brightness and dash as well as hue. */
    private static final Color[] SERIES = {
        Palette.LATE, Palette.GOAL, Palette.EARLY, Palette.VASE, Palette.HAZARD
    };

    private static final BasicStroke[] STROKES = {
        stroke(), stroke(7, 4), stroke(2, 3), stroke(9, 3, 2, 3), stroke(4, 4)
    };

    /** From here on the small values would lie flat on the axis. */
    private static final double LOGARITHMIC_FROM = 50;

    private static final double BAND_OPACITY = 0.3;

    /** Height of a row of the legend, as a share of the plot's. */
    private static final double LEGEND_ROW = 0.1;

    private ChartPainter() {}

    /**
     * Curves over a common axis; logarithmic where values are positive and far apart.
     *
     * @param title stands above
     * @param axis what x counts
     * @param x [n], at least one
     * @param series [n] by name; NaN leaves a gap
     */
    public static Picture lines(
            String title, String axis, double[] x, Map<String, double[]> series) {
        XYChart chart = new XYChart(WIDTH, HEIGHT);
        chart.setTitle(title);
        chart.setXAxisTitle(axis);
        style(chart.getStyler());
        chart.getStyler().setLegendVisible(series.size() > 1);
        chart.getStyler().setYAxisLogarithmic(spansDecades(series));
        int index = 0;
        for (Map.Entry<String, double[]> entry : series.entrySet()) {
            addLine(chart, entry.getKey(), uneven(x), entry.getValue(), index++);
        }
        return Canvas.draw(WIDTH, HEIGHT, graphics -> chart.paint(graphics, WIDTH, HEIGHT));
    }

    /**
     * Means over a common axis from 0 on, each with its interval as a band around it. A band is cut
     * where it reaches beyond the means by more than half their range.
     *
     * @param title stands above
     * @param axis what x counts
     * @param x [n], at least one
     * @param series [n] by name, each with at least one mean that is finite; where one is NaN, the
     *     neighbours are joined
     * @param levels horizontal lines by name
     * @param decades whether y is logarithmic where means are positive and far apart; then a band
     *     is cut at the least of them
     */
    public static Picture bands(
            String title,
            String axis,
            double[] x,
            Map<String, List<Interval>> series,
            Map<String, Double> levels,
            boolean decades) {
        XYChart chart = new XYChart(WIDTH, HEIGHT);
        chart.setTitle(title);
        chart.setXAxisTitle(axis);
        style(chart.getStyler());
        chart.getStyler().setLegendVisible(series.size() + levels.size() > 1);
        chart.getStyler()
                .setYAxisDecimalPattern("0.####")
                .setXAxisDecimalPattern("0.##")
                .setXAxisMin(0.0)
                .setXAxisMax(uneven(new double[] {0, x[x.length - 1]})[1]);
        Map<String, double[]> means = new LinkedHashMap<>();
        series.forEach(
                (name, values) ->
                        means.put(name, values.stream().mapToDouble(Interval::mean).toArray()));
        boolean logarithmic = decades && spansDecades(means);
        chart.getStyler().setYAxisLogarithmic(logarithmic);
        levels.forEach((name, level) -> means.put(name, new double[] {level}));
        double least = least(means);
        double most = most(means);
        // Few seeds give intervals beside which the means would lie flat.
        double beyond = most > least ? (most - least) / 2 : Double.POSITIVE_INFINITY;
        Interval shown = new Interval(least, logarithmic ? least : least - beyond, most + beyond);
        int index = 0;
        for (List<Interval> values : series.values()) {
            addBand(chart, x, values, shown, index++);
        }
        index = 0;
        for (Map.Entry<String, List<Interval>> entry : series.entrySet()) {
            int[] there = present(entry.getValue());
            double[] mean = at(there, i -> entry.getValue().get(i).mean());
            addLine(chart, entry.getKey(), at(there, i -> x[i]), mean, index++);
        }
        for (Map.Entry<String, Double> level : levels.entrySet()) {
            double[] y = {level.getValue(), level.getValue()};
            addLine(chart, level.getKey(), new double[] {0, x[x.length - 1]}, y, index++);
        }
        if (chart.getStyler().isLegendVisible() && !logarithmic) {
            leaveRoomForLegend(chart, index);
        }
        return Canvas.draw(WIDTH, HEIGHT, graphics -> chart.paint(graphics, WIDTH, HEIGHT));
    }

    /** Above everything that is drawn. */
    private static void leaveRoomForLegend(XYChart chart, int rows) {
        Collection<XYSeries> drawn = chart.getSeriesCollection();
        double bottom = drawn.stream().mapToDouble(XYSeries::getYMin).min().orElse(0);
        double top = drawn.stream().mapToDouble(XYSeries::getYMax).max().orElse(0);
        double share = rows * LEGEND_ROW;
        chart.getStyler().setYAxisMax(top + (top - bottom) * share / (1 - share));
    }

    /** The outline goes along the upper ends and back along the lower ones. */
    private static void addBand(
            XYChart chart, double[] x, List<Interval> values, Interval shown, int index) {
        int[] there = present(values);
        if (IntStream.of(there).allMatch(i -> values.get(i).high() == values.get(i).low())) {
            return;
        }
        int[] around =
                IntStream.concat(
                                IntStream.of(there),
                                IntStream.range(0, there.length)
                                        .map(i -> there[there.length - 1 - i]))
                        .toArray();
        double[] ends = at(around, i -> Math.min(shown.high(), values.get(i).high()));
        for (int i = there.length; i < ends.length; i++) {
            ends[i] = Math.max(shown.low(), values.get(around[i]).low());
        }
        Color color = SERIES[index % SERIES.length];
        XYSeries band = chart.addSeries("band " + index, at(around, i -> x[i]), ends);
        band.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
        band.setMarker(SeriesMarkers.NONE);
        band.setFillColor(Palette.seeThrough(color, BAND_OPACITY));
        band.setLineColor(Palette.seeThrough(color, 0));
        band.setShowInLegend(false);
    }

    private static int[] present(List<Interval> values) {
        return IntStream.range(0, values.size())
                .filter(i -> Double.isFinite(values.get(i).mean()))
                .toArray();
    }

    private static double[] at(int[] places, IntToDoubleFunction value) {
        return IntStream.of(places).mapToDouble(value).toArray();
    }

    private static void addLine(XYChart chart, String name, double[] x, double[] y, int index) {
        chart.addSeries(name, x, y)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(SERIES[index % SERIES.length])
                .setLineStyle(STROKES[index % STROKES.length]);
    }

    /**
     * XChart labels every so many-th of evenly spaced values, such as 84, 168, 252. A hair more on
     * the last one makes it choose round labels.
     */
    private static double[] uneven(double[] values) {
        double[] uneven = values.clone();
        uneven[values.length - 1] += 1e-6 * (values[values.length - 1] - values[0]);
        return uneven;
    }

    /**
     * Bars from 0 on.
     *
     * @param title stands above
     * @param axis what the labels are
     * @param labels one per bar
     * @param values [labels]
     */
    public static Picture bars(String title, String axis, List<String> labels, double[] values) {
        CategoryChart chart = new CategoryChart(WIDTH, HEIGHT);
        chart.setTitle(title);
        chart.setXAxisTitle(axis);
        style(chart.getStyler());
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setAvailableSpaceFill(0.6);
        chart.getStyler().setYAxisMin(0.0);
        chart.addSeries(title, labels, Arrays.stream(values).boxed().toList());
        return Canvas.draw(WIDTH, HEIGHT, graphics -> chart.paint(graphics, WIDTH, HEIGHT));
    }

    private static boolean spansDecades(Map<String, double[]> series) {
        double least = least(series);
        return least > 0 && most(series) / least >= LOGARITHMIC_FROM;
    }

    private static double least(Map<String, double[]> series) {
        return Arrays.stream(present(series)).min().orElse(Double.NaN);
    }

    private static double most(Map<String, double[]> series) {
        return Arrays.stream(present(series)).max().orElse(Double.NaN);
    }

    private static double[] present(Map<String, double[]> series) {
        return series.values().stream()
                .flatMapToDouble(Arrays::stream)
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    /** The colours and fonts of every chart. */
    static void style(AxesChartStyler styler) {
        Font font = Palette.font(12);
        styler.setBaseFont(font);
        styler.setChartTitleFont(Palette.font(14).deriveFont(Font.BOLD))
                .setLegendFont(font)
                .setChartBackgroundColor(Palette.GROUND)
                .setPlotBackgroundColor(Palette.GROUND)
                .setChartFontColor(Palette.INK)
                .setPlotBorderVisible(false)
                .setChartTitleBoxVisible(false)
                // Losses fall, so this corner is free.
                .setLegendPosition(Styler.LegendPosition.InsideNE)
                .setLegendBackgroundColor(Palette.GROUND)
                .setLegendBorderColor(Palette.GROUND)
                .setLegendSeriesLineLength(28)
                .setLegendPadding(4)
                .setSeriesColors(SERIES)
                .setChartPadding(8);
        styler.setAxisTickLabelsFont(font)
                .setAxisTitleFont(font)
                .setAxisTickLabelsColor(Palette.FAINT_INK)
                .setAxisTickMarksColor(Palette.FAINT_INK)
                .setAxisTicksLineVisible(false)
                .setPlotGridLinesColor(Palette.GRID)
                .setPlotGridVerticalLinesVisible(false)
                .setXAxisTickMarkSpacingHint(60)
                .setYAxisTitleVisible(false);
        styler.setXAxisTitleColor(Palette.FAINT_INK);
    }

    /** Of a line, with dashes and the gaps after them if there are any. */
    static BasicStroke stroke(float... dashes) {
        return new BasicStroke(
                2,
                BasicStroke.CAP_ROUND,
                BasicStroke.JOIN_ROUND,
                10,
                dashes.length == 0 ? null : dashes,
                0);
    }
}
