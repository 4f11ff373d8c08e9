package dev.memo.render.film;

import java.awt.image.BufferedImage;

/**
 * Takes pictures of one size, one after the other, each shown equally long. Closing it makes the
 * file; what is not closed leaves none.
 */
public interface Film extends AutoCloseable {
    /** The next picture; it is not kept. */
    void add(BufferedImage picture);

    @Override
    void close();
}
