package dev.memo.app.picture;

import dev.memo.learner.explanation.CodeTransitions;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.QuadCurve2D;

/**
 * Draws codes as discs on a circle, as large as their share of the steps, and changes between them
 * as arrows, as broad as the share of the changes from a code that go there.
 */
public final class TransitionPainter {
    private static final int EDGE = ScenePainter.EDGE;
    private static final double RING = 108;
    private static final double LEAST_DISC = 13;
    private static final double LARGEST_DISC = 46;
    private static final float TEXT = 12;
    private static final double BROADEST = 6;

    /** How far a curved arrow is from the straight line, as a share of that line's length. */
    private static final double BEND = 0.18;

    /** Changes that are rarer than this are not drawn. */
    private static final double RARE = 0.05;

    /** With more codes, shares at arrows would lie on top of each other. */
    private static final int LABELLED = 5;

    private final Graphics2D graphics;
    private final CodeTransitions transitions;
    private final int codes;

    private TransitionPainter(Graphics2D graphics, CodeTransitions transitions) {
        this.graphics = graphics;
        this.transitions = transitions;
        codes = transitions.share().length;
    }

    /** The graph. */
    public static Picture paint(CodeTransitions transitions) {
        return Canvas.draw(
                EDGE, EDGE, graphics -> new TransitionPainter(graphics, transitions).draw());
    }

    private void draw() {
        graphics.setColor(Palette.GROUND);
        graphics.fillRect(0, 0, EDGE, EDGE);
        graphics.setFont(Palette.font(TEXT));
        for (int from = 0; from < codes; from++) {
            for (int to = 0; to < codes; to++) {
                if (from != to && leaving(from, to) >= RARE) {
                    arrow(from, to, leaving(from, to));
                }
            }
        }
        for (int code = 0; code < codes; code++) {
            disc(code);
        }
    }

    /** The share of the changes from a code that go to another. */
    private double leaving(int from, int to) {
        double stays = transitions.probabilities()[from][from];
        return stays >= 1 ? 0 : transitions.probabilities()[from][to] / (1 - stays);
    }

    private double x(int code) {
        return EDGE / 2.0 + (codes == 1 ? 0 : RING * Math.sin(2 * Math.PI * code / codes));
    }

    private double y(int code) {
        return EDGE / 2.0 - (codes == 1 ? 0 : RING * Math.cos(2 * Math.PI * code / codes));
    }

    private double radius(int code) {
        double most = codes == 1 ? LARGEST_DISC : Math.min(LARGEST_DISC, 2.2 * RING / codes);
        return Math.max(LEAST_DISC, most * Math.sqrt(transitions.share()[code]));
    }

    /** From edge to edge of the discs, bent to its right, so that both directions are seen. */
    private void arrow(int from, int to, double share) {
        double dx = x(to) - x(from);
        double dy = y(to) - y(from);
        double length = Math.hypot(dx, dy);
        double middleX = (x(from) + x(to)) / 2 - BEND * dy;
        double middleY = (y(from) + y(to)) / 2 + BEND * dx;
        double width = Math.max(1, BROADEST * share);
        double head = 6 + width;
        double[] start = towards(from, middleX, middleY, radius(from) + 2);
        double[] tip = towards(to, middleX, middleY, radius(to) + 2);
        double[] end = towards(to, middleX, middleY, radius(to) + 2 + 0.7 * head);
        Color color = Palette.mode(from);
        graphics.setColor(color);
        graphics.setStroke(
                new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        graphics.draw(new QuadCurve2D.Double(start[0], start[1], middleX, middleY, end[0], end[1]));
        AffineTransform place = AffineTransform.getTranslateInstance(tip[0], tip[1]);
        place.rotate(Math.atan2(tip[1] - middleY, tip[0] - middleX));
        Path2D shape = new Path2D.Double();
        shape.moveTo(0, 0);
        shape.lineTo(-head, -head / 2);
        shape.lineTo(-head, head / 2);
        shape.closePath();
        graphics.fill(place.createTransformedShape(shape));
        if (codes <= LABELLED) {
            // Beside the top of the curve, on its outer side.
            double top = 0.5 * BEND * length + 14;
            centred(
                    Math.round(100 * share) + " %",
                    (x(from) + x(to)) / 2 - top * dy / length,
                    (y(from) + y(to)) / 2 + top * dx / length);
        }
    }

    /** The place at a distance from a code's middle on the way to another place. */
    private double[] towards(int code, double px, double py, double distance) {
        double length = Math.hypot(px - x(code), py - y(code));
        return new double[] {
            x(code) + distance * (px - x(code)) / length,
            y(code) + distance * (py - y(code)) / length
        };
    }

    /** With the code's number in it, and how long it stays outside of the ring. */
    private void disc(int code) {
        double radius = radius(code);
        graphics.setColor(Palette.mode(code));
        graphics.fill(
                new Ellipse2D.Double(x(code) - radius, y(code) - radius, 2 * radius, 2 * radius));
        graphics.setColor(Palette.GROUND);
        graphics.setFont(Palette.font(TEXT + 2));
        centred(Integer.toString(code), x(code), y(code));
        graphics.setFont(Palette.font(TEXT));
        graphics.setColor(Palette.INK);
        String text = Math.round(transitions.dwell()[code]) + " steps";
        double away = radius + 12;
        double angle = 2 * Math.PI * code / codes;
        double half = graphics.getFontMetrics().stringWidth(text) / 2.0;
        double px = x(code) + (away + half) * Math.sin(angle);
        double py = y(code) - away * Math.cos(angle);
        centred(text, Math.clamp(px, half + 4, EDGE - half - 4), Math.clamp(py, 10, EDGE - 10));
    }

    private void centred(String text, double x, double y) {
        double width = graphics.getFontMetrics().stringWidth(text);
        double ascent = graphics.getFontMetrics().getAscent();
        graphics.drawString(text, (float) (x - width / 2), (float) (y + 0.36 * ascent));
    }
}
