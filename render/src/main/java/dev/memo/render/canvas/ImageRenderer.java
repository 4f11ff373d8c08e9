package dev.memo.render.canvas;

import java.awt.image.BufferedImage;
import java.util.function.Consumer;

/** Draws by Java2D, on every machine that has a font. */
public final class ImageRenderer implements Renderer {
    private final int width;
    private final int height;
    private final double density;
    private final Glyphs glyphs = new Glyphs();

    /**
     * Pictures of one size.
     *
     * @param width in pixels
     * @param height in pixels
     * @param density pixels of a point
     */
    public ImageRenderer(int width, int height, double density) {
        this.width = width;
        this.height = height;
        this.density = density;
    }

    @Override
    public String description() {
        return "Java2D";
    }

    @Override
    public BufferedImage render(Consumer<Canvas> drawing) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        ImageCanvas canvas = new ImageCanvas(image, density, glyphs);
        drawing.accept(canvas);
        canvas.finish();
        return image;
    }

    @Override
    public void close() {}
}
