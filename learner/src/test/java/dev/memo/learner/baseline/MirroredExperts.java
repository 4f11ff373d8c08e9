package dev.memo.learner.baseline;

import dev.memo.base.RandomStream;
import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.sim.env.EnvSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Two experts in a world of random observations s, uniform in [-1, 1): the action is s for one and
 * (-s[0], s[1]) for the other, each with normal noise. The states tell nothing of who acts.
 */
final class MirroredExperts {
    static final double NOISE = 0.1;
    static final int EPISODES = 40;
    private static final int STEPS = 30;
    private static final int WIDTH = 2;

    private MirroredExperts() {}

    /** The experts take turns. */
    static Dataset dataset() {
        List<Episode> episodes = new ArrayList<>();
        for (int e = 0; e < EPISODES; e++) {
            episodes.add(episode(new RandomStream(11, 0, e, 0), e % 2 == 0 ? 1 : -1));
        }
        List<EnvSpec.Slice> observation = List.of(new EnvSpec.Slice("place", 0, WIDTH));
        DatasetSpec spec = new DatasetSpec(observation, WIDTH, List.of(), List.of());
        return new Dataset("mirrored", Optional.empty(), spec, episodes);
    }

    private static Episode episode(RandomStream random, int sign) {
        float[] observations = new float[(STEPS + 1) * WIDTH];
        float[] actions = new float[STEPS * WIDTH];
        for (int i = 0; i < observations.length; i++) {
            observations[i] = (float) random.uniform(-1, 1);
        }
        for (int i = 0; i < actions.length; i++) {
            int side = i % WIDTH == 0 ? sign : 1;
            actions[i] = (float) (side * observations[i] + NOISE * random.normal());
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
                new double[0]);
    }

    /** Who acted in each episode. */
    static int[] classes() {
        return IntStream.range(0, EPISODES).map(e -> e % 2).toArray();
    }

    /**
     * A small configuration with two modes, or one for cloning.
     *
     * @param changes names as in files and values, in turn
     */
    static BaselineConfig config(BaselineConfig.Kind kind, Object... changes) {
        Map<String, Object> values = new HashMap<>();
        values.putAll(Map.of("kind", kind, "step", 1, "features", "observation"));
        values.putAll(Map.of("hidden", 16, "probes", 8, "encoder_hidden", 8, "batch", 64));
        values.putAll(Map.of("epochs", 12, "iterations", 60, "learning_rate", 1e-2));
        values.put("modes", kind == BaselineConfig.Kind.CLONING ? 1 : 2);
        for (int i = 0; i < changes.length; i += 2) {
            values.put((String) changes[i], changes[i + 1]);
        }
        return ConfigJson.with(BaselineConfig.DEFAULT, values);
    }
}
