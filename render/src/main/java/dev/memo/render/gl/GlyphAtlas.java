package dev.memo.render.gl;

import dev.memo.render.canvas.Glyphs.Glyph;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.Map;
import org.lwjgl.opengl.GL33C;

/** One texture with every letter that was drawn so far, row by row. Starts anew when it is full. */
final class GlyphAtlas implements AutoCloseable {
    private static final int SIDE = 1024;

    private final int texture;
    private final Map<Glyph, Place> places = new IdentityHashMap<>();
    private int nextX;
    private int nextY;
    private int rowHeight;

    /** Where a letter's left upper texel is. */
    record Place(int left, int top) {}

    GlyphAtlas() {
        texture = GL33C.glGenTextures();
        bind();
        GL33C.glTexImage2D(
                GL33C.GL_TEXTURE_2D,
                0,
                GL33C.GL_R8,
                SIDE,
                SIDE,
                0,
                GL33C.GL_RED,
                GL33C.GL_UNSIGNED_BYTE,
                (ByteBuffer) null);
        GL33C.glTexParameteri(GL33C.GL_TEXTURE_2D, GL33C.GL_TEXTURE_MIN_FILTER, GL33C.GL_NEAREST);
        GL33C.glTexParameteri(GL33C.GL_TEXTURE_2D, GL33C.GL_TEXTURE_MAG_FILTER, GL33C.GL_NEAREST);
    }

    void bind() {
        GL33C.glActiveTexture(GL33C.GL_TEXTURE0);
        GL33C.glBindTexture(GL33C.GL_TEXTURE_2D, texture);
    }

    /** Puts the letter into the texture unless it is there. */
    Place place(Glyph glyph) {
        Place place = places.get(glyph);
        if (place == null) {
            place = added(glyph);
            places.put(glyph, place);
        }
        return place;
    }

    private Place added(Glyph glyph) {
        if (nextX + glyph.width() > SIDE) {
            nextX = 0;
            nextY += rowHeight;
            rowHeight = 0;
        }
        if (nextY + glyph.height() > SIDE) {
            // Letters of this picture that stand there already are drawn wrong once.
            places.clear();
            nextX = 0;
            nextY = 0;
            rowHeight = 0;
        }
        Place place = new Place(nextX, nextY);
        nextX += glyph.width();
        rowHeight = Math.max(rowHeight, glyph.height());
        bind();
        GL33C.glPixelStorei(GL33C.GL_UNPACK_ALIGNMENT, 1);
        ByteBuffer pixels =
                ByteBuffer.allocateDirect(glyph.coverage().length).put(glyph.coverage()).flip();
        GL33C.glTexSubImage2D(
                GL33C.GL_TEXTURE_2D,
                0,
                place.left(),
                place.top(),
                glyph.width(),
                glyph.height(),
                GL33C.GL_RED,
                GL33C.GL_UNSIGNED_BYTE,
                pixels);
        return place;
    }

    @Override
    public void close() {
        GL33C.glDeleteTextures(texture);
    }
}
