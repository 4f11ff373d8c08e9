package dev.memo.learner.evaluation;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.Rollout;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.env.VectorEnv;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * What episodes earned and cost, one per layout.
 *
 * @param returns [N] sums of rewards
 * @param costs [N] sums of the cost "sum"
 */
public record EpisodeTotals(double[] returns, double[] costs) {
    /**
     * Environments that step together: enough for SIMD and threads, and their rows in the cache.
     */
    private static final int BATCH = 512;

    /**
     * Runs a policy for one episode per seed.
     *
     * @param seeds of the layouts
     * @throws CancellationException if a person asks to stop
     */
    public static EpisodeTotals of(
            Scenario scenario, Policy policy, long[] seeds, ThreadTeam team, Progress progress) {
        EpisodeTotals totals =
                new EpisodeTotals(new double[seeds.length], new double[seeds.length]);
        for (int first = 0; first < seeds.length; first += BATCH) {
            int end = Math.min(seeds.length, first + BATCH);
            totals.collect(
                    scenario, policy, Arrays.copyOfRange(seeds, first, end), first, team, progress);
        }
        return totals;
    }

    private void collect(
            Scenario scenario,
            Policy policy,
            long[] seeds,
            int first,
            ThreadTeam team,
            Progress progress) {
        boolean[] over = new boolean[seeds.length];
        Rollout.Listener ends =
                new Rollout.Listener() {
                    @Override
                    public void reset(EnvBatch state) {}

                    @Override
                    public void step(float[] actions, EnvBatch state) {
                        for (int env = 0; env < over.length; env++) {
                            // One that ends early starts another episode; the first one counts.
                            if (state.ended(env) && !over[env]) {
                                over[env] = true;
                                returns[first + env] = state.episodeReturns[env];
                                costs[first + env] = state.episodeCosts[env];
                            }
                        }
                    }
                };
        try (VectorEnv env = new PointGoalEnv(scenario, seeds.length, Autoreset.SAME_STEP, team)) {
            Rollout.run(env, policy, seeds, scenario.episodeSteps(), progress, ends);
        }
        if (progress.stopRequested()) {
            throw new CancellationException("stopped while running episodes");
        }
    }

    /** How many episodes. */
    public int count() {
        return returns.length;
    }

    /** Those from one on, before another. */
    public EpisodeTotals part(int from, int to) {
        return new EpisodeTotals(
                Arrays.copyOfRange(returns, from, to), Arrays.copyOfRange(costs, from, to));
    }
}
