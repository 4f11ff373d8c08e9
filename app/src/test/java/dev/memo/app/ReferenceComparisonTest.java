package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.Progress;
import dev.memo.base.Tensor;
import dev.memo.base.TensorFile;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ReferenceComparisonTest {
    private static final Scenario GOAL2 = Scenario.load("goal2").withEpisodeSteps(60);

    private static ReferenceComparison.Result ram(int episodes, Progress progress) {
        try (ThreadTeam team = new ThreadTeam(2)) {
            return new ReferenceComparison(GOAL2, 7, episodes)
                    .run(ScriptedExpert.named("ram", 0, team), team, progress);
        }
    }

    @Test
    void comparesEveryStepOfAllEpisodesAndCountsContacts() {
        ReferenceComparison.Result result = ram(205, Progress.SILENT);

        assertThat(result.difference()).isEmpty();
        assertThat(result.steps()).isEqualTo(205 * 60);
        assertThat(result.contactSteps()).isGreaterThan(30);
    }

    @Test
    void aStopIsObeyed() {
        assertThatThrownBy(() -> ram(1, new QuietProgress(() -> true)))
                .isInstanceOf(CancellationException.class);
    }

    /** By reflection, so that an array that a batch gets one day is not forgotten. */
    @Test
    void findsOneBitInAnyArrayOfABatch() throws IllegalAccessException {
        EnvSpec spec = PointGoalEnv.specOf(GOAL2);
        long[] seeds = {40, 41, 42};
        for (Field field : EnvBatch.class.getFields()) {
            EnvBatch found = new EnvBatch(spec, 3);
            EnvBatch wanted = new EnvBatch(spec, 3);
            assertThat(ReferenceComparison.difference(found, wanted, seeds)).isEmpty();
            Object array = field.get(found);
            int last = Array.getLength(array) * 2 / 3 - 1;
            switch (array) {
                case float[] floats -> floats[last] = -0f;
                case double[] doubles -> doubles[last] = -0d;
                case int[] ints -> ints[last] = 1;
                case boolean[] flags -> flags[last] = true;
                default -> throw new AssertionError(field);
            }
            assertThat(ReferenceComparison.difference(found, wanted, seeds))
                    .as(field.getName())
                    .hasValueSatisfying(what -> assertThat(what).endsWith(" of seed 41"));
        }
    }

    @Test
    void findsOneBitInASavedState() {
        long[] seeds = {40, 41};
        assertThat(ReferenceComparison.difference(saved(1.5, 2), saved(1.5, 2), seeds)).isEmpty();
        assertThat(ReferenceComparison.difference(saved(1.5, 2), saved(1.5, Math.nextUp(2)), seeds))
                .contains("saved x of seed 41");
    }

    private static TensorFile saved(double... x) {
        return new TensorFile(Map.of(), Map.of("x", new Tensor.F64(x, x.length)));
    }
}
