package dev.memo.app.picture;

import dev.memo.learner.metrics.Interval;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws results as places in a plane of two measures. */
public final class PlanePainter {
    /** Of the picture on a page, in CSS pixels. */
    public static final int WIDTH = 480;

    private static final int HEIGHT = 400;

    /** The strip below that says what the marks are. */
    private static final int LEGEND = 28;

    private static final int MARK = 7;
    private static final int LARGE_MARK = 13;

    private static final float TEXT = 12;
    private static final String LIMIT = "limit";

    /** Who was measured how; told apart by brightness and shape as well as hue. */
    public enum Kind {
        /** The policy's mean action. */
        MEAN_ACTION("mean action", Palette.LATE),
        /** Actions sampled from the policy. */
        SAMPLED_ACTION("sampled action", Palette.EARLY),
        /** Results of others. */
        PUBLISHED("published", Palette.VASE),
        /** One mode throughout. */
        MODE("one mode", Palette.VASE),
        /** Modes that a rule switches. */
        RULE("rule", Palette.LATE),
        /** Modes that a bandit switches. */
        BANDIT("bandit", Palette.EARLY);

        private final String text;
        private final Color color;

        Kind(String text, Color color) {
            this.text = text;
            this.color = color;
        }

        private Shape mark(double x, double y, double size) {
            double half = size / 2;
            Rectangle2D square = new Rectangle2D.Double(x - half, y - half, size, size);
            return switch (this) {
                case MEAN_ACTION, RULE -> new Ellipse2D.Double(x - half, y - half, size, size);
                case SAMPLED_ACTION, BANDIT ->
                        AffineTransform.getRotateInstance(Math.PI / 4, x, y)
                                .createTransformedShape(square);
                case PUBLISHED, MODE -> square;
            };
        }
    }

    /**
     * A result. One with an interval is drawn large, with a cross as wide and high as its
     * intervals.
     *
     * @param label stands beside it; may be empty
     */
    public record Spot(Kind kind, String label, Interval x, Interval y) {
        private boolean hasInterval() {
            return x.low() < x.high() || y.low() < y.high();
        }
    }

    /**
     * What could be reached, as a line from place to place.
     *
     * @param name for the legend
     * @param x [n]
     * @param y [n]
     */
    public record Curve(String name, double[] x, double[] y) {}

    /** Of curves, told apart by dash as well as colour. */
    private static final Color[] CURVES = {Palette.INK, Palette.HAZARD};

    private static final float[][] DASHES = {null, {2, 4}};

    private final Graphics2D graphics;
    private final XYChart chart;

    private final Labels labels;

    private PlanePainter(Graphics2D graphics, XYChart chart) {
        this.graphics = graphics;
        this.chart = chart;
        labels = new Labels(graphics, WIDTH, HEIGHT);
    }

    /**
     * The plane.
     *
     * @param xAxis what x is
     * @param yAxis what y is
     * @param spots at least one
     * @param curves at most two, drawn below them
     * @param limit on x, drawn as a line
     */
    public static Picture paint(
            String xAxis,
            String yAxis,
            List<Spot> spots,
            List<Curve> curves,
            OptionalDouble limit) {
        XYChart chart = new XYChart(WIDTH, HEIGHT - LEGEND);
        chart.setTitle(yAxis + " over " + xAxis);
        chart.setXAxisTitle(xAxis);
        ChartPainter.style(chart.getStyler());
        chart.getStyler()
                .setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
                .setPlotGridVerticalLinesVisible(true)
                .setLegendVisible(false);
        for (Kind kind : Kind.values()) {
            List<Spot> these = spots.stream().filter(spot -> spot.kind == kind).toList();
            if (!these.isEmpty()) {
                chart.addSeries(
                                kind.text,
                                coordinates(these, spot -> spot.x.mean()),
                                coordinates(these, spot -> spot.y.mean()))
                        .setMarker(SeriesMarkers.NONE);
            }
        }
        showWhole(chart, spots, curves, limit);
        return Canvas.draw(
                WIDTH,
                HEIGHT,
                graphics -> {
                    graphics.setColor(Palette.GROUND);
                    graphics.fillRect(0, 0, WIDTH, HEIGHT);
                    chart.paint(graphics, WIDTH, HEIGHT - LEGEND);
                    new PlanePainter(graphics, chart).draw(spots, curves, limit);
                });
    }

    private static double[] coordinates(List<Spot> spots, ToDoubleFunction<Spot> coordinate) {
        return spots.stream().mapToDouble(coordinate).toArray();
    }

    /** From x = 0 on; intervals and the limit must be in sight as well as the marks. */
    private static void showWhole(
            XYChart chart, List<Spot> spots, List<Curve> curves, OptionalDouble limit) {
        double left =
                Math.min(
                        0,
                        Arrays.stream(coordinates(spots, spot -> spot.x.low()))
                                .min()
                                .getAsDouble());
        double right = Arrays.stream(coordinates(spots, spot -> spot.x.high())).max().getAsDouble();
        double low = Arrays.stream(coordinates(spots, spot -> spot.y.low())).min().getAsDouble();
        double high = Arrays.stream(coordinates(spots, spot -> spot.y.high())).max().getAsDouble();
        right = Math.max(right, limit.orElse(right));
        for (Curve curve : curves) {
            right = Math.max(right, Arrays.stream(curve.x).max().orElse(right));
            low = Math.min(low, Arrays.stream(curve.y).min().orElse(low));
            high = Math.max(high, Arrays.stream(curve.y).max().orElse(high));
        }
        double besides = 0.04 * Math.max(right - left, 1);
        double above = 0.08 * Math.max(high - low, 1);
        chart.getStyler().setXAxisMin(left).setXAxisMax(right + besides);
        chart.getStyler().setYAxisMin(low - above).setYAxisMax(high + above);
    }

