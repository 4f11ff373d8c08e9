package dev.memo.render.canvas;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;

/** A canvas in memory, drawn by Java2D: needs neither a screen nor OpenGL. */
final class ImageCanvas implements Canvas {
    private final BufferedImage image;
    private final int[] pixels;
    private final Graphics2D graphics;
    private final double density;
    private final Glyphs glyphs;
    private Rectangle clip;

    /** A canvas on an image of type INT_RGB, all of which is drawn. */
    ImageCanvas(BufferedImage image, double density, Glyphs glyphs) {
        this.image = image;
        pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        this.density = density;
        this.glyphs = glyphs;
        graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setComposite(AlphaComposite.SrcOver);
        clip = new Rectangle(image.getWidth(), image.getHeight());
    }

    @Override
    public double width() {
        return image.getWidth() / density;
    }

    @Override
    public double height() {
        return image.getHeight() / density;
    }

    @Override
    public void clear(int color) {
        Arrays.fill(pixels, color & 0xFFFFFF);
    }

    @Override
    public void clip(double left, double top, double width, double height) {
        int x = (int) Math.round(left * density);
        int y = (int) Math.round(top * density);
        int right = (int) Math.round((left + width) * density);
        int bottom = (int) Math.round((top + height) * density);
        clip =
                new Rectangle(x, y, right - x, bottom - y)
                        .intersection(new Rectangle(image.getWidth(), image.getHeight()));
        graphics.setClip(clip);
    }

    @Override
    public void box(
            double x,
            double y,
            double halfWidth,
            double halfHeight,
            double angle,
            double corner,
            int fill,
            double border,
            int edge) {
        AffineTransform place = AffineTransform.getTranslateInstance(x * density, y * density);
        place.rotate(-angle);
        place.scale(density, density);
        if (fill >>> 24 != 0) {
            graphics.setColor(new Color(fill, true));
            graphics.fill(shape(place, halfWidth - border, halfHeight - border, corner - border));
        }
        if (border > 0 && edge >>> 24 != 0) {
            double half = border / 2;
            graphics.setColor(new Color(edge, true));
            graphics.setStroke(
                    new BasicStroke(
                            (float) (border * density),
                            BasicStroke.CAP_BUTT,
                            BasicStroke.JOIN_MITER));
            graphics.draw(shape(place, halfWidth - half, halfHeight - half, corner - half));
        }
    }

    private static Shape shape(
            AffineTransform place, double halfWidth, double halfHeight, double corner) {
        double width = 2 * halfWidth;
        double height = 2 * halfHeight;
        double round = 2 * Math.max(0, corner);
        Shape flat =
                round >= width && round >= height
                        ? new Ellipse2D.Double(-halfWidth, -halfHeight, width, height)
                        : round > 0
                                ? new RoundRectangle2D.Double(
                                        -halfWidth, -halfHeight, width, height, round, round)
                                : new Rectangle2D.Double(-halfWidth, -halfHeight, width, height);
        return place.createTransformedShape(flat);
    }

    @Override
    public void text(String text, double x, double y, double size, int color) {
        glyphs.layOut(
                text,
                (int) Math.round(x * density),
                (int) Math.round(y * density),
                (int) Math.round(size * density),
                (glyph, left, top) -> drawGlyph(glyph, left, top, color));
    }

    private void drawGlyph(Glyphs.Glyph glyph, int left, int top, int color) {
        int fromX = Math.max(left, clip.x);
        int toX = Math.min(left + glyph.width(), clip.x + clip.width);
        int fromY = Math.max(top, clip.y);
        int toY = Math.min(top + glyph.height(), clip.y + clip.height);
        for (int y = fromY; y < toY; y++) {
            for (int x = fromX; x < toX; x++) {
                int coverage = glyph.coverage()[(y - top) * glyph.width() + x - left] & 0xFF;
                if (coverage > 0) {
                    int at = y * image.getWidth() + x;
                    double share = (color >>> 24) / 255.0 * coverage / 255.0;
                    pixels[at] = Colors.mix(pixels[at], color, share);
                }
            }
        }
    }

    @Override
    public double textWidth(String text, double size) {
        return glyphs.width(text, (int) Math.round(size * density)) / density;
    }

    /** Nothing more is drawn. */
    void finish() {
        graphics.dispose();
    }
}
