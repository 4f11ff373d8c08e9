package dev.memo.learner.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StandardisationTest {
    private static final float[] TRAINING = {1, 9.81f, -3, 3, 9.81f, -5};

    @Test
    void centresAndScalesEachColumn() {
        float[] rows = TRAINING.clone();
        Standardisation.fit(rows, 3).apply(rows);
        assertThat(rows).containsExactly(new float[] {-1, 0, 1, 1, 0, -1}, within(1e-6f));
    }

    @Test
    void cutsOffAtFiveDeviations() {
        float[] rows = {100, 9.81f, -100};
        Standardisation.fit(TRAINING, 3).apply(rows);
        assertThat(rows).containsExactly(5, 0, -5);
    }

    @Test
    void leavesAColumnThatOnlyRoundsAlone() {
        float[] rows = {1000, 1000.0001f, 999.9999f};
        assertThat(Standardisation.fit(rows, 1).deviation()).containsExactly(1);
    }
}
