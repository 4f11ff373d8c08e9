package dev.memo.app;

import dev.memo.base.Progress;
import java.util.function.BooleanSupplier;

/** Says nothing, but stops when asked. */
record QuietProgress(BooleanSupplier stop) implements Progress {
    @Override
    public void begin(String task, long total, String unit) {}

    @Override
    public void advance(long amount) {}

    @Override
    public void end() {}

    @Override
    public boolean stopRequested() {
        return stop.getAsBoolean();
    }
}
