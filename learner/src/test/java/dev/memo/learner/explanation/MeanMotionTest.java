package dev.memo.learner.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeanMotionTest {
    private static MeanMotion motion(Episode episode) {
        return MeanMotion.of(
                        Drives.SPEC,
                        List.of(new Segment(0, 0, Drives.allSteps())),
                        List.of(episode))
                .orElseThrow();
    }

    @Test
    void aCircleIsTheSameArcFromEverywhere() {
        MeanMotion motion = motion(Drives.episode(Drives.circle(2, 1), 0, 0));
        // 2 rad to the left on a circle of 1 m.
        assertThat(motion.x()).hasSize(101);
        assertThat(motion.x()[0]).isZero();
        assertThat(motion.x()[100]).isCloseTo((float) Math.sin(2), within(0.02f));
        assertThat(motion.y()[100]).isCloseTo((float) (1 - Math.cos(2)), within(0.02f));
        for (float[] one : motion.someX()) {
            assertThat(one[100]).isCloseTo(motion.x()[100], within(0.002f));
        }
    }

    @Test
    void aheadIsWhereTheRobotLooks() {
        MeanMotion motion = motion(Drives.episode(Drives.straight(1.3), 0, 0));
        assertThat(motion.x()[100]).isEqualTo(2);
        assertThat(motion.y()[100]).isZero();
    }

    @Test
    void withoutPosesOrWholeWindowsThereIsNone() {
        Episode episode = Drives.episode(Drives.straight(0), 0, 0);
        DatasetSpec blind =
                new DatasetSpec(Drives.SPEC.observation(), 2, List.of("sum"), List.of());
        Segment end = new Segment(0, 0, new int[] {301, 310});
        assertThat(MeanMotion.of(blind, List.of(end), List.of(episode))).isEmpty();
        assertThat(MeanMotion.of(Drives.SPEC, List.of(end), List.of(episode))).isEmpty();
    }
}