    private void draw(List<Spot> spots, List<Curve> curves, OptionalDouble limit) {
        for (int i = 0; i < curves.size(); i++) {
            drawCurve(curves.get(i), i);
        }
        limit.ifPresent(this::drawLimit);
        for (Spot spot : spots) {
            double half = (spot.hasInterval() ? LARGE_MARK : MARK) / 2.0;
            labels.take(new Rectangle2D.Double(x(spot) - half, y(spot) - half, 2 * half, 2 * half));
            graphics.setColor(spot.kind.color);
            if (spot.hasInterval()) {
                drawCross(spot);
            } else {
                graphics.fill(spot.kind.mark(x(spot), y(spot), MARK));
            }
        }
        graphics.setFont(Palette.font(TEXT));
        graphics.setColor(Palette.FAINT_INK);
        for (Spot spot : spots) {
            if (!spot.label.isEmpty()) {
                labels.draw(spot.label, x(spot), y(spot));
            }
        }
        drawLegend(spots, curves);
    }

    private double x(Spot spot) {
        return chart.getScreenXFromChart(spot.x.mean());
    }

    private double y(Spot spot) {
        return chart.getScreenYFromChart(spot.y.mean());
    }

    private void drawLimit(double limit) {
        double x = chart.getScreenXFromChart(limit);
        double top = chart.getScreenYFromChart(chart.getStyler().getYAxisMax());
        double bottom = chart.getScreenYFromChart(chart.getStyler().getYAxisMin());
        graphics.setColor(Palette.GOAL);
        graphics.setStroke(
                new BasicStroke(
                        1.5f,
                        BasicStroke.CAP_BUTT,
                        BasicStroke.JOIN_MITER,
                        10,
                        new float[] {6, 4},
                        0));
        graphics.draw(new Line2D.Double(x, top, x, bottom));
        graphics.setFont(Palette.font(TEXT));
        graphics.drawString(LIMIT, (float) (x + 4), (float) (top + TEXT));
        labels.take(new Rectangle2D.Double(x - 1, top, 2, bottom - top));
        double width = graphics.getFontMetrics().stringWidth(LIMIT);
        labels.take(new Rectangle2D.Double(x + 4, top, width, TEXT + 3));
    }

    private void drawCurve(Curve curve, int index) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < curve.x.length; i++) {
            double x = chart.getScreenXFromChart(curve.x[i]);
            double y = chart.getScreenYFromChart(curve.y[i]);
            if (i == 0) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
        }
        begin(index);
        graphics.draw(path);
    }

    private void begin(int curve) {
        graphics.setColor(CURVES[curve]);
        graphics.setStroke(
                new BasicStroke(
                        1.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 10, DASHES[curve], 0));
    }

    private void drawLegend(List<Spot> spots, List<Curve> curves) {
        graphics.setFont(Palette.font(TEXT));
        List<Kind> kinds = spots.stream().map(Spot::kind).distinct().sorted().toList();
        double width = 0;
        for (Kind kind : kinds) {
            width += 2 * LARGE_MARK + graphics.getFontMetrics().stringWidth(kind.text);
        }
        for (Curve curve : curves) {
            width += 3 * LARGE_MARK + graphics.getFontMetrics().stringWidth(curve.name);
        }
        double x = (WIDTH - width) / 2;
        double y = HEIGHT - LEGEND / 2.0;
        for (Kind kind : kinds) {
            graphics.setColor(kind.color);
            graphics.fill(kind.mark(x, y, MARK));
            graphics.setColor(Palette.INK);
            graphics.drawString(kind.text, (float) (x + LARGE_MARK), (float) (y + 4));
            x += 2 * LARGE_MARK + graphics.getFontMetrics().stringWidth(kind.text);
        }
        for (int i = 0; i < curves.size(); i++) {
            begin(i);
            graphics.draw(new Line2D.Double(x, y, x + 1.5 * LARGE_MARK, y));
            graphics.setColor(Palette.INK);
            String name = curves.get(i).name;
            graphics.drawString(name, (float) (x + 2 * LARGE_MARK), (float) (y + 4));
            x += 3 * LARGE_MARK + graphics.getFontMetrics().stringWidth(name);
        }
    }

    private void drawCross(Spot spot) {
        graphics.setStroke(new BasicStroke(1.5f));
        graphics.draw(spot.kind.mark(x(spot), y(spot), LARGE_MARK));
        double left = chart.getScreenXFromChart(spot.x.low());
        double right = chart.getScreenXFromChart(spot.x.high());
        double bottom = chart.getScreenYFromChart(spot.y.low());
        double top = chart.getScreenYFromChart(spot.y.high());
        graphics.draw(new Line2D.Double(left, y(spot), right, y(spot)));
        graphics.draw(new Line2D.Double(x(spot), top, x(spot), bottom));
        labels.take(new Rectangle2D.Double(left, y(spot) - 1, right - left, 2));
        labels.take(new Rectangle2D.Double(x(spot) - 1, top, 2, bottom - top));
    }
}
