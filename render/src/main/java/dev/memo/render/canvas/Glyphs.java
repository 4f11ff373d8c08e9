package dev.memo.render.canvas;

import dev.memo.base.InputException;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.HashMap;
import java.util.Map;

/**
 * The letters of the machine's sans serif font as pixels, each drawn once. Every canvas takes them
 * from here, so that text looks the same on all.
 */
public final class Glyphs {
    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, false);

    private final Map<Key, Glyph> glyphs = new HashMap<>();

    private record Key(int codePoint, int size) {}

    /**
     * A letter.
     *
     * @param width of its picture in pixels; 0 for a space
     * @param height of its picture
     * @param left from the pen to the picture's left edge
     * @param top from the line that letters stand on up to the picture's upper edge
     * @param advance how far the pen moves on
     * @param coverage [height][width] 0 to 255
     */
    public record Glyph(int width, int height, int left, int top, int advance, byte[] coverage) {}

    /** Takes the pixels of a letter at its place. */
    @FunctionalInterface
    public interface Pen {
        /** A letter whose picture has its left upper pixel there. */
        void draw(Glyph glyph, int left, int top);
    }

    /** The length of a text in pixels. */
    public int width(String text, int size) {
        return text.codePoints().map(codePoint -> glyph(codePoint, size).advance).sum();
    }

    /**
     * Lays out a text.
     *
     * @param x pixel of its left end
     * @param y pixel of the line that the letters stand on
     * @param size of the font in pixels
     */
    public void layOut(String text, int x, int y, int size, Pen pen) {
        int at = x;
        for (int codePoint : text.codePoints().toArray()) {
            Glyph glyph = glyph(codePoint, size);
            if (glyph.width > 0) {
                pen.draw(glyph, at + glyph.left, y - glyph.top);
            }
            at += glyph.advance;
        }
    }

    private Glyph glyph(int codePoint, int size) {
        return glyphs.computeIfAbsent(new Key(codePoint, size), Glyphs::drawn);
    }

    private static Glyph drawn(Key key) {
        try {
            Font font = new Font(Font.SANS_SERIF, Font.PLAIN, key.size);
            GlyphVector vector = font.createGlyphVector(CONTEXT, Character.toString(key.codePoint));
            int advance = Math.round(vector.getGlyphMetrics(0).getAdvanceX());
            Rectangle2D bounds = vector.getVisualBounds();
            if (bounds.isEmpty()) {
                return new Glyph(0, 0, 0, 0, advance, new byte[0]);
            }
            int left = (int) Math.floor(bounds.getMinX()) - 1;
            int top = (int) Math.floor(bounds.getMinY()) - 1;
            int width = (int) Math.ceil(bounds.getMaxX()) + 1 - left;
            int height = (int) Math.ceil(bounds.getMaxY()) + 1 - top;
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
            Graphics2D graphics = image.createGraphics();
            graphics.setRenderingHint(
                    RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setColor(Color.WHITE);
            graphics.fill(vector.getOutline(-left, -top));
            graphics.dispose();
            byte[] coverage = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
            return new Glyph(width, height, left, -top, advance, coverage);
        } catch (RuntimeException | InternalError | LinkageError e) {
            // A JDK without fontconfig fails with an internal error at the first text.
            throw new InputException(
                    "pictures need a font and Java finds none: install fontconfig and a font"
                            + " (Debian: apt-get install fontconfig fonts-dejavu-core)",
                    e);
        }
    }
}
