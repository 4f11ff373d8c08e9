package dev.memo.app.picture;

import java.util.Base64;

/**
 * A PNG file in memory.
 *
 * @param width of the picture on a page, in CSS pixels
 * @param height likewise
 * @param png the file's bytes
 */
public record Picture(int width, int height, byte[] png) {
    /** The picture as an address that a page can hold in itself. */
    public String dataUri() {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
