package dev.memo.app.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws charts that look like the panels of {@link ScenePainter}. */
public final class ChartPainter {
    private static final int WIDTH = ScenePainter.EDGE;
    private static final int HEIGHT = 260;

    /** Told apart by brightness and dash as well as hue. */
    private static final Color[] SERIES = {
        Palette.LATE, Palette.GOAL, Palette.EARLY, Palette.VASE, Palette.HAZARD
    };

    private static final BasicStroke[] STROKES = {
        stroke(), stroke(7, 4), stroke(2, 3), stroke(9, 3, 2, 3), stroke(4, 4)
    };

    /** From here on the small values would lie flat on the axis. */
    private static final double LOGARITHMIC_FROM = 50;

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
            chart.addSeries(entry.getKey(), uneven(x), entry.getValue())
                    .setMarker(SeriesMarkers.NONE)
                    .setLineColor(SERIES[index % SERIES.length])
                    .setLineStyle(STROKES[index % STROKES.length]);
            index++;
        }
        return Canvas.draw(WIDTH, HEIGHT, graphics -> chart.paint(graphics, WIDTH, HEIGHT));
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
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] values : series.values()) {
            for (double value : values) {
                if (!Double.isNaN(value)) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
        }
        return least > 0 && most / least >= LOGARITHMIC_FROM;
    }

    private static void style(AxesChartStyler styler) {
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

    private static BasicStroke stroke(float... dashes) {
        return new BasicStroke(
                2,
                BasicStroke.CAP_ROUND,
                BasicStroke.JOIN_ROUND,
                10,
                dashes.length == 0 ? null : dashes,
                0);
    }
}
