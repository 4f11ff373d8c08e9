package dev.memo.app;

import dev.memo.base.Progress;
import java.io.PrintStream;
import java.text.DecimalFormat;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on a terminal, with rate and time left. */
final class BarProgress implements Progress {
    /** Fits the 80 columns that every terminal has. */
    private static final int COLUMNS = 79;

    private static final int REFRESH_MILLIS = 250;

    private final PrintStream err;
    private final BooleanSupplier stop;
    private String task;
    private long total;
    private String unit;
    private long began;
    private ProgressBar bar;
    private Line line;

    BarProgress(PrintStream err, BooleanSupplier stop) {
        this.err = err;
        this.stop = stop;
    }

    @Override
    public void begin(String task, long total, String unit) {
        end();
        this.task = task;
        this.total = total;
        this.unit = unit;
        began = System.nanoTime();
    }

    /** The bar is drawn with the first amount, which does not count as fast if it is not new. */
    private void draw(long before) {
        line = new Line(err);
        bar =
                new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(total)
                        .startsFrom(before, Duration.ZERO)
                        .setUnit(" " + unit, 1)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(REFRESH_MILLIS)
                        .showSpeed(new DecimalFormat("0"))
                        .setSpeedUnit(ChronoUnit.SECONDS)
                        .setConsumer(line)
                        .build();
    }

    @Override
    public void advance(long amount) {
        if (bar != null) {
            bar.stepBy(amount);
        } else if (System.nanoTime() - began < LineProgress.BEFORE_NANOS) {
            draw(amount);
        } else {
            draw(0);
            bar.stepBy(amount);
        }
    }

    @Override
    public void status(String text) {
        if (bar != null) {
            bar.setExtraMessage(" " + text);
        }
    }

    /** Does nothing if the task is over already. */
    @Override
    public void end() {
        if (bar != null) {
            bar.close();
            line.close();
            bar = null;
        }
    }

    @Override
    public boolean stopRequested() {
        return stop.getAsBoolean();
    }

    /** Ends once; progressbar 0.10.2 forgets to end a bar that is over before it was ever drawn. */
    private static final class Line extends ConsoleProgressBarConsumer {
        private boolean ended;

        Line(PrintStream err) {
            super(err, COLUMNS);
        }

        @Override
        public void close() {
            if (!ended) {
                ended = true;
                super.close();
            }
        }
    }
}
