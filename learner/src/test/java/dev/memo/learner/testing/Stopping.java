package dev.memo.learner.testing;

import dev.memo.base.Progress;

/** A person who asks to stop after so many units of work. */
public final class Stopping implements Progress {
    private final long most;
    private long done;

    public Stopping(long most) {
        this.most = most;
    }

    /** Units of work so far. */
    public long done() {
        return done;
    }

    @Override
    public void begin(String task, long total, String unit) {}

    @Override
    public void advance(long amount) {
        done += amount;
    }

    @Override
    public void end() {}

    @Override
    public boolean stopRequested() {
        return done >= most;
    }
}
