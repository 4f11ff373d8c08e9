package dev.memo.kernels.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DrawsTest {
    private static final int COUNT = 1 << 20;

    @Test
    void turnsByAnyPartOfACircle() {
        float[] pairs = new float[2 * Lanes.VIRTUAL];
        for (int first = 0; first < COUNT; first += Lanes.VIRTUAL) {
            for (int i = 0; i < Lanes.VIRTUAL; i++) {
                pairs[i] = 1;
                pairs[Lanes.VIRTUAL + i] = (float) (first + i) / COUNT;
            }
            Draws.turn(pairs);
            for (int i = 0; i < Lanes.VIRTUAL; i++) {
                double angle = 2 * Math.PI * (first + i) / COUNT;
                assertThat(Math.abs(pairs[i] - Math.cos(angle))).isLessThan(1.5e-7);
                assertThat(Math.abs(pairs[Lanes.VIRTUAL + i] - Math.sin(angle))).isLessThan(1.5e-7);
            }
        }
    }

    @Test
    void hasTheRadiiOfTheSmallestAndLargestUniforms() {
        float[] pairs = new float[2 * Lanes.VIRTUAL];
        pairs[0] = 0x1p-24f;
        pairs[1] = 1 - 0x1p-24f;
        pairs[2] = 0.5f;
        Draws.radii(pairs);
        assertThat((double) pairs[0]).isCloseTo(5.768107545, within(1e-6));
        assertThat((double) pairs[1]).isCloseTo(3.45266988e-4, within(1e-10));
        assertThat((double) pairs[2]).isCloseTo(1.177410023, within(2e-7));
    }
}
