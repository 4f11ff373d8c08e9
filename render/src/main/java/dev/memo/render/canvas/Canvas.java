package dev.memo.render.canvas;

/**
 * Takes shapes and text, each over what was drawn before. Edges are smooth.
 *
 * <p>Lengths are in points from the left and upper edge, y downwards: a point is a pixel of an
 * ordinary screen, and more on one of high density. Angles are counter-clockwise as people see it.
 * Colours are 0xAARRGGBB, not premultiplied, mixed as they stand (in sRGB).
 */
public interface Canvas {
    /** Points from left to right. */
    double width();

    /** Points from top to bottom. */
    double height();

    /** Makes all of the canvas one colour, opaque, whatever was drawn and clipped before. */
    void clear(int color);

    /** Nothing is drawn outside of a rectangle from now on, which is rounded to pixels. */
    void clip(double left, double top, double width, double height);

    /** All of the canvas is drawn on again. */
    default void clipNothing() {
        clip(0, 0, width(), height());
    }

    /**
     * A rectangle, with round corners if wanted.
     *
     * @param x of its middle
     * @param y of its middle
     * @param halfWidth half its side along the angle
     * @param halfHeight half its other side
     * @param angle by which it is turned, in radians
     * @param corner the corners' radius, at most the lesser half side
     * @param fill colour within the border
     * @param border its width, inwards from the edge; 0 for none
     * @param edge colour of the border
     */
    void box(
            double x,
            double y,
            double halfWidth,
            double halfHeight,
            double angle,
            double corner,
            int fill,
            double border,
            int edge);

    /** A plain rectangle by its left upper corner. */
    default void rectangle(double left, double top, double width, double height, int fill) {
        box(left + width / 2, top + height / 2, width / 2, height / 2, 0, 0, fill, 0, 0);
    }

    /** A disc with a border. */
    default void disc(double x, double y, double radius, int fill, double border, int edge) {
        box(x, y, radius, radius, 0, radius, fill, border, edge);
    }

    /** A disc. */
    default void disc(double x, double y, double radius, int fill) {
        disc(x, y, radius, fill, 0, 0);
    }

    /** A line with round ends. */
    default void line(double x0, double y0, double x1, double y1, double width, int color) {
        double half = width / 2;
        double length = Math.hypot(x1 - x0, y1 - y0);
        box(
                (x0 + x1) / 2,
                (y0 + y1) / 2,
                length / 2 + half,
                half,
                Math.atan2(y0 - y1, x1 - x0),
                half,
                color,
                0,
                0);
    }

    /**
     * Text in one line.
     *
     * @param x of its left end
     * @param y of the line that the letters stand on
     * @param size of the font
     */
    void text(String text, double x, double y, double size, int color);

    /** How long a text is. */
    double textWidth(String text, double size);
}
