package dev.memo.render.gl;

import dev.memo.base.InputException;
import dev.memo.render.canvas.Canvas;
import dev.memo.render.canvas.Renderer;
import java.awt.image.BufferedImage;
import java.nio.IntBuffer;
import java.util.function.Consumer;
import org.lwjgl.PointerBuffer;
import org.lwjgl.egl.EGL;
import org.lwjgl.egl.EGL10;
import org.lwjgl.egl.EGL12;
import org.lwjgl.egl.EGL14;
import org.lwjgl.egl.EGL15;
import org.lwjgl.egl.EGLCapabilities;
import org.lwjgl.egl.EXTDeviceEnumeration;
import org.lwjgl.egl.EXTPlatformBase;
import org.lwjgl.egl.EXTPlatformDevice;
import org.lwjgl.opengl.GL;
import org.lwjgl.opengl.GL33C;
import org.lwjgl.system.Configuration;
import org.lwjgl.system.MemoryStack;

/**
 * Draws by OpenGL without a screen, on an EGL device: a GPU, or Mesa's llvmpipe. Belongs to the
 * thread that made it.
 */
public final class EglRenderer implements Renderer {
    private static final int MAJOR = 3;
    private static final int MINOR = 3;

    private final int width;
    private final int height;
    private final double density;
    private final long display;
    private final long context;
    private final long surface;
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
     * @throws InputException if the machine has no OpenGL 3.3 through EGL; says what is missing
     */
    public EglRenderer(int width, int height, double density) {
        this.width = width;
        this.height = height;
        this.density = density;
        Lwjgl.quiet();
        Configuration.OPENGL_CONTEXT_API.set("EGL");
        try (MemoryStack stack = MemoryStack.stackPush()) {
            display = display(stack);
            long config = config(stack);
            surface = surface(stack, config);
            context = context(stack, config);
            require(
                    EGL10.eglMakeCurrent(display, surface, surface, context),
                    "EGL's context cannot be used");
            GL.createCapabilities();
        } catch (LinkageError | NullPointerException | IllegalStateException e) {
            throw new InputException(
                    "no OpenGL without a screen: "
                            + e.getMessage()
                            + " (Debian: apt-get install libegl1 libgl1-mesa-dri)",
                    e);
        }
        description = GL33C.glGetString(GL33C.GL_RENDERER);
        canvas = new GlCanvas();
        framebuffer = GL33C.glGenFramebuffers();
        colors = GL33C.glGenRenderbuffers();
        GL33C.glBindRenderbuffer(GL33C.GL_RENDERBUFFER, colors);
        GL33C.glRenderbufferStorage(GL33C.GL_RENDERBUFFER, GL33C.GL_RGBA8, width, height);
        GL33C.glBindFramebuffer(GL33C.GL_FRAMEBUFFER, framebuffer);
        GL33C.glFramebufferRenderbuffer(
                GL33C.GL_FRAMEBUFFER, GL33C.GL_COLOR_ATTACHMENT0, GL33C.GL_RENDERBUFFER, colors);
    }

    /** The first device that there is. */
    private static long display(MemoryStack stack) {
        EGL.getFunctionProvider();
        PointerBuffer devices = stack.mallocPointer(1);
        IntBuffer count = stack.mallocInt(1);
        require(
                EXTDeviceEnumeration.eglQueryDevicesEXT(devices, count) && count.get(0) > 0,
                "EGL knows no device");
        long display =
                EXTPlatformBase.eglGetPlatformDisplayEXT(
                        EXTPlatformDevice.EGL_PLATFORM_DEVICE_EXT,
                        devices.get(0),
                        stack.ints(EGL10.EGL_NONE));
        IntBuffer major = stack.mallocInt(1);
        IntBuffer minor = stack.mallocInt(1);
        require(EGL10.eglInitialize(display, major, minor), "EGL's device cannot be used");
        EGLCapabilities capabilities = EGL.createDisplayCapabilities(display);
        require(capabilities.EGL14, "EGL is older than 1.4");
        return display;
    }

    private long config(MemoryStack stack) {
        PointerBuffer configs = stack.mallocPointer(1);
        IntBuffer count = stack.mallocInt(1);
        IntBuffer wanted =
                stack.ints(
                        EGL10.EGL_SURFACE_TYPE,
                        EGL10.EGL_PBUFFER_BIT,
                        EGL12.EGL_RENDERABLE_TYPE,
                        EGL14.EGL_OPENGL_BIT,
                        EGL10.EGL_NONE);
        require(
                EGL10.eglChooseConfig(display, wanted, configs, count) && count.get(0) > 0,
                "EGL's device has no OpenGL");
        return configs.get(0);
    }

    /** What is drawn goes to a framebuffer; a context without any surface is not known to all. */
    private long surface(MemoryStack stack, long config) {
        IntBuffer size = stack.ints(EGL10.EGL_WIDTH, 16, EGL10.EGL_HEIGHT, 16, EGL10.EGL_NONE);
        return EGL10.eglCreatePbufferSurface(display, config, size);
    }

    private long context(MemoryStack stack, long config) {
        EGL12.eglBindAPI(EGL14.EGL_OPENGL_API);
        IntBuffer version =
                stack.ints(
                        EGL15.EGL_CONTEXT_MAJOR_VERSION,
                        MAJOR,
                        EGL15.EGL_CONTEXT_MINOR_VERSION,
                        MINOR,
                        EGL15.EGL_CONTEXT_OPENGL_PROFILE_MASK,
                        EGL15.EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                        EGL10.EGL_NONE);
        long made = EGL10.eglCreateContext(display, config, EGL10.EGL_NO_CONTEXT, version);
        require(made != EGL10.EGL_NO_CONTEXT, "EGL's device has no OpenGL 3.3");
        return made;
    }

    private static void require(boolean held, String otherwise) {
        if (!held) {
            throw new IllegalStateException(otherwise);
        }
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
        GL.setCapabilities(null);
        EGL10.eglMakeCurrent(
                display, EGL10.EGL_NO_SURFACE, EGL10.EGL_NO_SURFACE, EGL10.EGL_NO_CONTEXT);
        EGL10.eglDestroyContext(display, context);
        EGL10.eglDestroySurface(display, surface);
    }
}
