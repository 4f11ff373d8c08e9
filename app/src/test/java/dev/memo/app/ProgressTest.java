package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void linesAreSparseAndSayRateAndTimeLeft() {
        AtomicLong clock = new AtomicLong();
        Progress progress = new LineProgress(err, () -> false, clock::get);

        progress.begin("collecting", 90_000, "steps");
        for (int i = 0; i < 8; i++) {
            clock.addAndGet(SECOND);
            progress.advance(10_000);
        }
        clock.addAndGet(SECOND);
        progress.advance(10_000);
        progress.end();

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "memo: collecting 0/90000 steps",
                        "memo: collecting 50000/90000 steps, 10k/s, 4.0 s left",
                        "memo: collecting 90000/90000 steps, 10k/s, took 9.0 s");
    }

    @Test
    void whatWasDoneBeforeDoesNotCountAsFast() {
        AtomicLong clock = new AtomicLong();
        Progress progress = new LineProgress(err, () -> false, clock::get);

        progress.begin("training", 60, "epochs");
        clock.addAndGet(SECOND / 1000);
        progress.advance(50);
        clock.addAndGet(5 * SECOND - SECOND / 1000);
        progress.advance(5);
        clock.addAndGet(5 * SECOND);
        progress.advance(5);
        progress.end();

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "memo: training 0/60 epochs",
                        "memo: training 55/60 epochs, 1.0/s, 5.0 s left",
                        "memo: training 60/60 epochs, 1.0/s, took 10 s");
    }

    @Test
    void aBarGoesOnWhereItsTaskWas() {
        Progress progress = new BarProgress(err, () -> false);

        progress.begin("training", 40, "epochs");
        progress.advance(30);
        progress.advance(10);
        progress.end();

        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("40/40");
    }

    @Test
    void aBarShowsTheTaskAndItsEnd() {
        Progress progress = new BarProgress(err, () -> false);

        progress.begin("training", 40, "epochs");
        progress.advance(40);
        progress.end();

        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("training", "100%", "40/40");
    }

    @Test
    void anErrorDoesNotStandOnTheLineOfABar() {
        Shell shell = new Shell(null, err, err, true, () -> false);
        Progress progress = shell.progress(false);
        progress.begin("training", 40, "epochs");
        progress.advance(1);

        shell.leaveBar();
        err.print("memo: failed");

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines().toList().getLast())
                .isEqualTo("memo: failed");
    }

    @Test
    void everyProgressPassesOnThatAPersonWantsToStop() {
        assertThat(new BarProgress(err, () -> true).stopRequested()).isTrue();
        assertThat(new LineProgress(err, () -> true, System::nanoTime).stopRequested()).isTrue();
        assertThat(new QuietProgress(() -> true).stopRequested()).isTrue();
    }
}
