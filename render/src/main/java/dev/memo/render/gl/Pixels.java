package dev.memo.render.gl;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.lwjgl.opengl.GL33C;

/** Reads the framebuffer that is bound. */
final class Pixels {
    private Pixels() {}

    /** A picture of it, of type INT_RGB. */
    static BufferedImage read(int width, int height) {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(width * height * Integer.BYTES)
                        .order(ByteOrder.nativeOrder());
        GL33C.glPixelStorei(GL33C.GL_PACK_ALIGNMENT, 1);
        GL33C.glReadPixels(
                0, 0, width, height, GL33C.GL_BGRA, GL33C.GL_UNSIGNED_INT_8_8_8_8_REV, bytes);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] rows = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        IntBuffer numbers = bytes.asIntBuffer();
        for (int y = 0; y < height; y++) {
            // OpenGL's first row is the lowest.
            numbers.get((height - 1 - y) * width, rows, y * width, width);
        }
        return image;
    }
}
