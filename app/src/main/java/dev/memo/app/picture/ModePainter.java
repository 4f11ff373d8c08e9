package dev.memo.app.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws rows of data in the colours of the modes that they belong to: an episode's columns over
 * time, its path from above, and many rows in a plane.
 */
public final class ModePainter {
    private static final int WIDTH = ScenePainter.EDGE;
    private static final int INSET = 10;
    private static final float TEXT = 12;

    /** A lane holds its name and below it its curve. */
    private static final int LANE = 54;

    private static final int LANE_NAME = 18;
    private static final int STRIP = 10;
    private static final int AXIS = 20;
    private static final float LINE_WIDTH = 1.5f;

    private static final int PLANE_HEIGHT = 340;
    private static final double MARK = 4;
    private static final double MARK_OPACITY = 0.75;

    /** Of marks; with more modes they come again, in other colours. */
    private static final int SHAPES = 5;

    private static final float PATH_WIDTH = 7;
    private static final float PATH_CORE = 2.2f;
    private static final double PATH_OPACITY = 0.35;
    private static final double START_RADIUS = 4;

    private final Graphics2D graphics;

    private ModePainter(Graphics2D graphics) {
        this.graphics = graphics;
        graphics.setFont(Palette.font(TEXT));
    }

    /**
     * A column of an episode.
     *
     * @param name stands above
     * @param range likewise, at the other end
     * @param low the value at the lane's bottom; lanes that are compared share it
     * @param high at its top
     * @param values [T]
     */
    public record Lane(String name, String range, double low, double high, float[] values) {}

    /**
     * An episode's columns over time, and below them a strip of codes.
     *
     * @param lanes from top to bottom, at least one
     * @param times [T] ascending
     * @param assigned [T] the modes that colour the lanes
     * @param nearest [T] the codes that colour the strip
     */
    public static Picture lanes(List<Lane> lanes, int[] times, int[] assigned, int[] nearest) {
        int height = lanes.size() * LANE + STRIP + AXIS + 2 * INSET;
        return Canvas.draw(
                WIDTH,
                height,
                graphics -> {
                    ModePainter painter = new ModePainter(graphics);
                    painter.ground(height);
                    double y = INSET;
                    for (Lane lane : lanes) {
                        painter.drawLane(lane, y, times, assigned);
                        y += LANE;
                    }
                    painter.drawStrip(y, times, nearest);
                    painter.drawTimes(y + STRIP, times);
                });
    }

    /**
     * Rows in a plane.
     *
     * @param xAxis what x is
     * @param yAxis what y is
     * @param x [S], at least one
     * @param y [S]
     * @param modes [S] of each row
     */
    public static Picture plane(String xAxis, String yAxis, float[] x, float[] y, int[] modes) {
        XYChart chart = new XYChart(WIDTH, PLANE_HEIGHT);
        chart.setXAxisTitle(xAxis);
        chart.setYAxisTitle(yAxis);
        ChartPainter.style(chart.getStyler());
        chart.getStyler()
                .setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
                .setPlotGridVerticalLinesVisible(true)
                .setYAxisTitleVisible(true);
        chart.getStyler().setYAxisTitleColor(Palette.FAINT_INK).setLegendVisible(false);
        // The chart finds the axes; marks are drawn below, so that no mode lies on top of all.
        chart.addSeries("rows", x, y, null).setMarker(SeriesMarkers.NONE);
        return Canvas.draw(
                WIDTH,
                PLANE_HEIGHT,
                graphics -> {
                    chart.paint(graphics, WIDTH, PLANE_HEIGHT);
                    ModePainter painter = new ModePainter(graphics);
                    for (int i = 0; i < x.length; i++) {
                        painter.drawMark(
                                chart.getScreenXFromChart(x[i]),
                                chart.getScreenYFromChart(y[i]),
                                modes[i]);
                    }
                });
    }

    /**
     * An episode's path from above: broad in the colour of its modes, with a thin line in those of
     * the codes.
     *
     * @param view the part of the world it shows
     * @param x [T] in m
     * @param y [T]
     * @param assigned [T] the modes
     * @param nearest [T] the codes
     */
    public static Picture path(View view, float[] x, float[] y, int[] assigned, int[] nearest) {
        return Canvas.draw(
                WIDTH,
                WIDTH,
                graphics -> {
                    ModePainter painter = new ModePainter(graphics);
                    painter.ground(WIDTH);
                    double scale = WIDTH / (2 * view.half());
                    double[] px = new double[x.length];
                    double[] py = new double[x.length];
                    for (int i = 0; i < x.length; i++) {
                        px[i] = WIDTH / 2.0 + (x[i] - view.x()) * scale;
                        py[i] = WIDTH / 2.0 - (y[i] - view.y()) * scale;
                    }
                    painter.drawPath(px, py, assigned, PATH_WIDTH, PATH_OPACITY);
                    painter.drawPath(px, py, nearest, PATH_CORE, 1);
                    graphics.setColor(Palette.INK);
                    graphics.fill(disc(px[0], py[0], 2 * START_RADIUS));
                    painter.drawScaleBar(view.half(), scale);
                });
    }

