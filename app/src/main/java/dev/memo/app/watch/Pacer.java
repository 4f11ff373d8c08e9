package dev.memo.app.watch;

import dev.memo.render.scene.Shot;
import dev.memo.sim.scenario.Scenario;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Steps a show in real time times a speed, on a thread of its own, so that it never waits for
 * drawing. Where steps take longer than that, it makes as many as it can.
 */
public final class Pacer implements AutoCloseable {
    /** Seconds of the worlds per second, at least and at most. */
    public static final double SLOWEST = 1.0 / 16;

    public static final double FASTEST = 64;

    private static final double NANOS = 1e9;

    /** Over how many nanoseconds the speed is measured. */
    private static final long MEASURED = 500_000_000L;

    private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private Show show;
    private double speed;
    private boolean paused;
    private volatile boolean closing;
    private volatile Moment moment;
    private volatile Throwable failure;
    private volatile double reached;

    // Of the thread: when the next step is due, and how many were made since when.
    private long due = System.nanoTime();
    private long since = due;
    private int steps;

    /**
     * The worlds between two steps.
     *
     * @param show whose they are
     * @param shots the worlds as the last step left them
     * @param nanos when it was made
     * @param interval how long the next one takes to come, in nanoseconds; 0 while nothing moves
     */
    public record Moment(Show show, List<Shot> shots, long nanos, long interval) {
        /** How much of the last step is to be seen by now, 0 to 1: pictures are a step late. */
        public double share(long now) {
            return interval == 0 ? 1 : Math.clamp((double) (now - nanos) / interval, 0, 1);
        }
    }

    /**
     * Begins with a show as it is.
     *
     * @param speed seconds that pass in the worlds per second
     */
    public Pacer(Show show, double speed) {
        this.show = show;
        this.speed = speed;
        reached = speed;
        moment = new Moment(show, show.shots(), System.nanoTime(), 0);
        thread = Thread.ofPlatform().name("memo-worlds").daemon().unstarted(this::run);
        thread.start();
    }

    /**
     * What is to be seen.
     *
     * @throws RuntimeException or Error that stopped the show
     */
    public Moment moment() {
        switch (failure) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new AssertionError(failure);
        }
        return moment;
    }

    /** How many seconds pass in the worlds per second, as measured. */
    public double reached() {
        return reached;
    }

    /** Does something to the show between two steps. */
    public void request(Consumer<Show> request) {
        ask(
                () -> {
                    List<Shot> before = show.shots();
                    request.accept(show);
                    if (show.shots() != before) {
                        publish(0);
                    }
                });
    }

    /** Goes on with another show. The one before is not closed. */
    public void show(Show next) {
        ask(
                () -> {
                    show = next;
                    publish(0);
                });
    }

    /** Seconds that pass in the worlds per second. */
    public void speed(double speed) {
        ask(
                () -> {
                    this.speed = speed;
                    restart(speed);
                });
    }

    /** Holds still, or goes on. */
    public void pause(boolean paused) {
        ask(() -> this.paused = paused);
    }

    /** One step, while it holds still. */
    public void stepOnce() {
        request(Show::step);
    }

    private void ask(Runnable request) {
        requests.add(request);
        LockSupport.unpark(thread);
    }

    private void run() {
        try {
            while (!closing) {
                for (Runnable request; (request = requests.poll()) != null; ) {
                    request.run();
                }
                long now = System.nanoTime();
                long interval = (long) (Scenario.STEP_SECONDS * NANOS / speed);
                if (paused) {
                    restart(speed);
                    LockSupport.park(this);
                } else if (now < due) {
                    LockSupport.parkNanos(this, due - now);
                } else {
                    show.step();
                    publish(interval);
                    steps++;
                    // What could not be done in time is not made up for.
                    due = Math.max(due + interval, now);
                    if (now - since >= MEASURED) {
                        reached = steps * Scenario.STEP_SECONDS * NANOS / (now - since);
                        since = now;
                        steps = 0;
                    }
                }
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private void restart(double speed) {
        due = System.nanoTime();
        since = due;
        steps = 0;
        reached = speed;
    }

    private void publish(long interval) {
        moment = new Moment(show, show.shots(), System.nanoTime(), interval);
    }

    /** Ends after the step under way. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
