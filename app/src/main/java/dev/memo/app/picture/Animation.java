package dev.memo.app.picture;

import java.util.Base64;

/**
 * A GIF file in memory, which moves, and what stands for it where nothing should move.
 *
 * @param still its last picture, of the same size
 * @param gif the file's bytes
 */
public record Animation(Picture still, byte[] gif) {
    /** The animation as an address that a page can hold in itself. */
    public String dataUri() {
        return "data:image/gif;base64," + Base64.getEncoder().encodeToString(gif);
    }
}
