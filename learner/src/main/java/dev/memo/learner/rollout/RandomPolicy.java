package dev.memo.learner.rollout;

import dev.memo.base.RandomStream;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.Arrays;

/** Every action uniform in [-1, 1]. */
public final class RandomPolicy implements Policy {
    private static final int STREAM = 101;

    private RandomStream[] random = new RandomStream[0];
    private int actionSize;

    @Override
    public void begin(EnvSpec spec, long[] seeds) {
        actionSize = spec.actionSize();
        random =
                Arrays.stream(seeds)
                        .mapToObj(seed -> new RandomStream(seed, STREAM, 0, 0))
                        .toArray(RandomStream[]::new);
    }

    @Override
    public void act(EnvBatch state, float[] actions) {
        for (int i = 0; i < actions.length; i++) {
            actions[i] = (float) random[i / actionSize].uniform(-1, 1);
        }
    }
}
