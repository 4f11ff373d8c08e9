package dev.memo.learner.rollout;

import dev.memo.learner.metrics.Interval;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.Arrays;

/** Counts what happens in environments, without keeping it. */
public final class EpisodeStatistics implements Rollout.Listener {
    private final int costs;
    private double[] returns = new double[64];
    private double[] costSums = new double[64];
    private int episodes;
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
        steps += envs;
        for (int env = 0; env < envs; env++) {
            goals += state.goalsMet[env] ? 1 : 0;
            cost += state.costs[(env + 1) * costs - 1];
            if (state.ended(env)) {
                if (episodes == returns.length) {
                    returns = Arrays.copyOf(returns, 2 * episodes);
                    costSums = Arrays.copyOf(costSums, 2 * episodes);
                }
                returns[episodes] = state.episodeReturns[env];
                costSums[episodes++] = state.episodeCosts[env];
            }
        }
    }

    /** A listener that tells this one and then another. */
    public Rollout.Listener and(Rollout.Listener other) {
        EpisodeStatistics first = this;
        return new Rollout.Listener() {
            @Override
            public void reset(EnvBatch state) {
                first.reset(state);
                other.reset(state);
            }

            @Override
            public void step(float[] actions, EnvBatch state) {
                first.step(actions, state);
                other.step(actions, state);
            }
        };
    }

    /** Episodes that ended. */
    public int episodes() {
        return episodes;
    }

    /** Their returns; null if none ended. */
    public Interval returns() {
        return episodes == 0 ? null : Interval.of(Arrays.copyOf(returns, episodes));
    }

    /** Their costs; null if none ended. */
    public Interval costs() {
        return episodes == 0 ? null : Interval.of(Arrays.copyOf(costSums, episodes));
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
