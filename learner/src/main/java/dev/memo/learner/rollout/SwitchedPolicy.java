package dev.memo.learner.rollout;

import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.List;

/**
 * Several policies as the modes of one. Each acts in every environment at every step, whether it is
 * listened to or not, so that an environment that switches gets what it would have got from the
 * policy that had acted in it all along.
 */
public final class SwitchedPolicy implements SteeredPolicy {
    private final List<Policy> policies;
    private final EnvModes modes;
    private float[] chosen = new float[0];
    private int actionSize;

    /**
     * A choice between policies; no other may use them at the same time.
     *
     * @param policies at least one, each once; all with contexts of one length
     * @param mode that every environment begins with
     * @throws IllegalArgumentException if there is no such mode
     */
    public SwitchedPolicy(List<? extends Policy> policies, int mode) {
        this.policies = List.copyOf(policies);
        modes = new EnvModes(this.policies.size(), mode);
    }

    @Override
    public int modes() {
        return modes.count();
    }

    @Override
    public void begin(EnvSpec spec, long[] seeds) {
        actionSize = spec.actionSize();
        modes.begin(seeds.length);
        chosen = new float[seeds.length * actionSize];
        for (Policy policy : policies) {
            policy.begin(spec, seeds);
        }
    }

    @Override
    public void steer(int env, int mode) {
        modes.set(env, mode);
    }

    @Override
    public void act(EnvBatch state, float[] actions) {
        policies.getFirst().act(state, actions);
        for (int mode = 1; mode < policies.size(); mode++) {
            policies.get(mode).act(state, chosen);
            for (int at = 0; at < chosen.length; at += actionSize) {
                if (modes.of(at / actionSize) == mode) {
                    System.arraycopy(chosen, at, actions, at, actionSize);
                }
            }
        }
    }

    @Override
    public float[] context(int env) {
        return policies.get(modes.of(env)).context(env);
    }
}