    private void ground(int height) {
        graphics.setColor(Palette.GROUND);
        graphics.fillRect(0, 0, WIDTH, height);
    }

    private static double px(int[] times, int i) {
        double span = Math.max(1, times[times.length - 1] - times[0]);
        return INSET + (WIDTH - 2 * INSET) * (times[i] - times[0]) / span;
    }

    private void drawLane(Lane lane, double top, int[] times, int[] modes) {
        graphics.setColor(Palette.FAINT_INK);
        graphics.drawString(lane.name, INSET, (float) (top + TEXT));
        drawAtRight(lane.range, top + TEXT);
        double bottom = top + LANE - 6;
        double scale = (LANE - 6 - LANE_NAME) / Math.max(lane.high - lane.low, Double.MIN_NORMAL);
        graphics.setColor(Palette.GRID);
        graphics.setStroke(new BasicStroke(1));
        graphics.draw(new Line2D.Double(INSET, bottom, WIDTH - INSET, bottom));
        graphics.setStroke(
                new BasicStroke(LINE_WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (int from = 0; from < times.length - 1; ) {
            Path2D line = new Path2D.Double();
            int i = from;
            line.moveTo(px(times, i), bottom - (lane.values[i] - lane.low) * scale);
            // A row's mode colours the line up to the next row.
            do {
                i++;
                line.lineTo(px(times, i), bottom - (lane.values[i] - lane.low) * scale);
            } while (i < times.length - 1 && modes[i] == modes[from]);
            graphics.setColor(Palette.mode(modes[from]));
            graphics.draw(line);
            from = i;
        }
    }

    private void drawStrip(double top, int[] times, int[] codes) {
        for (int i = 0; i < times.length; i++) {
            double left = px(times, i);
            double right = i + 1 < times.length ? px(times, i + 1) : WIDTH - INSET;
            graphics.setColor(Palette.mode(codes[i]));
            graphics.fill(new Rectangle2D.Double(left, top, right - left + 0.5, STRIP));
        }
    }

    private void drawTimes(double top, int[] times) {
        graphics.setColor(Palette.FAINT_INK);
        graphics.drawString("step " + times[0], INSET, (float) (top + TEXT + 3));
        drawAtRight(Integer.toString(times[times.length - 1]), top + TEXT + 3);
    }

    private void drawAtRight(String text, double y) {
        int width = graphics.getFontMetrics().stringWidth(text);
        graphics.drawString(text, WIDTH - INSET - width, (float) y);
    }

    private void drawMark(double x, double y, int mode) {
        graphics.setColor(Palette.seeThrough(Palette.mode(mode), MARK_OPACITY));
        double half = MARK / 2;
        Rectangle2D square = new Rectangle2D.Double(x - half, y - half, MARK, MARK);
        graphics.fill(
                switch (mode % SHAPES) {
                    case 0 -> disc(x, y, MARK);
                    case 1 -> turned(square, Math.PI / 4);
                    case 2 -> square;
                    case 3 -> new Rectangle2D.Double(x - MARK, y - half / 2, 2 * MARK, half);
                    default -> new Rectangle2D.Double(x - half / 2, y - MARK, half, 2 * MARK);
                });
    }

    private static Shape turned(Rectangle2D box, double angle) {
        return AffineTransform.getRotateInstance(angle, box.getCenterX(), box.getCenterY())
                .createTransformedShape(box);
    }

    private static Shape disc(double x, double y, double size) {
        return new Ellipse2D.Double(x - size / 2, y - size / 2, size, size);
    }

    private void drawPath(double[] x, double[] y, int[] modes, float width, double opacity) {
        graphics.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (int i = 1; i < x.length; i++) {
            Color color = Palette.mode(modes[i - 1]);
            graphics.setColor(opacity < 1 ? Palette.mixIntoGround(color, opacity) : color);
            graphics.draw(new Line2D.Double(x[i - 1], y[i - 1], x[i], y[i]));
        }
    }

    /** A length of 1, 2 or 5 times a power of ten, at most a third of the picture. */
    private void drawScaleBar(double half, double scale) {
        double most = 2 * half / 3;
        double length = Math.pow(10, Math.floor(Math.log10(most)));
        length *= most >= 5 * length ? 5 : most >= 2 * length ? 2 : 1;
        double y = WIDTH - INSET;
        graphics.setColor(Palette.INK);
        graphics.setStroke(new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        graphics.draw(new Line2D.Double(INSET, y, INSET + length * scale, y));
        String text = length < 1 ? length + " m" : (int) length + " m";
        graphics.drawString(text, (float) (INSET + length * scale + 6), (float) (y + 4));
    }
}
