package dev.memo.bench;

import dev.memo.base.RandomStream;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Whole steps of a batch. */
public class PointGoal extends Throughput {
    /** Places in the random numbers at which a step's actions may begin. */
    private static final int BEGINNINGS = 1 << 12;

    /** The task. */
    @Param({"goal0", "goal1", "goal2"})
    String scenario;

    @Param({"1024", "4096", "65536"})
    int envs;

    private PointGoalEnv env;
    private EnvBatch batch;

    /** Random actions, drawn before so that their drawing is not measured. */
    private float[] drawn;

    /** [E][A] a part of them. */
    private float[] actions;

    private final RandomStream random = new RandomStream(0, 0, 0, 0);

    /** In the first episode environment after environment starts anew, as later its ends will. */
    @Setup
    public void start(Team team) {
        Scenario world = Scenario.load(scenario);
        env = new PointGoalEnv(world, envs, Autoreset.SAME_STEP, team.members());
        batch = new EnvBatch(env.spec(), envs);
        actions = new float[envs * env.spec().actionSize()];
        drawn = new float[actions.length + BEGINNINGS];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = (float) random.uniform(-1, 1);
        }
        env.reset(0, batch);
        boolean[] mask = new boolean[envs];
        int length = world.episodeSteps();
        for (int i = 1; i < length; i++) {
            for (int e = 0; e < envs; e++) {
                mask[e] = (long) e * length / envs == i;
            }
            env.reset(mask, batch);
            stepOnce();
        }
    }

    private void stepOnce() {
        System.arraycopy(drawn, random.below(BEGINNINGS), actions, 0, actions.length);
        env.step(actions, batch);
    }

    /** Random actions; the resets at the ends of episodes are part of it. */
    @Benchmark
    public EnvBatch step(Envs counter) {
        stepOnce();
        counter.envs += envs;
        return batch;
    }
}
