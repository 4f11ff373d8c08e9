package dev.memo.learner.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KMeansTest {
    private static final float[][] MIDDLES = {{0, 0}, {5, 0}, {0, 5}, {5, 5}};

    /** 30 points within 0.5 of each middle, one after the other. */
    private static float[] points() {
        RandomStream random = new RandomStream(1, 0, 0, 0);
        float[] points = new float[2 * 120];
        for (int i = 0; i < points.length; i++) {
            points[i] = MIDDLES[i / 2 % 4][i % 2] + (float) random.uniform(-0.5, 0.5);
        }
        return points;
    }

    private static float[] centres(long seed) {
        return KMeans.centres(points(), 2, 4, new RandomStream(seed, 0, 0, 0));
    }

    @Test
    void findsSeparatedClusters() {
        float[] centres = centres(1);
        for (int middle = 0; middle < 4; middle++) {
            int nearest = KMeans.nearest(MIDDLES[middle], 0, centres, 2);
            for (int d = 0; d < 2; d++) {
                assertThat(centres[2 * nearest + d]).isCloseTo(MIDDLES[middle][d], within(0.25f));
            }
        }
    }

    @Test
    void theSameRandomNumbersGiveTheSameCentres() {
        assertThat(centres(1)).isEqualTo(centres(1));
        assertThat(centres(2)).isNotEqualTo(centres(1)); // In another order.
    }

    @Test
    void centresAreTheMeansOfTheirPoints() {
        float[] centres =
                KMeans.centres(new float[] {1, 2, 4, 10, 12}, 1, 2, new RandomStream(3, 0, 0, 0));
        Arrays.sort(centres);
        assertThat(centres).containsExactly(7 / 3f, 11);
    }

    @Test
    void moreClustersThanDifferentPointsIsNoFault() {
        float[] centres = KMeans.centres(new float[] {2, 2, 2}, 1, 5, new RandomStream(3, 0, 0, 0));
        assertThat(centres).containsOnly(2);
    }

    @Test
    void theLowestOfEquallyNearCentresIsTheNearest() {
        assertThat(KMeans.nearest(new float[] {9, 1}, 1, new float[] {3, 0, 2}, 1)).isEqualTo(1);
    }
}
