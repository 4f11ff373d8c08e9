package dev.memo.learner.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.sim.env.EnvSpec.Slice;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasureTest {
    private static final DatasetSpec SPEC =
            new DatasetSpec(
                    List.of(new Slice("nothing", 0, 1)),
                    1,
                    List.of("hazards", "sum"),
                    List.of("heading", "x", "y", "vx", "vy"));

    /** Three steps: 3 and 4 metres (a path of 5), then none, then 1 metre. */
    private static final Episode EPISODE =
            new Episode(
                    OptionalLong.empty(),
                    new float[4],
                    new float[3],
                    new double[] {0.5, -1, 2},
                    new boolean[3],
                    new boolean[] {false, false, true},
                    new double[] {7, 1, 7, 0, 7, 2},
                    new boolean[] {true, false, true},
                    new double[] {
                        9, 0, 0, 100, 100, //
                        9, 3, 4, 0.6, 0.8, //
                        9, 3, 4, 0, 0, //
                        9, 3, 5, 0, -2
                    });

    /** The speed before the first step is not part of the mean: (1 + 0 + 2) / 3. */
    @ParameterizedTest
    @CsvSource({"RETURN, 1.5", "COST, 3", "GOALS, 2", "PATH_LENGTH, 6", "MEAN_SPEED, 1"})
    void measuresASmallEpisode(Measure measure, double value) {
        assertThat(measure.of(EPISODE, SPEC)).isCloseTo(value, within(1e-12));
    }

    @Test
    void filesNameThemInLowerCase() {
        assertThat(Measure.PATH_LENGTH.key()).isEqualTo("path_length");
    }
}
