package dev.memo.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.RandomStream;
import org.junit.jupiter.api.Test;

class TrigonometryTest {
    @Test
    void agreesWithTheLibrary() {
        RandomStream random = new RandomStream(1, 0, 0, 0);
        for (int i = 0; i < 100_000; i++) {
            double angle = random.uniform(-1, 1) * Math.pow(10, random.uniform(-3, 3));
            assertThat(Trigonometry.sin(angle)).isCloseTo(StrictMath.sin(angle), within(2.3e-16));
            assertThat(Trigonometry.cos(angle)).isCloseTo(StrictMath.cos(angle), within(2.3e-16));
        }
    }
}
