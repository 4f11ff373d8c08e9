package dev.memo.render.canvas;

import java.awt.image.BufferedImage;
import java.util.function.Consumer;

/** Makes pictures of one size without a window. */
public interface Renderer extends AutoCloseable {
    /** What draws, for people: the name of the OpenGL device, or Java2D. */
    String description();

    /**
     * A picture of its own.
     *
     * @param drawing draws all of it
     */
    BufferedImage render(Consumer<Canvas> drawing);

    @Override
    void close();
}
