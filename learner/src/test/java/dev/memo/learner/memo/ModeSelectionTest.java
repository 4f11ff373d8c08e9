package dev.memo.learner.memo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.jvm.JvmDevice;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.memo.ModeSelection.Candidate;
import dev.memo.learner.metrics.Interval;
import dev.memo.learner.testing.ForwardAndCircle;
import dev.memo.learner.testing.Stopping;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModeSelectionTest {
    private static final Dataset DATASET = ForwardAndCircle.dataset(20);
    private static final MemoConfig CONFIG = TinyData.config("epochs", 12, "iterations", 60);

    private static Optional<ModeSelection> select(int most, int seeds, Progress progress) {
        try (ThreadTeam team = new ThreadTeam(2);
                JvmDevice device = new JvmDevice(team)) {
            return ModeSelection.of(CONFIG, DATASET, most, seeds, device, progress);
        }
    }

    private static Candidate candidate(int modes, double low, double stability) {
        return new Candidate(modes, -1, new Interval(low + 0.1, low, low + 0.2), stability);
    }

    @Test
    void twoExpertsAreWorthTwoModes() {
        ModeSelection selection = select(2, 3, Progress.SILENT).orElseThrow();
        assertThat(selection.modes()).isEqualTo(2);
        assertThat(selection.candidates()).extracting(Candidate::modes).containsExactly(1, 2);
        Candidate two = selection.candidates().getLast();
        assertThat(two.stability()).isEqualTo(1);
        double one = selection.candidates().getFirst().likelihood();
        assertThat(two.gain().mean()).isCloseTo(two.likelihood() - one, within(1e-12));
        assertThat(selection.lines()).last().asString().contains("recommended: 2 modes");
    }

    @Test
    void aModeIsWorthHavingIfItGainsAndSeedsAgree() {
        assertThat(candidate(1, 0, 1).worthwhile()).isTrue();
        assertThat(candidate(3, 0.01, 0.9).worthwhile()).isTrue();
        assertThat(candidate(3, 0.004, 0.9).worthwhile()).isFalse();
        assertThat(candidate(3, 0.01, 0.7).worthwhile()).isFalse();
        ModeSelection three =
                new ModeSelection(
                        List.of(candidate(1, 0, 1), candidate(2, -0.1, 1), candidate(3, 0.01, 1)),
                        3);
        assertThat(three.lines().get(2)).endsWith("not worth a mode");
    }

    @Test
    void canBeStopped() {
        assertThat(select(3, 2, new Stopping(2))).isEmpty();
    }

    @Test
    void refusesToCompareNothing() {
        assertThatThrownBy(() -> ModeSelection.check(CONFIG, 1, 3))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--choose-modes 1");
        MemoConfig perStep = TinyData.config("assignment", "STEP");
        assertThatThrownBy(() -> ModeSelection.check(perStep, 3, 3))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("needs --assignment episode");
        assertThatThrownBy(() -> ModeSelection.check(CONFIG, 3, 1))
                .isInstanceOf(InputException.class);
    }
}
