package dev.memo.app;

import dev.memo.base.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A line now and then, for logs: when a task begins, every five seconds, and when it is over, such
 * as {@code memo: collecting 12000/90000 steps, 51k/s, 2 s left}.
 */
final class LineProgress implements Progress {
    private static final long NANOS = 1_000_000_000L;
    private static final long INTERVAL_NANOS = 5 * NANOS;

    /** What is done so soon was done before: by the run that this one goes on with. */
    static final long BEFORE_NANOS = NANOS / 100;

    private final PrintStream err;
    private final BooleanSupplier stop;
    private final LongSupplier nanoTime;
    private String task;
    private String unit;
    private String status;
    private long total;
    private long done;
    private long before;
    private long began;
    private long spoke;

    LineProgress(PrintStream err, BooleanSupplier stop, LongSupplier nanoTime) {
        this.err = err;
        this.stop = stop;
        this.nanoTime = nanoTime;
    }

    @Override
    public void begin(String task, long total, String unit) {
        this.task = task;
        this.total = total;
        this.unit = unit;
        status = "";
        done = 0;
        before = 0;
        err.println(line());
        began = nanoTime.getAsLong();
        spoke = began;
    }

    @Override
    public void advance(long amount) {
        done += amount;
        long now = nanoTime.getAsLong();
        if (now - began < BEFORE_NANOS) {
            before = done;
        }
        if (now - spoke >= INTERVAL_NANOS && done < total) {
            spoke = now;
            double rate = rate(now);
            err.println(
                    "%s, %s/s, %s left%s"
                            .formatted(line(), amount(rate), time((total - done) / rate), status));
        }
    }

    @Override
    public void status(String text) {
        status = "; " + text;
    }

    @Override
    public void end() {
        long now = nanoTime.getAsLong();
        double seconds = (double) (now - began) / NANOS;
        err.println(
                "%s, %s/s, took %s%s".formatted(line(), amount(rate(now)), time(seconds), status));
    }

    @Override
    public boolean stopRequested() {
        return stop.getAsBoolean();
    }

    private String line() {
        return "memo: %s %d/%d %s".formatted(task, done, total, unit);
    }

    /** Per second; at least a nanosecond has passed. */
    private double rate(long now) {
        return (double) (done - before) * NANOS / Math.max(1, now - began);
    }

    private static String amount(double value) {
        if (value >= 1e6) {
            return String.format(Locale.ROOT, "%.1fM", value / 1e6);
        }
        if (value >= 1e4) {
            return String.format(Locale.ROOT, "%.0fk", value / 1e3);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.0f" : "%.1f", value);
    }

    private static String time(double seconds) {
        if (seconds < 100) {
            return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
        }
        return String.format(Locale.ROOT, "%.0f min", seconds / 60);
    }
}
