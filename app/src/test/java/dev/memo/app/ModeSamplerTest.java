package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.app.report.ModeSample;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.memo.HeldOutCodes;
import dev.memo.sim.env.EnvSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModeSamplerTest {
    private static final int STEPS = 1_000;
    private static final int EPISODES = 6;
    private static final int WIDTH = 6;

    @Test
    void showsTheColumnsWhoseModesDifferMost() {
        // Of six columns of noise the third is the mode itself; the second action is, too.
        ModeSample sample = sample(false);

        assertThat(sample.lanes()).hasSize(6).contains("sensor[2]", "action[1]");
        int lane = sample.lanes().indexOf("sensor[2]");
        for (ModeSample.Trace trace : sample.traces()) {
            assertThat(trace.lanes()[lane]).containsOnly(trace.mode());
        }
    }

    @Test
    void showsTwoEpisodesOfEachModeThinnedAndNoneOfAnUnusedOne() {
        ModeSample sample = sample(false);

        // Episode e has mode e % 3; episodes are numbered from 10 on in the dataset.
        assertThat(sample.traces())
                .extracting(ModeSample.Trace::mode)
                .containsExactly(0, 0, 1, 1, 2, 2);
        assertThat(sample.traces())
                .extracting(ModeSample.Trace::episode)
                .containsExactly(10, 13, 11, 14, 12, 15);
        assertThat(sample.traces().getFirst().times()).hasSize(334).startsWith(0, 3, 6);
        assertThat(sample.traces().getFirst().nearest()).containsOnly(1);
        assertThat(sample.traces().getFirst().x()).isNull();
        assertThat(sample.modes())
                .extracting(ModeSample.Mode::rows)
                .containsExactly(2000, 2000, 2000, 0);
        assertThat(sample.modes().getLast().actionMean()).isNull();
    }

    @Test
    void saysWhatIsDoneInEachMode() {
        ModeSample.Mode mode = sample(false).modes().get(2);

        // Alternating 0 and 1, and always 2.
        assertThat(mode.actionMean()).containsExactly(0.5f, 2);
        assertThat(mode.actionDeviation()).containsExactly(new float[] {0.5f, 0}, within(1e-3f));
    }

    @Test
    void keepsPathsWherePosesAreKnown() {
        ModeSample.Trace trace = sample(true).traces().getFirst();

        assertThat(trace.x()).hasSize(334).startsWith(0, 3, 6);
        assertThat(trace.y()).containsOnly(-1);
    }

    @Test
    void aPlaneHasAtMostThreeThousandRowsOfAllEpisodes() {
        ModeSample.Plane plane = sample(false).plane();

        assertThat(plane.x()).hasSize(3_000);
        assertThat(plane.y()).hasSize(3_000);
        assertThat(plane.assigned()).contains(0, 1, 2).doesNotContain(3);
        assertThat(plane.columns()).hasSize(WIDTH);
        assertThat(plane.shares()[0]).isBetween(plane.shares()[1], 1.0);
    }

    private static ModeSample sample(boolean poses) {
        List<String> poseNames = poses ? List.of("heading", "x", "y") : List.of();
        DatasetSpec spec =
                new DatasetSpec(
                        List.of(new EnvSpec.Slice("sensor", 0, WIDTH)), 2, List.of(), poseNames);
        List<Episode> episodes = new ArrayList<>();
        for (int e = 0; e < 10 + EPISODES; e++) {
            episodes.add(episode((e + 2) % 3, poses));
        }
        int[] places = IntStream.range(0, EPISODES * STEPS).map(row -> row / STEPS).toArray();
        HeldOutCodes codes =
                new HeldOutCodes(
                        IntStream.of(places).map(place -> 10 + place).toArray(),
                        IntStream.range(0, places.length).map(row -> row % STEPS).toArray(),
                        IntStream.of(places).map(place -> (place + 1) % 3).toArray(),
                        IntStream.of(places).map(place -> place % 3).toArray(),
                        new float[places.length],
                        IntStream.range(0, places.length).map(row -> row % 2).toArray(),
                        2);
        return ModeSampler.sample(
                new Dataset("synthetic", Optional.empty(), spec, episodes), codes, 4);
    }

    private static Episode episode(int mode, boolean poses) {
        float[] observations = new float[(STEPS + 1) * WIDTH];
        float[] actions = new float[STEPS * 2];
        double[] pose = new double[poses ? (STEPS + 1) * 3 : 0];
        for (int t = 0; t <= STEPS; t++) {
            for (int i = 0; i < WIDTH; i++) {
                observations[t * WIDTH + i] = i == 2 ? mode : (t * (i + 3)) % 17;
            }
            if (t < STEPS) {
                actions[2 * t] = t % 2;
                actions[2 * t + 1] = mode;
            }
            if (poses) {
                pose[3 * t + 1] = t;
                pose[3 * t + 2] = -1;
            }
        }
        return new Episode(
                OptionalLong.empty(),
                observations,
                actions,
                new double[STEPS],
                new boolean[STEPS],
                new boolean[STEPS],
                new double[0],
                new boolean[0],
                pose);
    }
}
