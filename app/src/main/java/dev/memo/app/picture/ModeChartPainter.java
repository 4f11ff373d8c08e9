package dev.memo.app.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws charts of modes, like those of {@link ChartPainter}, each line in its mode's colour. */
public final class ModeChartPainter {
    private static final BasicStroke LINE = ChartPainter.stroke();
    private static final BasicStroke LEVEL = ChartPainter.stroke(7, 4);

    /** Lines of modes are told apart by their marks as well. */
    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE, SeriesMarkers.DIAMOND, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP
    };

    /** Edge of a mark of {@link #legend}, in CSS pixels. */
    private static final int MARK = 8;

    /** Height of a row of it. */
    private static final int ROW = 24;

    /** Beside the first and the last value, as a share of what is between them. */
    private static final double X_MARGIN = 0.05;

    private ModeChartPainter() {}

    /**
     * Positive values of modes over a common axis, each line in its mode's colour, and the level
     * that divides them. The axis of y is logarithmic; what is below a hundredth of the level lies
     * on it.
     *
     * @param title stands above
     * @param axis what x is
     * @param x [n] ascending, at least one
     * @param modes the mode of each line
     * @param lines [n] of each mode, not negative; NaN leaves a gap
     * @param level above 0
     */
    public static Picture lines(
            String title,
            String axis,
            double[] x,
            int[] modes,
            List<double[]> lines,
            double level) {
        XYChart chart = new XYChart(ChartPainter.WIDTH, ChartPainter.HEIGHT);
        chart.setTitle(title);
        chart.setXAxisTitle(axis);
        ChartPainter.style(chart.getStyler());
        chart.getStyler().setLegendVisible(false);
        double least = level / 100;
        double most = level * 10;
        for (double[] line : lines) {
            for (double value : line) {
                most = value > most ? Math.pow(10, Math.ceil(Math.log10(value))) : most;
            }
        }
        double beside = x.length == 1 ? 1 : X_MARGIN * (x[x.length - 1] - x[0]);
        chart.getStyler()
                .setYAxisLogarithmic(true)
                .setYAxisMin(least)
                .setYAxisMax(most)
                .setXAxisMin(x[0] - beside)
                .setXAxisMax(x[x.length - 1] + beside)
                .setXAxisDecimalPattern("0.##")
                .setYAxisDecimalPattern("0.##");
        chart.addSeries(
                        Double.toString(level),
                        new double[] {x[0] - beside, x[x.length - 1] + beside},
                        new double[] {level, level})
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(Palette.FAINT_INK)
                .setLineStyle(LEVEL);
        for (int i = 0; i < modes.length; i++) {
            Color color = Palette.mode(modes[i]);
            double[] y = Arrays.stream(lines.get(i)).map(v -> Math.max(v, least)).toArray();
            chart.addSeries("mode " + modes[i], x, y)
                    .setMarker(MARKERS[i % MARKERS.length])
                    .setMarkerColor(color)
                    .setLineColor(color)
                    .setLineStyle(LINE);
        }
        return Canvas.draw(
                ChartPainter.WIDTH,
                ChartPainter.HEIGHT,
                graphics -> chart.paint(graphics, ChartPainter.WIDTH, ChartPainter.HEIGHT));
    }

    /**
     * What the lines of {@link #lines} are, in a picture as large as those.
     *
     * @param title stands above
     * @param modes the mode of each line
     * @param names of the lines
     */
    public static Picture legend(String title, int[] modes, List<String> names) {
        return Canvas.draw(
                ChartPainter.WIDTH,
                ChartPainter.HEIGHT,
                graphics -> {
                    graphics.setColor(Palette.GROUND);
                    graphics.fillRect(0, 0, ChartPainter.WIDTH, ChartPainter.HEIGHT);
                    graphics.setColor(Palette.INK);
                    graphics.setFont(Palette.font(14).deriveFont(Font.BOLD));
                    graphics.drawString(title, ROW, ROW);
                    graphics.setFont(Palette.font(14));
                    for (int i = 0; i < modes.length; i++) {
                        int y = (i + 2) * ROW;
                        graphics.setColor(Palette.mode(modes[i]));
                        graphics.setStroke(LINE);
                        graphics.drawLine(ROW, y, 3 * ROW, y);
                        MARKERS[i % MARKERS.length].paint(graphics, 2 * ROW, y, MARK);
                        graphics.setColor(Palette.INK);
                        graphics.drawString(names.get(i), 4 * ROW, y + 5);
                    }
                });
    }
}
