package dev.memo.render.gl;

import dev.memo.base.InputException;
import dev.memo.render.canvas.Canvas;
import dev.memo.render.canvas.Renderer;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import org.lwjgl.opengl.GL33C;

/**
 * Draws by OpenGL without a screen, on an EGL device: a GPU, or Mesa's llvmpipe. Belongs to the
 * thread that made it.
 */
public final class EglRenderer implements Renderer {
    private final int width;
    private final int height;
    private final double density;
    private final EglContext context;
    private final String description;
    private final GlCanvas canvas;
    private final int framebuffer;
    private final int colors;

    /**
     * Pictures of one size.
     *
     * @param width in pixels
     * @param height in pixels
     * @param density pixels of a point
     * @throws InputException if the machine has no OpenGL 3.3 through EGL, or none for pictures of
     *     that size; says what is missing
     */
    public EglRenderer(int width, int height, double density) {
        this.width = width;
        this.height = height;
        this.density = density;
        try {
            context = EglContext.open();
        } catch (LinkageError | IllegalStateException e) {
            throw missing(e);
        }
        try {
            description = GL33C.glGetString(GL33C.GL_RENDERER);
            int most = GL33C.glGetInteger(GL33C.GL_MAX_RENDERBUFFER_SIZE);
            EglContext.require(
                    Math.max(width, height) <= most,
                    "%s draws at most %d pixels a side".formatted(description, most));
            canvas = new GlCanvas();
        } catch (IllegalStateException e) {
            context.close();
            throw missing(e);
        }
        framebuffer = GL33C.glGenFramebuffers();
        colors = GL33C.glGenRenderbuffers();
        GL33C.glBindRenderbuffer(GL33C.GL_RENDERBUFFER, colors);
        GL33C.glRenderbufferStorage(GL33C.GL_RENDERBUFFER, GL33C.GL_RGBA8, width, height);
        GL33C.glBindFramebuffer(GL33C.GL_FRAMEBUFFER, framebuffer);
        GL33C.glFramebufferRenderbuffer(
                GL33C.GL_FRAMEBUFFER, GL33C.GL_COLOR_ATTACHMENT0, GL33C.GL_RENDERBUFFER, colors);
        if (GL33C.glCheckFramebufferStatus(GL33C.GL_FRAMEBUFFER) != GL33C.GL_FRAMEBUFFER_COMPLETE) {
            close();
            throw new InputException(
                    "no OpenGL without a screen: %s cannot draw %d x %d pixels"
                            .formatted(description, width, height));
        }
    }

    private static InputException missing(Throwable e) {
        return new InputException(
                "no OpenGL without a screen: "
                        + e.getMessage()
                        + " (Debian: apt-get install libegl1 libgl1-mesa-dri)",
                e);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public BufferedImage render(Consumer<Canvas> drawing) {
        GL33C.glBindFramebuffer(GL33C.GL_FRAMEBUFFER, framebuffer);
        canvas.begin(width, height, density);
        drawing.accept(canvas);
        canvas.end();
        return Pixels.read(width, height);
    }

    @Override
    public void close() {
        canvas.close();
        GL33C.glDeleteRenderbuffers(colors);
        GL33C.glDeleteFramebuffers(framebuffer);
        context.close();
    }
}
