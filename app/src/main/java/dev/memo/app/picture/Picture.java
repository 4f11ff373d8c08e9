package dev.memo.app.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A PNG file in memory.
 *
 * @param width of the picture on a page, in CSS pixels
 * @param height likewise
 * @param png the file's bytes
 */
public record Picture(int width, int height, byte[] png) {
    /** This picture and another one of the same width below it. */
    public Picture above(Picture other) {
        return Canvas.draw(
                width,
                height + other.height,
                graphics -> {
                    graphics.drawImage(image(), 0, 0, width, height, null);
                    graphics.drawImage(other.image(), 0, height, other.width, other.height, null);
                });
    }

    /**
     * Pictures of one size, row by row.
     *
     * @param pictures at least one
     * @param columns in a row, at most
     */
    public static Picture grid(List<Picture> pictures, int columns) {
        int width = pictures.getFirst().width;
        int height = pictures.getFirst().height;
        int wide = width * Math.min(columns, pictures.size());
        int high = height * Math.ceilDiv(pictures.size(), columns);
        return Canvas.draw(
                wide,
                high,
                graphics -> {
                    graphics.setColor(Palette.GROUND);
                    graphics.fillRect(0, 0, wide, high);
                    for (int i = 0; i < pictures.size(); i++) {
                        int x = i % columns * width;
                        int y = i / columns * height;
                        graphics.drawImage(pictures.get(i).image(), x, y, width, height, null);
                    }
                });
    }

    private BufferedImage image() {
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The picture as an address that a page can hold in itself. */
    public String dataUri() {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
