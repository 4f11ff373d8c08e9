package dev.memo.app.picture;

import dev.memo.learner.explanation.CodeTransitions;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.QuadCurve2D;
import java.util.function.BiConsumer;

/**
 * Draws codes as discs on a circle, as large as their share of the steps, and changes between them
 * as arrows, as broad as the share of the changes from a code that go there.
 */
public final class TransitionPainter {
    private static final int EDGE = ScenePainter.EDGE;

    /** From the upper and the lower edge to the middle of the nearest disc. */
    private static final double ROOM = 68;

    private static final double LEAST_DISC = 13;
    private static final double LARGEST_DISC = 46;
    private static final float TEXT = 12;
    private static final double BROADEST = 6;

    /** How far an arrow's control point is from the straight line, as a share of its length. */
    private static final double BEND = 0.22;

    /** Where along an arrow its share stands, as a share of the arrow. */
    private static final double AT = 0.33;

    /** From an arrow's edge to its share. */
    private static final double BESIDE = 3;

    /** Changes that are rarer than this are not drawn. */
    private static final double RARE = 0.05;

    /** With more codes, shares at arrows would lie on top of each other. */
    private static final int NUMBERED = 5;

    private final Graphics2D graphics;
    private final CodeTransitions transitions;
    private final int codes;

    /** The radius on which discs stand: as large as their heights leave room for. */
    private final double ring;

    private TransitionPainter(Graphics2D graphics, CodeTransitions transitions) {
        this.graphics = graphics;
        this.transitions = transitions;
        codes = transitions.share().length;
        double lowest = codes == 1 ? 0 : -Math.cos(2 * Math.PI * (codes / 2) / codes);
        ring = codes == 1 ? 0 : (EDGE - 2 * ROOM) / (1 + lowest);
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
        eachArrow(this::arrow);
        if (codes <= NUMBERED) {
            eachArrow(this::number);
        }
        for (int code = 0; code < codes; code++) {
            disc(code);
        }
    }

    private void eachArrow(BiConsumer<Integer, Integer> drawing) {
        for (int from = 0; from < codes; from++) {
            for (int to = 0; to < codes; to++) {
                if (from != to && leaving(from, to) >= RARE) {
                    drawing.accept(from, to);
                }
            }
        }
    }

    /** The share of the changes from a code that go to another. */
    private double leaving(int from, int to) {
        double stays = transitions.probabilities()[from][from];
        return stays >= 1 ? 0 : transitions.probabilities()[from][to] / (1 - stays);
    }

    private double x(int code) {
        return EDGE / 2.0 + ring * Math.sin(2 * Math.PI * code / codes);
    }

    private double y(int code) {
        double top = codes == 1 ? EDGE / 2.0 : ROOM;
        return top + ring * (1 - Math.cos(2 * Math.PI * code / codes));
    }

    private double radius(int code) {
        double most = codes == 1 ? LARGEST_DISC : Math.min(LARGEST_DISC, 2.2 * ring / codes);
        return Math.max(LEAST_DISC, most * Math.sqrt(transitions.share()[code]));
    }

    /** From edge to edge of the discs, bent to its right, so that both directions are seen. */
    private QuadCurve2D curve(int from, int to) {
        double x = (x(from) + x(to)) / 2 - BEND * (y(to) - y(from));
        double y = (y(from) + y(to)) / 2 + BEND * (x(to) - x(from));
        double[] start = towards(from, x, y, radius(from) + 2);
        double[] tip = towards(to, x, y, radius(to) + 2);
        return new QuadCurve2D.Double(start[0], start[1], x, y, tip[0], tip[1]);
    }

    private void arrow(int from, int to) {
        QuadCurve2D curve = curve(from, to);
        double width = width(from, to);
        double head = 6 + width;
        double[] neck = towards(to, curve.getCtrlX(), curve.getCtrlY(), radius(to) + 2 + head);
        graphics.setColor(Palette.mode(from));
        graphics.setStroke(
                new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        graphics.draw(
                new QuadCurve2D.Double(
                        curve.getX1(),
                        curve.getY1(),
                        curve.getCtrlX(),
                        curve.getCtrlY(),
                        neck[0],
                        neck[1]));
        AffineTransform place = AffineTransform.getTranslateInstance(curve.getX2(), curve.getY2());
        place.rotate(curve.getX2() - neck[0], curve.getY2() - neck[1]);
        Path2D shape = new Path2D.Double();
        shape.moveTo(0, 0);
        shape.lineTo(-head - 1, -0.6 * head);
        shape.lineTo(-head - 1, 0.6 * head);
        shape.closePath();
        graphics.fill(place.createTransformedShape(shape));
    }

    private double width(int from, int to) {
        return Math.max(1, BROADEST * leaving(from, to));
    }

    /** An arrow's share in its colour, close to it on the side to which it is bent. */
    private void number(int from, int to) {
        QuadCurve2D curve = curve(from, to);
        double start = (1 - AT) * (1 - AT);
        double bend = 2 * AT * (1 - AT);
        double tip = AT * AT;
        double px = start * curve.getX1() + bend * curve.getCtrlX() + tip * curve.getX2();
        double py = start * curve.getY1() + bend * curve.getCtrlY() + tip * curve.getY2();
        double dx =
                (1 - AT) * (curve.getCtrlX() - curve.getX1())
                        + AT * (curve.getX2() - curve.getCtrlX());
        double dy =
                (1 - AT) * (curve.getCtrlY() - curve.getY1())
                        + AT * (curve.getY2() - curve.getCtrlY());
        double length = Math.hypot(dx, dy);
        double asideX = -dy / length;
        double asideY = dx / length;
        String text = Math.round(100 * leaving(from, to)) + " %";
        // The text's box touches the line that is BESIDE the arrow's edge.
        double away =
                width(from, to) / 2
                        + BESIDE
                        + Math.abs(asideX) * graphics.getFontMetrics().stringWidth(text) / 2
                        + Math.abs(asideY) * TEXT / 2;
        graphics.setColor(Palette.mode(from));
        centred(text, px + away * asideX, py + away * asideY);
    }

    /** The place at a distance from a code's middle on the way to another place. */
    private double[] towards(int code, double px, double py, double distance) {
        double length = Math.hypot(px - x(code), py - y(code));
        return new double[] {
            x(code) + distance * (px - x(code)) / length,
            y(code) + distance * (py - y(code)) / length
        };
    }

    /** With the code's number in it, and above or below it how long it stays. */
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
        double below = y(code) < EDGE / 2.0 - 1 ? -1 : 1;
        centred(text, x(code), y(code) + below * (radius + 11));
    }

    private void centred(String text, double x, double y) {
        double width = graphics.getFontMetrics().stringWidth(text);
        double ascent = graphics.getFontMetrics().getAscent();
        graphics.drawString(text, (float) (x - width / 2), (float) (y + 0.36 * ascent));
    }
}
