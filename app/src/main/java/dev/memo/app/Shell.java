package dev.memo.app;

import dev.memo.base.Progress;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;

/** What surrounds a command: where it speaks, and whether a person wants it to stop. */
final class Shell {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final BooleanSupplier stopRequested;
    private BarProgress bar;

    /**
     * A shell.
     *
     * @param out results go here
     * @param err progress and errors go here
     * @param terminal whether {@code err} is a terminal, where a bar can be drawn
     * @param stopRequested whether a person asked the work to stop
     */
    Shell(PrintStream out, PrintStream err, boolean terminal, BooleanSupplier stopRequested) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.stopRequested = stopRequested;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    /** How a command's work shows how far it is. */
    Progress progress(boolean quiet) {
        if (quiet) {
            return new QuietProgress(stopRequested);
        }
        if (terminal) {
            bar = new BarProgress(err, stopRequested);
            return bar;
        }
        return new LineProgress(err, stopRequested, System::nanoTime);
    }

    /** Ends the line of a bar whose work failed, so that the error has a line of its own. */
    void leaveBar() {
        if (bar != null) {
            bar.end();
        }
    }
}
