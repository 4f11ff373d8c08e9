package dev.memo.render.gl;

import dev.memo.base.InputException;
import dev.memo.render.canvas.Canvas;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.lwjgl.PointerBuffer;
import org.lwjgl.glfw.Callbacks;
import org.lwjgl.glfw.GLFW;
import org.lwjgl.glfw.GLFWVidMode;
import org.lwjgl.opengl.GL;
import org.lwjgl.opengl.GL33C;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.system.Platform;

/**
 * A window on the screen. Belongs to the process's first thread, which alone may call it. Its
 * canvas follows the window's size and the screen's density.
 */
public final class Window implements AutoCloseable {
    private static final int MAJOR = 3;
    private static final int MINOR = 3;

    /** Frames per second of a screen that does not tell. */
    private static final int USUAL_RATE = 60;

    /** Smaller windows show nothing that can be read. */
    private static final int LEAST_WIDTH = 320;

    private static final int LEAST_HEIGHT = 240;

    /** Keys that count again and again while they are held. */
    private static final Set<Key> REPEATED = EnumSet.of(Key.RIGHT, Key.UP, Key.DOWN, Key.N, Key.P);

    private final long handle;
    private final GlCanvas canvas;
    private final long frameNanos;
    private long nextFrame;

    /** Keys that mean something, by their place on a US keyboard. */
    public enum Key {
        ZERO(GLFW.GLFW_KEY_0),
        ONE(GLFW.GLFW_KEY_1),
        TWO(GLFW.GLFW_KEY_2),
        THREE(GLFW.GLFW_KEY_3),
        FOUR(GLFW.GLFW_KEY_4),
        FIVE(GLFW.GLFW_KEY_5),
        SIX(GLFW.GLFW_KEY_6),
        SEVEN(GLFW.GLFW_KEY_7),
        EIGHT(GLFW.GLFW_KEY_8),
        NINE(GLFW.GLFW_KEY_9),
        SPACE(GLFW.GLFW_KEY_SPACE),
        RIGHT(GLFW.GLFW_KEY_RIGHT),
        UP(GLFW.GLFW_KEY_UP),
        DOWN(GLFW.GLFW_KEY_DOWN),
        A(GLFW.GLFW_KEY_A),
        D(GLFW.GLFW_KEY_D),
        F(GLFW.GLFW_KEY_F),
        H(GLFW.GLFW_KEY_H),
        N(GLFW.GLFW_KEY_N),
        P(GLFW.GLFW_KEY_P),
        R(GLFW.GLFW_KEY_R),
        S(GLFW.GLFW_KEY_S),
        T(GLFW.GLFW_KEY_T),
        V(GLFW.GLFW_KEY_V),
        W(GLFW.GLFW_KEY_W),
        ESCAPE(GLFW.GLFW_KEY_ESCAPE);

        private final int code;

        Key(int code) {
            this.code = code;
        }
    }

    /**
     * Opens it.
     *
     * @param width in points
     * @param height in points
     * @param pressed takes each key as it goes down, and those for steps, speed and worlds again
     *     while they are held; while events are looked at
     * @throws InputException if there is no screen, or no OpenGL 3.3 on it
     */
    public Window(String title, int width, int height, Consumer<Key> pressed) {
        Lwjgl.quiet();
        initialise();
        GLFW.glfwWindowHint(GLFW.GLFW_CONTEXT_VERSION_MAJOR, MAJOR);
        GLFW.glfwWindowHint(GLFW.GLFW_CONTEXT_VERSION_MINOR, MINOR);
        GLFW.glfwWindowHint(GLFW.GLFW_OPENGL_PROFILE, GLFW.GLFW_OPENGL_CORE_PROFILE);
        GLFW.glfwWindowHint(GLFW.GLFW_OPENGL_FORWARD_COMPAT, GLFW.GLFW_TRUE);
        GLFW.glfwWindowHint(GLFW.GLFW_SCALE_TO_MONITOR, GLFW.GLFW_TRUE);
        handle = GLFW.glfwCreateWindow(width, height, title, MemoryUtil.NULL, MemoryUtil.NULL);
        if (handle == MemoryUtil.NULL) {
            String error = error();
            GLFW.glfwTerminate();
            throw new InputException("the screen has no OpenGL 3.3: " + error);
        }
        GLFW.glfwSetWindowSizeLimits(
                handle, LEAST_WIDTH, LEAST_HEIGHT, GLFW.GLFW_DONT_CARE, GLFW.GLFW_DONT_CARE);
        GLFW.glfwSetKeyCallback(
                handle,
                (_, code, _, action, _) -> {
                    for (Key key : Key.values()) {
                        boolean again = action == GLFW.GLFW_REPEAT && REPEATED.contains(key);
                        if (key.code == code && (action == GLFW.GLFW_PRESS || again)) {
                            pressed.accept(key);
                        }
                    }
                });
        try {
            GLFW.glfwMakeContextCurrent(handle);
            GL.createCapabilities();
            GLFW.glfwSwapInterval(1);
            canvas = new GlCanvas();
        } catch (IllegalStateException e) {
            destroy();
            throw new InputException("the screen's OpenGL does not work: " + e.getMessage(), e);
        }
        frameNanos = 1_000_000_000L / rate();
    }

