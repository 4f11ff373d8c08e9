package dev.memo.app;

import dev.memo.base.InputException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file into which the launcher leads what the JVM itself writes to standard error, so that its
 * start-up warnings stay out of sight until a run fails. The launcher keeps the real standard error
 * open beside it, as another descriptor.
 */
final class JvmLog {
    private static final int STANDARD_ERROR = 2;
    private static final String EXPECTED = "WARNING: Using incubator modules: jdk.incubator.vector";

    private final Path file;

    private JvmLog(Path file) {
        this.file = file;
    }

    /**
     * Makes the real standard error the JVM's again. To open it by name instead would not do:
     * sockets refuse that, and files are then written at two places at once.
     *
     * @param file the log, null where nothing was led away
     * @param real the descriptor of the real standard error
     */
    @SuppressWarnings("restricted") // The launcher enables native access.
    static JvmLog open(String file, int real) {
        if (file == null) {
            return new JvmLog(null);
        }
        Linker linker = Linker.nativeLinker();
        MethodHandle dup2 =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("dup2"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            int copied = (int) dup2.invokeExact(real, STANDARD_ERROR);
            if (copied != STANDARD_ERROR) {
                throw new IllegalStateException("dup2 of descriptor " + real + " failed");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        return new JvmLog(Path.of(file));
    }

    /** Shows what the JVM wrote, if anything but that it starts with the Vector API. */
    void show(PrintStream err) {
        if (file == null || !Files.exists(file)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.equals(EXPECTED)) {
                    err.println(line);
                }
            }
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read: " + e, e);
        }
    }

    /** Removes the log. */
    void delete() {
        if (file != null) {
            // A log that stays behind harms nobody, and there is nobody left to tell.
            file.toFile().delete();
        }
    }
}
