package dev.memo.app.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.render.scene.Shot;
import dev.memo.sim.env.Scene;
import dev.memo.sim.scenario.Scenario;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PacerTest {
    private static final Scene SCENE =
            new Scene(2, new Scene.Pose(0, 0, 0), new Scene.Disc(1, 1, 0.3), List.of(), List.of());

    /** A show of nothing that counts. */
    private static class Counting implements Show {
        final Semaphore steps = new Semaphore(0);
        volatile int total;
        volatile Thread thread;

        @Override
        public Scenario scenario() {
            return Scenario.load("goal0");
        }

        @Override
        public void step() {
            total++;
            thread = Thread.currentThread();
            steps.release();
        }

        @Override
        public List<Shot> shots() {
            return List.of(Shot.first("step " + total, Shot.NO_MODE, SCENE));
        }

        @Override
        public void reset() {
            total = 0;
        }

        @Override
        public void move(int seeds) {}

        @Override
        public void choose(int mode) {}

        @Override
        public void drive(float thrust, float turn) {}

        @Override
        public void close() {}
    }

    private static void settle(Pacer pacer) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        pacer.request(_ -> done.countDown());
        done.await();
    }

    @Test
    void stepsGoOnWhileNobodyLooks() throws InterruptedException {
        Counting show = new Counting();
        try (Pacer _ = new Pacer(show, 1)) {
            assertThat(show.steps.tryAcquire(20, 30, TimeUnit.SECONDS)).isTrue();
            assertThat(show.thread).isNotSameAs(Thread.currentThread());
        }
    }

    @Test
    void whilePausedItMakesOnlyTheStepsThatAreAskedFor() throws InterruptedException {
        Counting show = new Counting();
        try (Pacer pacer = new Pacer(show, 1)) {
            pacer.pause(true);
            settle(pacer);
            int before = show.total;
            pacer.stepOnce();
            pacer.stepOnce();
            settle(pacer);
            assertThat(show.total).isEqualTo(before + 2);
            assertThat(pacer.moment().shots().getFirst().label()).isEqualTo("step " + show.total);
            assertThat(pacer.moment().share(System.nanoTime())).isEqualTo(1);
            show.steps.drainPermits();
            pacer.pause(false);
            assertThat(show.steps.tryAcquire(2, 30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void goesOnWithAnotherShow() throws InterruptedException {
        Counting first = new Counting();
        Counting second = new Counting();
        try (Pacer pacer = new Pacer(first, 1)) {
            pacer.show(second);
            settle(pacer);
            int stopped = first.total;
            assertThat(second.steps.tryAcquire(3, 30, TimeUnit.SECONDS)).isTrue();
            assertThat(first.total).isEqualTo(stopped);
            assertThat(pacer.moment().show()).isSameAs(second);
        }
    }

    @Test
    void whoLooksLearnsOfAFailure() throws InterruptedException {
        IllegalStateException failure = new IllegalStateException("no room for a goal");
        CountDownLatch failed = new CountDownLatch(1);
        Show show =
                new Counting() {
                    @Override
                    public void step() {
                        failed.countDown();
                        throw failure;
                    }
                };
        try (Pacer pacer = new Pacer(show, 1)) {
            failed.await();
            assertThatThrownBy(
                            () -> {
                                while (true) {
                                    pacer.moment();
                                    Thread.onSpinWait();
                                }
                            })
                    .isSameAs(failure);
        }
    }

    @Test
    void picturesAreAStepLate() {
        Pacer.Moment moment = new Pacer.Moment(new Counting(), List.of(), 1_000, 200);
        assertThat(moment.share(1_000)).isZero();
        assertThat(moment.share(1_050)).isEqualTo(0.25);
        assertThat(moment.share(9_999)).isEqualTo(1);
    }
}
