package dev.memo.bench;

import dev.memo.base.RandomStream;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The world in batches: one operation is one step, or one reset, of one environment. */
public class PointGoal extends Throughput {
    private static final int ENVS = 256;

    /** The task. */
    @Param({"goal0", "goal1", "goal2"})
    String scenario;

    private PointGoalEnv env;
    private EnvBatch batch;

    /** [steps of an episode][E][A], drawn before so that their drawing is not measured. */
    private float[][] actions;

    private int step;
    private long seed;

    @Setup
    public void start(Team team) {
        Scenario world = Scenario.load(scenario);
        env = new PointGoalEnv(world, ENVS, Autoreset.SAME_STEP, team.members());
        batch = new EnvBatch(env.spec(), ENVS);
        actions = new float[world.episodeSteps()][ENVS * env.spec().actionSize()];
        RandomStream random = new RandomStream(0, 0, 0, 0);
        for (float[] row : actions) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.uniform(-1, 1);
            }
        }
        env.reset(seed, batch);
    }

    /** Random actions; the resets at the ends of episodes are part of it. */
    @Benchmark
    @OperationsPerInvocation(ENVS)
    public EnvBatch step() {
        env.step(actions[step++ % actions.length], batch);
        return batch;
    }

    /** A new layout each time. */
    @Benchmark
    @OperationsPerInvocation(ENVS)
    public EnvBatch reset() {
        seed += ENVS;
        env.reset(seed, batch);
        return batch;
    }
}
