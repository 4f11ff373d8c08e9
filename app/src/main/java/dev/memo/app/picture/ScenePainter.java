package dev.memo.app.picture;

import dev.memo.sim.env.Scene;
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

/**
 * Draws episodes from above: goals and hazards as discs, vases as squares, paths coloured from the
 * start to the end.
 *
 * <p>The first episode is drawn in full; the others only lend their paths, thin, because objects of
 * several layouts on top of each other tell nobody anything.
 */
public final class ScenePainter {
    /** The edge of a panel in CSS pixels: three fit beside each other on a desk, one on a phone. */
    public static final int EDGE = 360;

    private static final double PATH_WIDTH = 2.6;
    private static final double OTHER_PATH_WIDTH = 1.1;
    private static final double OVER_WIDTH = 0.8;
    private static final int SAMPLE_LENGTH = 22;
    private static final double OTHER_OPACITY = 0.5;
    private static final double OBJECT_OPACITY = 0.5;

    /** A goal-seeker meets many; they must not hide its path. */
    private static final double LATER_GOAL_OPACITY = 0.2;

    private static final double START_RADIUS = 5;
    private static final double HALO = 2;
    private static final float TEXT_SIZE = 13;
    private static final double TEXT_GAP = 14;
    private static final int INSET = 10;

    private final Graphics2D graphics;
    private final View view;
    private final double scale;

    private ScenePainter(Graphics2D graphics, View view) {
        this.graphics = graphics;
        this.view = view;
        scale = EDGE / (2 * view.half());
    }

    /**
     * One panel.
     *
     * @param view the part of the world it shows
     * @param tracks the episodes, at least one, the one to draw in full first
     */
    public static Picture paint(View view, List<Track> tracks) {
        return Canvas.draw(
                EDGE, EDGE, graphics -> new ScenePainter(graphics, view).drawPanel(tracks));
    }

    /**
     * Two paths through one world, one as a thin line over the other.
     *
     * @param view the part of the world that is shown
     * @param name of the first, for the legend
     * @param track the first, drawn in full
     * @param overName of the second, for the legend
     * @param over the second
     */
    public static Picture paintOver(
            View view, String name, Track track, String overName, Track over) {
        return Canvas.draw(
                EDGE,
                EDGE,
                graphics -> {
                    ScenePainter painter = new ScenePainter(graphics, view);
                    painter.drawPanel(List.of(track));
                    painter.drawOver(over);
                    painter.drawLegend(name, overName);
                });
    }

    private void drawOver(Track track) {
        graphics.setStroke(stroke(OVER_WIDTH));
        graphics.setColor(Palette.INK);
        for (int i = 1; i < track.x().length; i++) {
            drawPiece(track, i);
        }
    }

    /** In the corner beside the scale bar: how each path is drawn. */
    private void drawLegend(String name, String overName) {
        double y = EDGE - INSET;
        double x = EDGE - INSET - textWidth(overName);
        drawText(overName, x, y + 4);
        drawSample(x - 6, y, OVER_WIDTH, false);
        x -= 6 + SAMPLE_LENGTH + TEXT_GAP + textWidth(name);
        drawText(name, x, y + 4);
        drawSample(x - 6, y, PATH_WIDTH, true);
    }

    private void drawSample(double right, double y, double width, boolean ramp) {
        graphics.setStroke(stroke(width));
        for (int i = 0; i < SAMPLE_LENGTH; i++) {
            double share = (double) i / SAMPLE_LENGTH;
            graphics.setColor(ramp ? Palette.alongPath(share) : Palette.INK);
            double x = right - SAMPLE_LENGTH + i;
            graphics.draw(new Line2D.Double(x, y, x + 1, y));
        }
    }

    private void drawPanel(List<Track> tracks) {
        graphics.setColor(Palette.GROUND);
        graphics.fillRect(0, 0, EDGE, EDGE);
        Track first = tracks.getFirst();
        drawGrid(first.start().extent());
        drawObjects(first);
        for (Track other : tracks.subList(1, tracks.size())) {
            drawPath(other, OTHER_PATH_WIDTH, OTHER_OPACITY);
        }
        for (Track other : tracks.subList(1, tracks.size())) {
            drawDot(other.x()[0], other.y()[0], START_RADIUS / 2, Palette.INK);
        }
        drawPath(first, PATH_WIDTH, 1);
        drawStart(first.start().robot());
        drawEnd(first);
        drawScaleBar();
    }

