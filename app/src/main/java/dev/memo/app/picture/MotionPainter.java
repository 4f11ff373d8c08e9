package dev.memo.app.picture;

import dev.memo.learner.explanation.MeanMotion;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.List;

/**
 * Draws where a mode takes the robot from where it stands: the mean way in the mode's colour over
 * some single ones. The robot is in the middle of what is shown and points up.
 */
public final class MotionPainter {
    private static final int EDGE = ScenePainter.EDGE;
    private static final int INSET = 10;
    private static final float TEXT = 12;
    private static final double ROBOT = 8;
    private static final double SOME_OPACITY = 0.6;

    /** Room around the farthest place, as a share of its distance. */
    private static final double MARGIN = 0.1;

    private final Graphics2D graphics;
    private final double scale;

    private MotionPainter(Graphics2D graphics, double reach) {
        this.graphics = graphics;
        scale = EDGE / 2.0 / reach;
    }

    /** How far from the robot pictures must reach to hold these motions, in m. */
    public static double reach(List<MeanMotion> motions) {
        double farthest = Float.MIN_NORMAL;
        for (MeanMotion motion : motions) {
            for (int i = 0; i < motion.someX().length; i++) {
                for (int t = 0; t < motion.someX()[i].length; t++) {
                    farthest = Math.max(farthest, Math.abs(motion.someX()[i][t]));
                    farthest = Math.max(farthest, Math.abs(motion.someY()[i][t]));
                }
            }
        }
        return (1 + MARGIN) * farthest;
    }

    /**
     * One picture.
     *
     * @param reach from the middle to the edge, in m; pictures that are compared share it
     * @param mode whose colour it is drawn in
     */
    public static Picture paint(double reach, int mode, MeanMotion motion) {
        return Canvas.draw(
                EDGE,
                EDGE,
                graphics -> {
                    MotionPainter painter = new MotionPainter(graphics, reach);
                    painter.ground();
                    Color color = Palette.mode(mode);
                    for (int i = 0; i < motion.someX().length; i++) {
                        painter.path(
                                motion.someX()[i],
                                motion.someY()[i],
                                1.1f,
                                Palette.mixIntoGround(color, SOME_OPACITY));
                    }
                    painter.path(motion.x(), motion.y(), 3.5f, color);
                    painter.robot();
                    painter.scaleBar(reach);
                });
    }

    private void ground() {
        graphics.setColor(Palette.GROUND);
        graphics.fillRect(0, 0, EDGE, EDGE);
        graphics.setColor(Palette.GRID);
        graphics.setStroke(new BasicStroke(1));
        graphics.draw(new Line2D.Double(0, EDGE / 2.0, EDGE, EDGE / 2.0));
        graphics.draw(new Line2D.Double(EDGE / 2.0, 0, EDGE / 2.0, EDGE));
    }

    /** Ahead is up, so what is to the left is on the left. */
    private void path(float[] ahead, float[] left, float width, Color color) {
        Path2D path = new Path2D.Double();
        path.moveTo(px(left[0]), py(ahead[0]));
        for (int t = 1; t < ahead.length; t++) {
            path.lineTo(px(left[t]), py(ahead[t]));
        }
        graphics.setColor(color);
        graphics.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(path);
        int last = ahead.length - 1;
        graphics.fill(
                new Ellipse2D.Double(
                        px(left[last]) - width, py(ahead[last]) - width, 2 * width, 2 * width));
    }

    private double px(double left) {
        return EDGE / 2.0 - left * scale;
    }

    private double py(double ahead) {
        return EDGE / 2.0 - ahead * scale;
    }

    private void robot() {
        double middle = EDGE / 2.0;
        Path2D arrow = new Path2D.Double();
        arrow.moveTo(middle, middle - ROBOT);
        arrow.lineTo(middle - ROBOT / 2, middle + ROBOT / 2);
        arrow.lineTo(middle, middle + ROBOT / 6);
        arrow.lineTo(middle + ROBOT / 2, middle + ROBOT / 2);
        arrow.closePath();
        graphics.setColor(Palette.GROUND);
        graphics.setStroke(new BasicStroke(3));
        graphics.draw(arrow);
        graphics.setColor(Palette.INK);
        graphics.fill(arrow);
    }

    /** A length of 1, 2 or 5 times a power of ten, at most half of what is shown to one side. */
    private void scaleBar(double reach) {
        double most = reach / 2;
        double length = Math.pow(10, Math.floor(Math.log10(most)));
        length *= most >= 5 * length ? 5 : most >= 2 * length ? 2 : 1;
        double y = EDGE - INSET;
        graphics.setColor(Palette.INK);
        graphics.setFont(Palette.font(TEXT));
        graphics.setStroke(new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        graphics.draw(new Line2D.Double(INSET, y, INSET + length * scale, y));
        String text = length < 1 ? (float) length + " m" : (int) length + " m";
        graphics.drawString(text, (float) (INSET + length * scale + 6), (float) (y + 4));
    }
}
