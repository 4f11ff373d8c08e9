package dev.memo.base;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A team of long-lived threads for short parallel work. Workers spin for a moment and then park, so
 * that an idle team leaves the cores to others; running a task allocates nothing.
 *
 * <p>A task is cut into chunks that the caller chooses. Thread t always gets the same contiguous
 * range of them, and since a chunk's work must not depend on who does it, results are the same for
 * every number of threads.
 */
public final class ThreadTeam implements AutoCloseable {
    /** How often a waiting thread looks before it parks: about 20 microseconds. */
    private static final int SPINS = 2_000;

    private final Thread[] workers;
    private final int threads;

    private Task task;
    private int chunks;
    private volatile long round;
    private final Slot[] slots;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean closed;
    private volatile Thread caller;

    /** Work that is cut into chunks. */
    @FunctionalInterface
    public interface Task {
        /**
         * Does one chunk.
         *
         * @param chunk which one, from 0
         * @param thread the team's thread that does it, 0 .. threads - 1: an index for scratch
         */
        void run(int chunk, int thread);
    }

    /** What one worker tells the caller. */
    private static final class Slot {
        volatile long done;
        Throwable failure;
    }

    /** A team of so many threads, of which the caller's is one. */
    public ThreadTeam(int threads) {
        if (threads < 1) {
            throw new InputException("threads = " + threads + ": must be at least 1");
        }
        this.threads = threads;
        workers = new Thread[threads - 1];
        slots = new Slot[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            int thread = i + 1;
            slots[i] = new Slot();
            workers[i] =
                    Thread.ofPlatform()
                            .daemon()
                            .name("memo-" + thread)
                            .unstarted(() -> work(thread));
            workers[i].start();
        }
    }

    /** How many threads work. */
    public int threads() {
        return threads;
    }

    /**
     * Runs all chunks and returns when every one is done. One task at a time; a task may not run
     * another.
     *
     * @param chunks how many there are
     * @param task called once per chunk
     * @throws IllegalStateException if the team is closed or runs a task
     */
    public void run(int chunks, Task task) {
        // Not a lock: a worker whose task waited for one would wait for itself.
        if (!running.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "the team runs a task: it runs one at a time, and a task may not run another");
        }
        try {
            if (closed) {
                throw new IllegalStateException("team is closed");
            }
            if (threads == 1 || chunks == 1) {
                for (int chunk = 0; chunk < chunks; chunk++) {
                    task.run(chunk, 0);
                }
            } else {
                runTogether(chunks, task);
            }
        } finally {
            running.set(false);
        }
    }

    private void runTogether(int chunks, Task task) {
        this.task = task;
        this.chunks = chunks;
        caller = Thread.currentThread();
        long now = round + 1;
        round = now;
        for (Thread worker : workers) {
            LockSupport.unpark(worker);
        }
        Throwable failure = runShare(0);
        for (Slot slot : slots) {
            awaitWorker(slot, now);
            if (slot.failure != null) {
                failure = slot.failure;
                slot.failure = null;
            }
        }
        this.task = null;
        rethrow(failure);
    }

    private Throwable runShare(int thread) {
        int from = (int) ((long) chunks * thread / threads);
        int to = (int) ((long) chunks * (thread + 1) / threads);
        try {
            for (int chunk = from; chunk < to; chunk++) {
                task.run(chunk, thread);
            }
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    private void work(int thread) {
        Slot slot = slots[thread - 1];
        long seen = 0;
        while (awaitRound(seen)) {
            seen = round;
            slot.failure = runShare(thread);
            slot.done = seen;
            LockSupport.unpark(caller);
        }
    }

    private boolean awaitRound(long seen) {
        int spins = 0;
        while (round == seen) {
            if (closed) {
                return false;
            }
            if (spins++ < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
        return true;
    }

    private void awaitWorker(Slot slot, long now) {
        int spins = 0;
        while (slot.done != now) {
            if (spins++ < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
    }

    private static void rethrow(Throwable failure) {
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    /** Ends the threads; the team runs nothing more. */
    @Override
    public void close() {
        closed = true;
        for (Thread worker : workers) {
            LockSupport.unpark(worker);
        }
    }
}
