package dev.memo.app;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.jline.utils.Signals;

/**
 * What Ctrl-C does: the first asks the work to save and end, a second one ends it at once, and so
 * does a work that takes too long to save. SIGTERM and a closed terminal count as Ctrl-C.
 *
 * <p>These are signal handlers and not a shutdown hook, because the JVM ignores further signals
 * while hooks run, and runs those of libraries beside the work that is still saving.
 */
final class Interrupt {
    /** What shells report for a command that SIGINT ended: 128 + 2. */
    static final int EXIT_CODE = 130;

    /** Saving a checkpoint takes well below a second; this is for the step before it. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private final PrintStream err;
    private final Runnable beforeHalt;
    private volatile boolean requested;

    /**
     * An interrupt that is not yet installed.
     *
     * @param err where it says what it does
     * @param beforeHalt what must happen even when the JVM ends at once
     */
    Interrupt(PrintStream err, Runnable beforeHalt) {
        this.err = err;
        this.beforeHalt = beforeHalt;
    }

    /** From now on signals come here. */
    void install() {
        SIGNALS.forEach(signal -> Signals.register(signal, this::received));
    }

    /** Whether a person asked the work to stop. */
    boolean requested() {
        return requested;
    }

    private void received() {
        if (requested) {
            halt();
        }
        requested = true;
        err.println("memo: stopping; once more ends at once, without saving");
        Thread.ofPlatform().daemon().name("memo-deadline").start(this::haltWhenLate);
    }

    private void haltWhenLate() {
        try {
            Thread.sleep(PATIENCE);
        } catch (InterruptedException _) {
            return;
        }
        err.println("memo: not saved within " + PATIENCE.toSeconds() + " s; ended");
        halt();
    }

    private void halt() {
        beforeHalt.run();
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
