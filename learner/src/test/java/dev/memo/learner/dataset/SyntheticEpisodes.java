package dev.memo.learner.dataset;

import dev.memo.base.RandomStream;
import dev.memo.sim.env.EnvSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Episodes of random numbers for tests. */
final class SyntheticEpisodes {
    static final DatasetSpec SPEC =
            new DatasetSpec(
                    List.of(new EnvSpec.Slice("gyro", 0, 3), new EnvSpec.Slice("goal_lidar", 3, 2)),
                    2,
                    List.of("hazards", "sum"),
                    List.of("x", "y", "heading"));

    private SyntheticEpisodes() {}

    /** An episode whose numbers follow from its seed; every fifth step meets the goal. */
    static Episode episode(long seed, int steps) {
        RandomStream random = new RandomStream(seed, 0, 0, 0);
        boolean[] truncations = new boolean[steps];
        truncations[steps - 1] = true;
        boolean[] goalsMet = new boolean[steps];
        for (int t = 4; t < steps; t += 5) {
            goalsMet[t] = true;
        }
        return new Episode(
                OptionalLong.of(seed),
                floats(random, (steps + 1) * SPEC.observationSize()),
                floats(random, steps * SPEC.actionSize()),
                doubles(random, steps),
                new boolean[steps],
                truncations,
                doubles(random, steps * SPEC.costNames().size()),
                goalsMet,
                doubles(random, (steps + 1) * SPEC.poseNames().size()));
    }

    /** A dataset of episodes with these lengths, seeded 0, 1, and so on. */
    static Dataset dataset(int... steps) {
        List<Episode> episodes = new ArrayList<>();
        for (int e = 0; e < steps.length; e++) {
            episodes.add(episode(e, steps[e]));
        }
        return new Dataset("synthetic", Optional.empty(), SPEC, episodes);
    }

    private static float[] floats(RandomStream random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.uniform(-1, 1);
        }
        return values;
    }

    private static double[] doubles(RandomStream random, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.uniform(-1, 1);
        }
        return values;
    }
}
