package dev.memo.render.gl;

import dev.memo.render.canvas.Canvas;
import dev.memo.render.canvas.Glyphs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.lwjgl.opengl.GL33C;

/**
 * A canvas on the current OpenGL framebuffer. Shapes and letters are collected as instances of one
 * rectangle and drawn by one call, in their order; the fragment shader finds edges by signed
 * distances. Belongs to the thread of its context.
 */
final class GlCanvas implements Canvas, AutoCloseable {
    /** Four vectors of four floats and two colours of four bytes. */
    private static final int INSTANCE = 4 * 4 * Float.BYTES + 2 * Integer.BYTES;

    private static final int VECTORS = 4;
    private static final int COLORS = 2;

    private final int program;
    private final int sizeUniform;
    private final int vertices;
    private final int instances;
    private final GlyphAtlas atlas = new GlyphAtlas();
    private final Glyphs glyphs = new Glyphs();

    private ByteBuffer shapes = buffer(1 << 16);
    private int width;
    private int height;
    private double density;
    private int background;
    private float clipLeft;
    private float clipTop;
    private float clipRight;
    private float clipBottom;

    /** Needs a current context of OpenGL 3.3. */
    GlCanvas() {
        program = program();
        sizeUniform = GL33C.glGetUniformLocation(program, "size");
        vertices = GL33C.glGenVertexArrays();
        instances = GL33C.glGenBuffers();
        GL33C.glBindVertexArray(vertices);
        GL33C.glBindBuffer(GL33C.GL_ARRAY_BUFFER, instances);
        for (int i = 0; i < VECTORS; i++) {
            attribute(i, GL33C.GL_FLOAT, i * 4L * Float.BYTES);
        }
        for (int i = 0; i < COLORS; i++) {
            long offset = VECTORS * 4L * Float.BYTES + (long) i * Integer.BYTES;
            attribute(VECTORS + i, GL33C.GL_UNSIGNED_BYTE, offset);
        }
    }

    private static void attribute(int index, int type, long offset) {
        boolean normalised = type == GL33C.GL_UNSIGNED_BYTE;
        GL33C.glEnableVertexAttribArray(index);
        GL33C.glVertexAttribPointer(index, 4, type, normalised, INSTANCE, offset);
        GL33C.glVertexAttribDivisor(index, 1);
    }

    private static int program() {
        int program = GL33C.glCreateProgram();
        int vertex = shader(GL33C.GL_VERTEX_SHADER, "shape.vert");
        int fragment = shader(GL33C.GL_FRAGMENT_SHADER, "shape.frag");
        GL33C.glAttachShader(program, vertex);
        GL33C.glAttachShader(program, fragment);
        GL33C.glLinkProgram(program);
        if (GL33C.glGetProgrami(program, GL33C.GL_LINK_STATUS) != GL33C.GL_TRUE) {
            throw new IllegalStateException("shape shaders: " + GL33C.glGetProgramInfoLog(program));
        }
        GL33C.glDeleteShader(vertex);
        GL33C.glDeleteShader(fragment);
        return program;
    }

    private static int shader(int type, String name) {
        int shader = GL33C.glCreateShader(type);
        GL33C.glShaderSource(shader, text(name));
        GL33C.glCompileShader(shader);
        if (GL33C.glGetShaderi(shader, GL33C.GL_COMPILE_STATUS) != GL33C.GL_TRUE) {
            throw new IllegalStateException(name + ": " + GL33C.glGetShaderInfoLog(shader));
        }
        return shader;
    }

    private static String text(String resource) {
        try (InputStream in = GlCanvas.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins a picture on the framebuffer that is bound. */
    void begin(int width, int height, double density) {
        this.width = width;
        this.height = height;
        this.density = density;
        clear(0);
        clipNothing();
    }

    /** Draws what was taken since the beginning. */
    void end() {
        GL33C.glViewport(0, 0, width, height);
        GL33C.glClearColor(part(16), part(8), part(0), 1);
        GL33C.glClear(GL33C.GL_COLOR_BUFFER_BIT);
        GL33C.glEnable(GL33C.GL_BLEND);
        GL33C.glBlendFunc(GL33C.GL_ONE, GL33C.GL_ONE_MINUS_SRC_ALPHA);
        int count = shapes.position() / INSTANCE;
        shapes.flip();
        GL33C.glBindVertexArray(vertices);
        GL33C.glBindBuffer(GL33C.GL_ARRAY_BUFFER, instances);
        GL33C.glBufferData(GL33C.GL_ARRAY_BUFFER, shapes, GL33C.GL_STREAM_DRAW);
        GL33C.glUseProgram(program);
        GL33C.glUniform2f(sizeUniform, width, height);
        atlas.bind();
        GL33C.glDrawArraysInstanced(GL33C.GL_TRIANGLE_STRIP, 0, 4, count);
    }

    @Override
    public double width() {
        return width / density;
    }

    @Override
    public double height() {
        return height / density;
    }

    /** Much faster than a rectangle where a processor draws. */
    @Override
    public void clear(int color) {
        shapes.clear();
        background = color;
    }

    @Override
    public void clip(double left, double top, double width, double height) {
        clipLeft = Math.round(left * density);
        clipTop = Math.round(top * density);
        clipRight = Math.round((left + width) * density);
        clipBottom = Math.round((top + height) * density);
    }

    @Override
    public void box(
            double x,
            double y,
            double halfWidth,
            double halfHeight,
            double angle,
            double corner,
            int fill,
            double border,
            int edge) {
        put(x * density, y * density, halfWidth * density, halfHeight * density);
        float cos = angle == 0 ? 1 : (float) Math.cos(angle);
        float sin = angle == 0 ? 0 : (float) Math.sin(angle);
        put(cos, sin, corner * density, border * density);
        put(clipLeft, clipTop, clipRight, clipBottom);
        put(0, 0, 0, 0);
        putColor(fill);
        putColor(edge);
    }

    @Override
    public void text(String text, double x, double y, double size, int color) {
        glyphs.layOut(
                text,
                (int) Math.round(x * density),
                (int) Math.round(y * density),
                (int) Math.round(size * density),
                (glyph, left, top) -> {
                    GlyphAtlas.Place place = atlas.place(glyph);
                    double halfWidth = glyph.width() / 2.0;
                    double halfHeight = glyph.height() / 2.0;
                    put(left + halfWidth, top + halfHeight, halfWidth, halfHeight);
                    put(1, 0, 0, 0);
                    put(clipLeft, clipTop, clipRight, clipBottom);
                    put(place.left(), place.top(), glyph.width(), glyph.height());
                    putColor(color);
                    putColor(0);
                });
    }

    @Override
    public double textWidth(String text, double size) {
        return glyphs.width(text, (int) Math.round(size * density)) / density;
    }

    private void put(double a, double b, double c, double d) {
        if (shapes.remaining() < INSTANCE) {
            shapes.flip();
            shapes = buffer(2 * shapes.capacity()).put(shapes);
        }
        shapes.putFloat((float) a).putFloat((float) b).putFloat((float) c).putFloat((float) d);
    }

    private float part(int shift) {
        return (background >>> shift & 0xFF) / 255f;
    }

    /** OpenGL reads red first. */
    private void putColor(int color) {
        shapes.put((byte) (color >>> 16));
        shapes.put((byte) (color >>> 8));
        shapes.put((byte) color);
        shapes.put((byte) (color >>> 24));
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        atlas.close();
        GL33C.glDeleteBuffers(instances);
        GL33C.glDeleteVertexArrays(vertices);
        GL33C.glDeleteProgram(program);
    }
}
