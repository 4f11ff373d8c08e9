package dev.memo.app.picture;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Puts labels beside marks, where they cover as little as possible. */
final class Labels {
    /** From a mark's middle to its label. */
    private static final double GAP = 7;

    private final Graphics2D graphics;
    private final double pictureWidth;
    private final double pictureHeight;
    private final List<Rectangle2D> taken = new ArrayList<>();

    /** Into a picture of that size. */
    Labels(Graphics2D graphics, double pictureWidth, double pictureHeight) {
        this.graphics = graphics;
        this.pictureWidth = pictureWidth;
        this.pictureHeight = pictureHeight;
    }

    /** Keeps labels away from a place, as far as that is possible. */
    void take(Rectangle2D place) {
        taken.add(place);
    }

    /**
     * Beside, above or below its mark: the first place that is free, else the freest. Font and
     * colour are the picture's.
     *
     * @param markX of the mark's middle
     * @param markY of the mark's middle
     */
    void draw(String text, double markX, double markY) {
        double width = graphics.getFontMetrics().stringWidth(text);
        double height = graphics.getFontMetrics().getAscent();
        double y = markY - height / 2;
        double[][] places = {
            {markX + GAP, y},
            {markX - GAP - width, y},
            {markX - width / 2, y - GAP - height / 2},
            {markX - width / 2, y + GAP + height / 2},
            {markX + GAP / 2, y - GAP - height / 2},
            {markX - GAP / 2 - width, y - GAP - height / 2},
            {markX + GAP / 2, y + GAP + height / 2},
            {markX - GAP / 2 - width, y + GAP + height / 2}
        };
        Rectangle2D best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double[] place : places) {
            Rectangle2D box = new Rectangle2D.Double(place[0], place[1], width, height);
            double covered = covered(box);
            if (covered < least) {
                least = covered;
                best = box;
            }
        }
        taken.add(best);
        graphics.drawString(text, (float) best.getX(), (float) (best.getMaxY() - 1));
    }

    /** Square pixels of a place that are taken or off the picture. */
    private double covered(Rectangle2D box) {
        Rectangle2D inside =
                box.createIntersection(new Rectangle2D.Double(0, 0, pictureWidth, pictureHeight));
        double covered = area(box) - area(inside);
        for (Rectangle2D other : taken) {
            covered += area(box.createIntersection(other));
        }
        return covered;
    }

    private static double area(Rectangle2D box) {
        return Math.max(0, box.getWidth()) * Math.max(0, box.getHeight());
    }
}
