package dev.memo.render.gl;

import java.nio.IntBuffer;
import org.lwjgl.PointerBuffer;
import org.lwjgl.egl.EGL;
import org.lwjgl.egl.EGL10;
import org.lwjgl.egl.EGL12;
import org.lwjgl.egl.EGL14;
import org.lwjgl.egl.EGL15;
import org.lwjgl.egl.EXTDeviceEnumeration;
import org.lwjgl.egl.EXTPlatformBase;
import org.lwjgl.egl.EXTPlatformDevice;
import org.lwjgl.opengl.GL;
import org.lwjgl.system.Configuration;
import org.lwjgl.system.MemoryStack;

/** A context of OpenGL 3.3 on an EGL device, current on the thread that opened it. */
final class EglContext implements AutoCloseable {
    private static final int MAJOR = 3;
    private static final int MINOR = 3;

    /** More devices are not looked at. */
    private static final int MOST_DEVICES = 16;

    private final long display;
    private long surface = EGL10.EGL_NO_SURFACE;
    private long context = EGL10.EGL_NO_CONTEXT;

    private EglContext(long display) {
        this.display = display;
    }

    /**
     * Opens one on the first device that has OpenGL 3.3.
     *
     * @throws IllegalStateException if none has; says why not
     * @throws LinkageError if there is no EGL
     */
    static EglContext open() {
        Lwjgl.quiet();
        Configuration.OPENGL_CONTEXT_API.set("EGL");
        EGL.getFunctionProvider();
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer devices = stack.mallocPointer(MOST_DEVICES);
            IntBuffer count = stack.mallocInt(1);
            require(
                    EGL.getCapabilities().eglQueryDevicesEXT != 0
                            && EXTDeviceEnumeration.eglQueryDevicesEXT(devices, count)
                            && count.get(0) > 0,
                    "EGL knows no device");
            IllegalStateException failure = null;
            for (int i = 0; i < count.get(0); i++) {
                try {
                    return open(devices.get(i), stack);
                } catch (IllegalStateException e) {
                    // A GPU that this user may not open; software is often the last device.
                    failure = e;
                }
            }
            throw failure;
        }
    }

    private static EglContext open(long device, MemoryStack stack) {
        long display =
                EXTPlatformBase.eglGetPlatformDisplayEXT(
                        EXTPlatformDevice.EGL_PLATFORM_DEVICE_EXT,
                        device,
                        stack.ints(EGL10.EGL_NONE));
        require(display != EGL14.EGL_NO_DISPLAY, "EGL's device has no display");
        require(
                EGL10.eglInitialize(display, stack.mallocInt(1), stack.mallocInt(1)),
                "EGL's device cannot be used");
        EglContext opened = new EglContext(display);
        try {
            opened.make(stack);
            return opened;
        } catch (IllegalStateException e) {
            opened.close();
            throw e;
        }
    }

    private void make(MemoryStack stack) {
        require(EGL.createDisplayCapabilities(display).EGL14, "EGL is older than 1.4");
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
        long config = configs.get(0);
        // What is drawn goes to a framebuffer; a context without any surface is not known to all.
        IntBuffer size = stack.ints(EGL10.EGL_WIDTH, 16, EGL10.EGL_HEIGHT, 16, EGL10.EGL_NONE);
        surface = EGL10.eglCreatePbufferSurface(display, config, size);
        require(surface != EGL10.EGL_NO_SURFACE, "EGL's device has no surface");
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
        context = EGL10.eglCreateContext(display, config, EGL10.EGL_NO_CONTEXT, version);
        require(context != EGL10.EGL_NO_CONTEXT, "EGL's device has no OpenGL 3.3");
        require(
                EGL10.eglMakeCurrent(display, surface, surface, context),
                "EGL's context cannot be used");
        GL.createCapabilities();
    }

    static void require(boolean held, String otherwise) {
        if (!held) {
            throw new IllegalStateException(otherwise);
        }
    }

    @Override
    public void close() {
        GL.setCapabilities(null);
        EGL10.eglMakeCurrent(
                display, EGL10.EGL_NO_SURFACE, EGL10.EGL_NO_SURFACE, EGL10.EGL_NO_CONTEXT);
        if (context != EGL10.EGL_NO_CONTEXT) {
            EGL10.eglDestroyContext(display, context);
        }
        if (surface != EGL10.EGL_NO_SURFACE) {
            EGL10.eglDestroySurface(display, surface);
        }
    }
}