    private double px(double x) {
        return EDGE / 2.0 + (x - view.x()) * scale;
    }

    /** The page's y axis points down. */
    private double py(double y) {
        return EDGE / 2.0 - (y - view.y()) * scale;
    }

    private void drawGrid(double extent) {
        graphics.setStroke(new BasicStroke(1));
        graphics.setColor(Palette.GRID);
        double gap = gridGap();
        double left = view.x() - view.half();
        double bottom = view.y() - view.half();
        for (double x = Math.ceil(left / gap) * gap; x < left + 2 * view.half(); x += gap) {
            graphics.draw(new Line2D.Double(px(x), 0, px(x), EDGE));
        }
        for (double y = Math.ceil(bottom / gap) * gap; y < bottom + 2 * view.half(); y += gap) {
            graphics.draw(new Line2D.Double(0, py(y), EDGE, py(y)));
        }
        graphics.setColor(Palette.ARENA);
        float[] dashes = {4, 4};
        graphics.setStroke(
                new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, dashes, 0));
        graphics.draw(
                new Rectangle2D.Double(
                        px(-extent), py(extent), 2 * extent * scale, 2 * extent * scale));
    }

    /** 0.5, 1, 2, 5 or 10 m: at most 15 lines. */
    private double gridGap() {
        for (double gap : new double[] {0.5, 1, 2, 5}) {
            if (2 * view.half() / gap <= 15) {
                return gap;
            }
        }
        return 10;
    }

    private void drawObjects(Track track) {
        track.start().hazards().forEach(disc -> drawDisc(disc, Palette.HAZARD, OBJECT_OPACITY));
        for (Scene.Box box : track.start().vases()) {
            AffineTransform place = AffineTransform.getTranslateInstance(px(box.x()), py(box.y()));
            place.rotate(-box.heading());
            double half = box.halfSide() * scale;
            Shape square =
                    place.createTransformedShape(
                            new Rectangle2D.Double(-half, -half, 2 * half, 2 * half));
            graphics.setColor(Palette.VASE);
            graphics.fill(square);
        }
        track.goals().stream()
                .skip(1)
                .forEach(disc -> drawDisc(disc, Palette.GOAL, LATER_GOAL_OPACITY));
        drawDisc(track.goals().getFirst(), Palette.GOAL, OBJECT_OPACITY);
    }

    private void drawDisc(Scene.Disc disc, Color color, double opacity) {
        double radius = disc.radius() * scale;
        Shape circle =
                new Ellipse2D.Double(
                        px(disc.x()) - radius, py(disc.y()) - radius, 2 * radius, 2 * radius);
        graphics.setColor(Palette.seeThrough(color, opacity));
        graphics.fill(circle);
        graphics.setStroke(new BasicStroke(1.2f));
        graphics.setColor(color);
        graphics.draw(circle);
    }

    private void drawPath(Track track, double width, double opacity) {
        graphics.setStroke(stroke(width));
        for (int i = 1; i < track.x().length; i++) {
            Color color = Palette.alongPath((double) i / track.last());
            graphics.setColor(opacity < 1 ? Palette.mixIntoGround(color, opacity) : color);
            drawPiece(track, i);
        }
    }

    private static BasicStroke stroke(double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    private void drawPiece(Track track, int i) {
        double[] x = track.x();
        double[] y = track.y();
        graphics.draw(new Line2D.Double(px(x[i - 1]), py(y[i - 1]), px(x[i]), py(y[i])));
    }

    /** A white arrowhead that points where the robot looked. */
    private void drawStart(Scene.Pose robot) {
        AffineTransform place = AffineTransform.getTranslateInstance(px(robot.x()), py(robot.y()));
        place.rotate(-robot.heading());
        Path2D arrow = new Path2D.Double();
        arrow.moveTo(2 * START_RADIUS, 0);
        arrow.lineTo(-START_RADIUS, -START_RADIUS);
        arrow.lineTo(-START_RADIUS / 3, 0);
        arrow.lineTo(-START_RADIUS, START_RADIUS);
        arrow.closePath();
        Shape placed = place.createTransformedShape(arrow);
        graphics.setColor(Palette.GROUND);
        graphics.setStroke(new BasicStroke((float) (2 * HALO)));
        graphics.draw(placed);
        graphics.setColor(Palette.INK);
        graphics.fill(placed);
    }

    /** A dot where the path ends; if that is out of sight, an arrow and how far away it is. */
    private void drawEnd(Track track) {
        int last = track.last();
        if (last == 0) {
            return;
        }
        if (view.shows(track.x()[last], track.y()[last])) {
            drawDot(track.x()[last], track.y()[last], START_RADIUS * 0.8, Palette.LATE);
            return;
        }
        int exit = last;
        while (exit > 0 && !view.shows(track.x()[exit - 1], track.y()[exit - 1])) {
            exit--;
        }
        double distance =
                Math.hypot(track.x()[last] - track.x()[0], track.y()[last] - track.y()[0]);
        drawExit(track, exit, Math.round(distance) + " m away");
    }

    private void drawExit(Track track, int exit, String text) {
        int before = Math.max(0, exit - 1);
        double angle =
                Math.atan2(
                        py(track.y()[exit]) - py(track.y()[before]),
                        px(track.x()[exit]) - px(track.x()[before]));
        double x = Math.clamp(px(track.x()[exit]), 0, EDGE);
        double y = Math.clamp(py(track.y()[exit]), 0, EDGE);
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.rotate(angle);
        Path2D head = new Path2D.Double();
        head.moveTo(-1, 0);
        head.lineTo(-14, -6);
        head.lineTo(-14, 6);
        head.closePath();
        graphics.setColor(Palette.INK);
        graphics.fill(place.createTransformedShape(head));
        drawExitText(text, x, y, Math.cos(angle), Math.sin(angle));
    }

    /** On the side from which the path does not come. */
    private void drawExitText(String text, double x, double y, double dx, double dy) {
        double width = textWidth(text);
        boolean sideways = Math.abs(dx) > Math.abs(dy);
        double textX = sideways ? x - width / 2 : dx > 0 ? x + TEXT_GAP : x - width - TEXT_GAP;
        double textY = sideways ? (dy > 0 ? y + TEXT_GAP + TEXT_SIZE : y - TEXT_GAP) : y;
        drawText(
                text,
                Math.clamp(textX, INSET, EDGE - INSET - width),
                Math.clamp(textY, INSET + TEXT_SIZE, EDGE - INSET - 2 * TEXT_SIZE));
    }

    private void drawDot(double x, double y, double radius, Color color) {
        double outer = radius + HALO;
        graphics.setColor(Palette.GROUND);
        graphics.fill(new Ellipse2D.Double(px(x) - outer, py(y) - outer, 2 * outer, 2 * outer));
        graphics.setColor(color);
        graphics.fill(new Ellipse2D.Double(px(x) - radius, py(y) - radius, 2 * radius, 2 * radius));
    }

    private void drawScaleBar() {
        double gap = gridGap();
        double y = EDGE - INSET;
        graphics.setColor(Palette.INK);
        graphics.setStroke(new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        graphics.draw(new Line2D.Double(INSET, y, INSET + gap * scale, y));
        String text = gap < 1 ? gap + " m" : (int) gap + " m";
        drawText(text, INSET + gap * scale + 6, y + 4);
    }

    private double textWidth(String text) {
        return graphics.getFontMetrics(Palette.font(TEXT_SIZE)).stringWidth(text);
    }

    /** White on a shade of the ground, so that it reads on top of paths. */
    private void drawText(String text, double x, double y) {
        graphics.setFont(Palette.font(TEXT_SIZE));
        graphics.setColor(Palette.seeThrough(Palette.GROUND, 0.75));
        graphics.fill(
                new Rectangle2D.Double(x - 3, y - TEXT_SIZE, textWidth(text) + 6, TEXT_SIZE + 5));
        graphics.setColor(Palette.INK);
        graphics.drawString(text, (float) x, (float) y);
    }
}