    private static int rate() {
        long monitor = GLFW.glfwGetPrimaryMonitor();
        GLFWVidMode mode = monitor == MemoryUtil.NULL ? null : GLFW.glfwGetVideoMode(monitor);
        return mode == null || mode.refreshRate() == 0 ? USUAL_RATE : mode.refreshRate();
    }

    private static void initialise() {
        try {
            // Errors are asked for where they matter.
            GLFW.glfwSetErrorCallback(null);
            if (Platform.get() == Platform.LINUX && System.getenv("WAYLAND_DISPLAY") == null) {
                // Looking for Wayland where it is not makes its library complain.
                GLFW.glfwInitHint(GLFW.GLFW_PLATFORM, GLFW.GLFW_PLATFORM_X11);
            }
            if (!GLFW.glfwInit()) {
                throw new InputException("no screen to open a window on: " + error());
            }
        } catch (LinkageError | IllegalStateException e) {
            throw new InputException("no screen to open a window on: " + e.getMessage(), e);
        }
    }

    private static String error() {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer description = stack.mallocPointer(1);
            int code = GLFW.glfwGetError(description);
            return code == GLFW.GLFW_NO_ERROR ? "unknown" : description.getStringUTF8(0);
        }
    }

    /** Whether somebody wants it closed. */
    public boolean closing() {
        return GLFW.glfwWindowShouldClose(handle);
    }

    /** Wants it closed. */
    public void requestClose() {
        GLFW.glfwSetWindowShouldClose(handle, true);
    }

    /** Whether a key is down. */
    public boolean held(Key key) {
        return GLFW.glfwGetKey(handle, key.code) == GLFW.GLFW_PRESS;
    }

    /**
     * Shows the next frame and looks at events; waits for the screen, or, where that does not make
     * anybody wait, as long as a frame of it would take.
     *
     * @param drawing draws all of it
     */
    public void show(Consumer<Canvas> drawing) {
        draw(drawing);
        GLFW.glfwSwapBuffers(handle);
        GLFW.glfwPollEvents();
        long now = System.nanoTime();
        if (now < nextFrame) {
            LockSupport.parkNanos(nextFrame - now);
            now = System.nanoTime();
        }
        // A little early rather than late: the screen makes us wait for the rest.
        nextFrame = now + frameNanos - frameNanos / 16;
    }

    /** What it would show, as a picture. */
    public BufferedImage picture(Consumer<Canvas> drawing) {
        int[] size = draw(drawing);
        return Pixels.read(size[0], size[1]);
    }

    /** Width and height in pixels of what was drawn. */
    private int[] draw(Consumer<Canvas> drawing) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer width = stack.mallocInt(1);
            IntBuffer height = stack.mallocInt(1);
            GLFW.glfwGetFramebufferSize(handle, width, height);
            FloatBuffer scale = stack.mallocFloat(1);
            GLFW.glfwGetWindowContentScale(handle, scale, stack.mallocFloat(1));
            // A window that is put away has no pixels.
            int[] size = {Math.max(1, width.get(0)), Math.max(1, height.get(0))};
            GL33C.glBindFramebuffer(GL33C.GL_FRAMEBUFFER, 0);
            canvas.begin(size[0], size[1], scale.get(0));
            drawing.accept(canvas);
            canvas.end();
            return size;
        }
    }

    @Override
    public void close() {
        canvas.close();
        destroy();
    }

    private void destroy() {
        GL.setCapabilities(null);
        Callbacks.glfwFreeCallbacks(handle);
        GLFW.glfwDestroyWindow(handle);
        GLFW.glfwTerminate();
    }
}
