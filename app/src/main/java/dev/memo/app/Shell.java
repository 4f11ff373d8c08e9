package dev.memo.app;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import java.io.BufferedReader;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** What surrounds a command: where it speaks and hears, and whether a person wants it to stop. */
final class Shell {
    /** How often a command that waits for a line looks whether it is to stop. */
    private static final long LOOK_MILLIS = 100;

    private final BufferedReader in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final BooleanSupplier stopRequested;
    private BarProgress bar;

    /**
     * A shell.
     *
     * @param in what a person types
     * @param out results go here
     * @param err progress and errors go here
     * @param terminal whether {@code err} is a terminal, where a bar can be drawn
     * @param stopRequested whether a person asked the work to stop
     */
    Shell(
            BufferedReader in,
            PrintStream out,
            PrintStream err,
            boolean terminal,
            BooleanSupplier stopRequested) {
        this.in = in;
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

    /**
     * The next line that a person types; empty at the end of the input, or where a person asks to
     * stop.
     *
     * @throws InputException if it cannot be read
     */
    Optional<String> line() {
        FutureTask<String> reading = new FutureTask<>(in::readLine);
        // Nothing ends a read of a terminal: a thread that outlives the wait does not matter.
        Thread.ofPlatform().daemon().name("memo-input").start(reading);
        while (!stopRequested.getAsBoolean()) {
            try {
                return Optional.ofNullable(reading.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException _) {
                // The person thinks.
            } catch (ExecutionException e) {
                throw new InputException("standard input: cannot be read: " + e.getCause(), e);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
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
