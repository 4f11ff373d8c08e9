package dev.memo.learner.memo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.RandomStream;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.jvm.JvmDevice;
import dev.memo.learner.dataset.Transitions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SteeringTableTest {
    private static final int D = 3;

    /** Squared distances: 25 between the first two, 1 and 18 to the third. */
    private static final float[] CODES = {0, 0, 3, 4, 0, 1};

    private final ThreadTeam team = new ThreadTeam(1);

    @AfterEach
    void closeTeam() {
        team.close();
    }

    private MemoModel model(MemoConfig config) {
        MemoModel model = new MemoModel(new MemoNetwork(config, 2, D, 2), new JvmDevice(team));
        model.parameters().set(MemoNetwork.CODEBOOK, CODES);
        return model;
    }

    private static Windows windows(float[] differences) {
        int count = differences.length / D;
        Transitions rows =
                new Transitions(
                        List.of("a", "b", "c"),
                        new float[2 * count],
                        differences,
                        new float[2 * count],
                        new int[count],
                        new int[count],
                        new boolean[count]);
        return new Windows(rows, 1, 1, IntStream.range(0, count).toArray());
    }

    private static MemoConfig config(String steering, Object context) {
        return TinyData.config(
                "modes",
                3,
                "code_size",
                2,
                "steering",
                steering,
                "context",
                context,
                "naught_hot",
                4);
    }

    @Test
    void naughtHotIsNoughtAtTheModeWhateverTheCodes() {
        MemoConfig config = config("NAUGHT_HOT", "SQUARED");
        assertThat(SteeringTable.of(model(config), windows(new float[0]), new int[0]))
                .containsExactly(0, 4, 4, 4, 0, 4, 4, 4, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "SQUARED, 0, 25, 1, 25, 0, 18, 1, 18, 0",
        "EUCLIDEAN, 0, 5, 1, 5, 0, 4.242641, 1, 4.242641, 0",
        "NORMALISED, 0, 2.884615, 0.115385, 1.744186, 0, 1.255814, 0.157895, 2.842105, 0",
        "SOFTMAX, 0.731059, 0, 0.268941, 0, 1, 0, 0.268941, 0, 0.731059"
    })
    void centroidsAreTheContextsOfTheCodes(
            String context,
            float a,
            float b,
            float c,
            float d,
            float e,
            float f,
            float g,
            float h,
            float i) {
        MemoConfig config = config("CENTROID", context);
        // The root of a distance of 0 is 1e-4, so that it can be differentiated.
        assertThat(SteeringTable.of(model(config), windows(new float[0]), new int[0]))
                .containsExactly(new float[] {a, b, c, d, e, f, g, h, i}, within(1.1e-4f));
    }

    @ParameterizedTest
    @EnumSource
    void clusterMeansAreTheMeanContextsOfTheRowsWithTheCode(MemoConfig.Context context) {
        MemoConfig config = config("CLUSTER_MEAN", context);
        MemoModel model = model(config);
        RandomStream random = new RandomStream(1, 0, 0, 0);
        float[] differences = new float[40 * D];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = (float) random.uniform(-9, 9);
        }
        // Codes that were assigned need not be the nearest.
        int[] codes = IntStream.range(0, 40).map(row -> row % 3).toArray();
        float[] contexts = model.contexts(windows(differences));
        float[] table = SteeringTable.of(model, windows(differences), codes);
        for (int mode = 0; mode < 3; mode++) {
            for (int j = 0; j < 3; j++) {
                double sum = 0;
                int count = 0;
                for (int row = 0; row < codes.length; row++) {
                    if (codes[row] == mode) {
                        sum += contexts[row * 3 + j];
                        count++;
                    }
                }
                assertThat(count).isPositive();
                double expected = sum / count;
                assertThat((double) table[mode * 3 + j]).isCloseTo(expected, within(1e-5));
            }
        }
    }
}
