package dev.memo.app;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.rollout.EpisodeStatistics;
import dev.memo.learner.rollout.Policy;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * Lets a policy act in a batch of environments as fast as they go, with all that belongs to a step:
 * the policy, physics, whole observations, rewards, costs, and same-step resets.
 *
 * @param scenario the world
 * @param envs E
 * @param steps of each environment in a measurement
 * @param repeats how many measurements
 * @param warmUpSeconds how long it steps before the first one, and one episode at least
 * @param seed of environment 0; environment i has seed + i
 */
record SimBenchmark(
        Scenario scenario, int envs, int steps, int repeats, double warmUpSeconds, long seed) {
    /** Enough that a batch has loaded its classes. */
    private static final int FIRST_STEPS = 20;

    /** For the JVM's own threads, that free what collected objects held. */
    private static final long CLEANING_NANOS = 20_000_000;

    /**
     * What was measured.
     *
     * @param seconds [repeats] what each measurement took
     * @param contactFraction steps in which the engine resolved contacts, of all that were measured
     * @param goalRate goals per step of one environment, in the warm-up
     * @param bytesPerEnv of the heap that belong to the batch, its arrays and the actions
     * @param allocatedBytesPerStep by all threads in all measurements, per step of one environment
     */
    record Result(
            double[] seconds,
            double contactFraction,
            double goalRate,
            double bytesPerEnv,
            double allocatedBytesPerStep) {}

    /**
     * Measures.
     *
     * @throws CancellationException if a person stopped it
     */
    Result run(Policy policy, ThreadTeam team, Progress progress) {
        progress.begin("measuring", 1L + repeats, "rounds");
        loadClasses(policy, team, progress);
        long[] seeds = LongStream.range(seed, seed + envs).toArray();
        policy.begin(PointGoalEnv.specOf(scenario), seeds);
        long heapBefore = usedHeap();
        try (Loop loop = new Loop(scenario, seeds, policy, team, progress)) {
            // Before the policy acts: networks keep some megabytes from their first run on.
            loop.env.step(loop.actions, loop.state);
            long bytes = usedHeap() - heapBefore;
            EpisodeStatistics statistics = loop.warmUp(warmUpSeconds);
            progress.advance(1);
            Allocations allocations = new Allocations(team);
            double[] seconds = new double[repeats];
            long allocated = 0;
            long contacts = loop.env.contactSteps();
            for (int i = 0; i < repeats; i++) {
                long allocatedBefore = allocations.bytes();
                long start = System.nanoTime();
                loop.step(steps);
                seconds[i] = (System.nanoTime() - start) / 1e9;
                allocated += allocations.bytes() - allocatedBefore;
                // Between measurements: a line of progress is garbage.
                progress.advance(1);
            }
            contacts = loop.env.contactSteps() - contacts;
            progress.end();
            double measured = (double) envs * steps * repeats;
            return new Result(
                    seconds,
                    contacts / measured,
                    statistics.goalRate(),
                    (double) bytes / envs,
                    allocated / measured);
        }
    }

    /**
     * What classes leave in the heap is not the batch's: a small one is stepped first, and nothing
     * of it stays but what the policy holds until it begins again.
     */
    private void loadClasses(Policy policy, ThreadTeam team, Progress progress) {
        long[] one = {seed};
        policy.begin(PointGoalEnv.specOf(scenario), one);
        try (Loop loop = new Loop(scenario, one, policy, team, progress)) {
            loop.step(FIRST_STEPS);
        }
        usedHeap();
    }

    /** Collects until nothing more is freed: what cleaners hold goes only once they have run. */
    private static long usedHeap() {
        long used = Long.MAX_VALUE;
        long now = collect();
        while (now < used) {
            used = now;
            LockSupport.parkNanos(CLEANING_NANOS);
            now = collect();
        }
        return used;
    }

    private static long collect() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** A batch that was reset, and a policy that has begun to act in it. */
    private static final class Loop implements AutoCloseable {
        private final Policy policy;
        private final Progress progress;
        private final PointGoalEnv env;
        private final EnvBatch state;
        private final float[] actions;

        Loop(Scenario scenario, long[] seeds, Policy policy, ThreadTeam team, Progress progress) {
            this.policy = policy;
            this.progress = progress;
            env = new PointGoalEnv(scenario, seeds.length, Autoreset.SAME_STEP, team);
            state = new EnvBatch(env.spec(), seeds.length);
            actions = new float[seeds.length * env.spec().actionSize()];
            env.reset(seeds, state);
        }

        /** Allocates nothing itself. */
        void step(int count) {
            for (int i = 0; i < count; i++) {
                if (progress.stopRequested()) {
                    throw new CancellationException("stopped while measuring");
                }
                policy.act(state, actions);
                env.step(actions, state);
            }
        }

        /**
         * Steps until everything is compiled. In the first steps environment after environment
         * starts anew, so that from then on the ends of episodes are spread evenly over the steps.
         */
        EpisodeStatistics warmUp(double seconds) {
            EpisodeStatistics statistics = new EpisodeStatistics(env.spec());
            boolean[] mask = new boolean[env.envs()];
            long end = System.nanoTime() + (long) (1e9 * seconds);
            int length = env.spec().episodeSteps();
            for (int i = 0; i < length || System.nanoTime() < end; i++) {
                if (i > 0 && i < length) {
                    for (int e = 0; e < mask.length; e++) {
                        mask[e] = (long) e * length / mask.length == i;
                    }
                    env.reset(mask, state);
                }
                step(1);
                statistics.step(actions, state);
            }
            return statistics;
        }

        @Override
        public void close() {
            env.close();
        }
    }
}
