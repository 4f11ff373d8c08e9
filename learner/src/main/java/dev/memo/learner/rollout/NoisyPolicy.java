package dev.memo.learner.rollout;

import dev.memo.base.InputException;
import dev.memo.base.RandomStream;
import dev.memo.base.ThreadTeam;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.Arrays;

/** Another policy with Gaussian noise on every number of its actions, cut off at +-1. */
public final class NoisyPolicy implements Policy {
    private static final int STREAM = 102;

    /** Environments that one thread takes at a time. */
    private static final int CHUNK = 256;

    private final Policy policy;
    private final double noise;
    private final ThreadTeam team;
    private final ThreadTeam.Task adding = this::addChunk;
    private RandomStream[] random = new RandomStream[0];
    private float[] actions;

    private NoisyPolicy(Policy policy, double noise, ThreadTeam team) {
        this.policy = policy;
        this.noise = noise;
        this.team = team;
    }

    /**
     * The policy with noise, or the policy itself without.
     *
     * @param noise standard deviation
     * @param team draws it; what is drawn does not depend on its threads
     * @throws InputException if the noise is no deviation
     */
    public static Policy of(Policy policy, double noise, ThreadTeam team) {
        check(noise);
        return noise == 0 ? policy : new NoisyPolicy(policy, noise, team);
    }

    /**
     * Refuses what is no deviation.
     *
     * @throws InputException naming it
     */
    public static void check(double noise) {
        if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
            throw new InputException("action noise " + noise + ": must be a number of at least 0");
        }
    }

    @Override
    public void begin(EnvSpec spec, long[] seeds) {
        policy.begin(spec, seeds);
        random =
                Arrays.stream(seeds)
                        .mapToObj(seed -> new RandomStream(seed, STREAM, 0, 0))
                        .toArray(RandomStream[]::new);
    }

    @Override
    public void act(EnvBatch state, float[] actions) {
        policy.act(state, actions);
        this.actions = actions;
        team.run(Math.ceilDiv(random.length, CHUNK), adding);
    }

    private void addChunk(int chunk, int thread) {
        int size = actions.length / random.length;
        int to = Math.min(random.length, (chunk + 1) * CHUNK);
        for (int env = chunk * CHUNK; env < to; env++) {
            for (int i = env * size; i < (env + 1) * size; i++) {
                actions[i] = (float) Math.clamp(actions[i] + noise * random[env].normal(), -1, 1);
            }
        }
    }

    @Override
    public float[] context(int env) {
        return policy.context(env);
    }
}
