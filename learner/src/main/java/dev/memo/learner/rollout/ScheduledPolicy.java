package dev.memo.learner.rollout;

import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;

/**
 * A policy whose modes change by a plan, or by what is seen, in the first episode of each
 * environment.
 */
public final class ScheduledPolicy implements Policy {
    private final SteeredPolicy policy;
    private final Schedule schedule;
    private int envs;
    private int step;

    /** Which mode acts when. */
    @FunctionalInterface
    public interface Schedule {
        /**
         * The mode that acts.
         *
         * @param env index of the environment
         * @param step of the episode, from 0
         * @param state what the environments show now, not modified
         */
        int mode(int env, int step, EnvBatch state);
    }

    /** Follows the plan; no other may steer the policy meanwhile. */
    public ScheduledPolicy(SteeredPolicy policy, Schedule schedule) {
        this.policy = policy;
        this.schedule = schedule;
    }

    @Override
    public void begin(EnvSpec spec, long[] seeds) {
        policy.begin(spec, seeds);
        envs = seeds.length;
        step = 0;
    }

    @Override
    public void act(EnvBatch state, float[] actions) {
        for (int env = 0; env < envs; env++) {
            policy.steer(env, schedule.mode(env, step, state));
        }
        policy.act(state, actions);
        step++;
    }

    @Override
    public float[] context(int env) {
        return policy.context(env);
    }
}
