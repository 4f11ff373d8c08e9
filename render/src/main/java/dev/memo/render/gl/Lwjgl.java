package dev.memo.render.gl;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.lwjgl.system.Configuration;

/** LWJGL's settings, which count before its first use. */
final class Lwjgl {
    private Lwjgl() {}

    /** What it would print of libraries that are missing is in our own errors. */
    static void quiet() {
        OutputStream nowhere = OutputStream.nullOutputStream();
        Configuration.DEBUG_STREAM.set(new PrintStream(nowhere, false, StandardCharsets.UTF_8));
    }
}
