package dev.memo.app.report;

import dev.memo.base.AtomicFiles;
import dev.memo.base.InputException;
import dev.memo.learner.control.ControlReport;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code control.json}: what is earned if modes are switched so that the mean cost keeps a limit.
 *
 * @param version of the file's form
 * @param report what was measured
 */
public record Control(int version, ControlReport report) {
    /** What this version writes and reads. */
    private static final int VERSION = 1;

    /** As this version writes it. */
    public static Control of(ControlReport report) {
        return new Control(VERSION, report);
    }

    private static Path file(Path run) {
        return run.resolve("control.json");
    }

    /** Writes the file into a run's folder; equal figures give equal bytes. */
    public void write(Path run) {
        AtomicFiles.writeText(file(run), RunFiles.json(this) + "\n");
    }

    /**
     * Reads the file in a run's folder, if it is there.
     *
     * @throws InputException if it is not what this version writes
     */
    static Optional<Control> read(Path run) {
        Optional<Control> read = RunFiles.read(file(run), Control.class, "figures of control");
        if (read.isPresent() && read.get().version != VERSION) {
            throw new InputException(
                    "%s: version %d: must be %d".formatted(file(run), read.get().version, VERSION));
        }
        return read;
    }
}
