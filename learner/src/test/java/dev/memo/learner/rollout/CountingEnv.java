package dev.memo.learner.rollout;

import dev.memo.learner.testing.UnsavedEnv;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.Arrays;
import java.util.List;

/**
 * Two environments with same-step autoreset that count: an observation is (seed + 10 episode, t),
 * the pose t / 10, the reward t, the costs (t, 2 t). Episodes of the first are truncated after 3
 * steps, those of the second terminate after 2.
 */
final class CountingEnv extends UnsavedEnv {
    static final EnvSpec SPEC =
            new EnvSpec(
                    "counting",
                    List.of(new EnvSpec.Slice("episode", 0, 1), new EnvSpec.Slice("time", 1, 1)),
                    4,
                    2,
                    List.of("first", "sum"),
                    List.of("x"),
                    3);

    private final long[] seeds = new long[2];
    private final int[] episodes = new int[2];
    private final int[] times = new int[2];

    @Override
    public EnvSpec spec() {
        return SPEC;
    }

    @Override
    public int envs() {
        return 2;
    }

    @Override
    public void reset(long[] seeds, EnvBatch out) {
        System.arraycopy(seeds, 0, this.seeds, 0, 2);
        Arrays.fill(episodes, 0);
        Arrays.fill(times, 0);
        for (int env = 0; env < 2; env++) {
            show(env, out.observations, out.poses);
        }
    }

    @Override
    public void step(float[] actions, EnvBatch out) {
        for (int env = 0; env < 2; env++) {
            int t = ++times[env];
            out.rewards[env] = t;
            out.costs[2 * env] = t;
            out.costs[2 * env + 1] = 2 * t;
            out.goalsMet[env] = t == 2;
            out.truncated[env] = env == 0 && t == 3;
            out.terminated[env] = env == 1 && t == 2;
            if (out.ended(env)) {
                show(env, out.finalObservations, out.finalPoses);
                episodes[env]++;
                times[env] = 0;
            }
            show(env, out.observations, out.poses);
        }
    }

    private void show(int env, float[] observations, double[] poses) {
        observations[4 * env] = seeds[env] + 10 * episodes[env];
        observations[4 * env + 1] = times[env];
        poses[env] = times[env] / 10.0;
    }

    @Override
    public void reset(boolean[] mask, EnvBatch out) {
        throw new AssertionError("not part of this test");
    }
}
