package dev.memo.app.picture;

import dev.memo.base.InputException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** Draws a picture of so many CSS pixels with two dots for each. */
final class Canvas {
    /** Dots per CSS pixel. */
    static final int DENSITY = 2;

    private Canvas() {}

    /**
     * A finished picture.
     *
     * @param width in CSS pixels
     * @param height in CSS pixels
     * @param drawing draws in CSS pixels
     * @throws InputException if the machine has no font
     */
    static Picture draw(int width, int height, Consumer<Graphics2D> drawing) {
        BufferedImage image =
                new BufferedImage(width * DENSITY, height * DENSITY, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(DENSITY, DENSITY);
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        requireFont(graphics);
        drawing.accept(graphics);
        graphics.dispose();
        return new Picture(width, height, png(image));
    }

    /** As a file. */
    static byte[] png(BufferedImage image) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }

    /** A JDK without fontconfig fails with an internal error at the first text. */
    private static void requireFont(Graphics2D graphics) {
        try {
            graphics.getFontMetrics(Palette.font(12)).stringWidth("m");
        } catch (RuntimeException | InternalError | LinkageError e) {
            throw new InputException(
                    "pictures need a font and Java finds none: install fontconfig and a font"
                            + " (Debian: apt-get install fontconfig fonts-dejavu-core)",
                    e);
        }
    }
}
