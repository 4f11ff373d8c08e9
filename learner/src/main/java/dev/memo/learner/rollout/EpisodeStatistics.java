package dev.memo.learner.rollout;

import dev.memo.learner.metrics.Interval;
import dev.memo.learner.metrics.Moments;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;

/**
 * Counts what happens in environments, without keeping it: its memory does not grow with the steps,
 * and a step of one environment takes it about a nanosecond.
 */
public final class EpisodeStatistics implements Rollout.Listener {
    private final int costs;
    private final Moments returns = new Moments();
    private final Moments costSums = new Moments();
    private long steps;
    private long goals;
    private double cost;

    /** Nothing counted yet. */
    public EpisodeStatistics(EnvSpec spec) {
        costs = spec.costNames().size();
    }

    @Override
    public void reset(EnvBatch state) {}

    @Override
    public void step(float[] actions, EnvBatch state) {
        int envs = state.rewards.length;
        int met = 0;
        double sum = 0;
        for (int env = 0; env < envs; env++) {
            met += state.goalsMet[env] ? 1 : 0;
            sum += state.costs[(env + 1) * costs - 1];
            if (state.ended(env)) {
                returns.add(state.episodeReturns[env]);
                costSums.add(state.episodeCosts[env]);
            }
        }
        steps += envs;
        goals += met;
        cost += sum;
    }

    /** Steps of all environments together. */
    public long steps() {
        return steps;
    }

    /** Episodes that ended. */
    public long episodes() {
        return returns.count();
    }

    /** Their returns; null if none ended. */
    public Interval returns() {
        return returns.interval();
    }

    /** Their costs; null if none ended. */
    public Interval costs() {
        return costSums.interval();
    }

    /** Goals per step of one environment. */
    public double goalRate() {
        return (double) goals / steps;
    }

    /** Cost per step of one environment. */
    public double costRate() {
        return cost / steps;
    }
}
