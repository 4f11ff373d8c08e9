package dev.memo.sim.env;

import dev.memo.base.InputException;
import dev.memo.base.TensorFile;
import dev.memo.base.ThreadTeam;
import dev.memo.sim.scenario.Scenario;
import dev.memo.sim.world.Outcome;
import dev.memo.sim.world.Parameters;
import dev.memo.sim.world.Sizes;
import dev.memo.sim.world.State;
import dev.memo.sim.world.StateColumns;
import dev.memo.sim.world.World;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The Goal tasks of Safety Gym's Point robot, environment by environment: the reference that any
 * faster batch must agree with bit for bit.
 */
public final class PointGoalEnv implements VectorEnv {
    private static final int ACTION_SIZE = PointGoalView.ACTION_SIZE;

    /** Environments that one thread takes at a time: about 10 microseconds of work. */
    private static final int CHUNK = 16;

    private static final String SCENARIO = "scenario";
    private static final String AUTORESET = "autoreset";
    private static final String ENVS = "envs";

    private final Scenario scenario;
    private final Autoreset autoreset;
    private final ThreadTeam team;
    private final EnvSpec spec;
    private final int envs;
    private final State[] states;
    private final Parameters[] parameters;
    private final World[] worlds;
    private final Outcome[] outcomes;
    private boolean started;

    // What the threads work on during a call.
    private final ThreadTeam.Task stepping = this::stepChunk;
    private final ThreadTeam.Task resetting = this::resetChunk;
    private final boolean[] toReset;
    private float[] actions;
    private EnvBatch batch;

    /**
     * A batch that must be reset before its first step.
     *
     * @param scenario the task
     * @param envs how many environments
     * @param autoreset what follows an episode's end
     * @param team does the work; shared with others, not closed by this batch
     */
    public PointGoalEnv(Scenario scenario, int envs, Autoreset autoreset, ThreadTeam team) {
        if (envs < 1) {
            throw new InputException("envs = " + envs + ": must be at least 1");
        }
        this.scenario = scenario;
        this.envs = envs;
        this.autoreset = autoreset;
        this.team = team;
        spec = PointGoalView.specOf(scenario);
        toReset = new boolean[envs];
        Sizes sizes = Sizes.of(scenario);
        states = new State[envs];
        Arrays.setAll(states, _ -> new State(sizes));
        parameters = new Parameters[envs];
        Arrays.setAll(parameters, _ -> new Parameters());
        worlds = new World[team.threads()];
        Arrays.setAll(worlds, _ -> new World(scenario));
        outcomes = new Outcome[team.threads()];
        Arrays.setAll(outcomes, _ -> new Outcome(spec.costNames().size()));
    }

    /** What the arrays of a batch of that scenario hold. */
    public static EnvSpec specOf(Scenario scenario) {
        return PointGoalView.specOf(scenario);
    }

    @Override
    public EnvSpec spec() {
        return spec;
    }

    @Override
    public int envs() {
        return envs;
    }

    @Override
    public void reset(long[] seeds, EnvBatch out) {
        require("seeds", seeds.length, envs);
        out.requireFor(spec, envs);
        for (int env = 0; env < envs; env++) {
            states[env].seed = seeds[env];
            // The reset that follows begins the next episode.
            states[env].episode = -1;
        }
        Arrays.fill(toReset, true);
        runReset(out);
    }

    @Override
    public void reset(boolean[] mask, EnvBatch out) {
        require("mask", mask.length, envs);
        out.requireFor(spec, envs);
        requireStarted();
        System.arraycopy(mask, 0, toReset, 0, envs);
        runReset(out);
    }

    private void runReset(EnvBatch out) {
        runTask(resetting, out);
    }

    /** Changes all states, or leaves a batch that must be reset with seeds. */
    private void runTask(ThreadTeam.Task task, EnvBatch out) {
        batch = out;
        started = false;
        team.run(chunks(), task);
        started = true;
    }

    private void resetChunk(int chunk, int thread) {
        int end = Math.min(envs, (chunk + 1) * CHUNK);
        for (int env = chunk * CHUNK; env < end; env++) {
            if (toReset[env]) {
                startNextEpisode(env, worlds[thread]);
                writeStart(env, worlds[thread]);
            }
        }
    }

    private void startNextEpisode(int env, World world) {
        states[env].episode++;
        world.reset(states[env], parameters[env]);
    }

    @Override
    public void step(float[] actions, EnvBatch out) {
        require("actions", actions.length, envs * ACTION_SIZE);
        out.requireFor(spec, envs);
        requireStarted();
        for (int env = 0; env < envs; env++) {
            refuseNan(env, actions);
            if (states[env].ended && autoreset == Autoreset.DISABLED) {
                throw new IllegalStateException(
                        "environment " + env + " has ended its episode: reset it by mask first");
            }
        }
        this.actions = actions;
        runTask(stepping, out);
    }

    private static void refuseNan(int env, float[] actions) {
        for (int i = 0; i < ACTION_SIZE; i++) {
            if (Float.isNaN(actions[env * ACTION_SIZE + i])) {
                throw new InputException(
                        "action %d of environment %d is NaN: must be a number".formatted(i, env));
            }
        }
    }

    private void stepChunk(int chunk, int thread) {
        int end = Math.min(envs, (chunk + 1) * CHUNK);
        for (int env = chunk * CHUNK; env < end; env++) {
            if (states[env].ended) {
                // Only with next-step autoreset: the others never step what has ended.
                startNextEpisode(env, worlds[thread]);
                writeStart(env, worlds[thread]);
            } else {
                stepOne(env, worlds[thread], outcomes[thread]);
            }
        }
    }

    private void stepOne(int env, World world, Outcome outcome) {
        State state = states[env];
        float thrust = actions[env * ACTION_SIZE];
        float yaw = actions[env * ACTION_SIZE + 1];
        world.step(state, parameters[env], thrust, yaw, outcome);
        batch.rewards[env] = outcome.reward;
        int costs = outcome.costs.length;
        System.arraycopy(outcome.costs, 0, batch.costs, env * costs, costs);
        batch.goalsMet[env] = outcome.goalMet;
        batch.terminated[env] = outcome.terminated;
        batch.truncated[env] = outcome.truncated;
        batch.episodeReturns[env] = state.ended ? state.episodeReturn : 0;
        batch.episodeCosts[env] = state.ended ? state.episodeCost : 0;
        batch.episodeLengths[env] = state.ended ? state.step : 0;
        if (state.ended) {
            writeView(env, world, batch.finalObservations, batch.finalPoses);
            if (autoreset == Autoreset.SAME_STEP) {
                startNextEpisode(env, world);
            }
        }
        writeView(env, world, batch.observations, batch.poses);
    }

    /** Writes an environment's row as it is before a step. */
    private void writeStart(int env, World world) {
        batch.rewards[env] = 0;
        int costs = spec.costNames().size();
        Arrays.fill(batch.costs, env * costs, (env + 1) * costs, 0);
        batch.goalsMet[env] = false;
        batch.terminated[env] = false;
        batch.truncated[env] = false;
        batch.episodeReturns[env] = 0;
        batch.episodeCosts[env] = 0;
        batch.episodeLengths[env] = 0;
        writeView(env, world, batch.observations, batch.poses);
    }

    private void writeView(int env, World world, float[] observations, double[] poses) {
        State state = states[env];
        world.observe(state, parameters[env], observations, env * spec.observationStride());
        PointGoalView.writePose(state, poses, env * spec.poseNames().size());
    }

    @Override
    public TensorFile save() {
        requireStarted();
        StateColumns columns = new StateColumns(envs);
        for (int env = 0; env < envs; env++) {
            columns.write(env, states[env]);
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(SCENARIO, scenario.toJson());
        metadata.put(AUTORESET, autoreset.name());
        metadata.put(ENVS, Integer.toString(envs));
        return new TensorFile(metadata, columns.tensors());
    }

    @Override
    public void restore(TensorFile state, EnvBatch out) {
        requireSame(state, SCENARIO, scenario.toJson());
        requireSame(state, AUTORESET, autoreset.name());
        requireSame(state, ENVS, Integer.toString(envs));
        out.requireFor(spec, envs);
        StateColumns columns = new StateColumns(envs, state.tensors());
        State[] read = new State[envs];
        for (int env = 0; env < envs; env++) {
            read[env] = new State(Sizes.of(scenario));
            columns.read(env, read[env]);
        }
        // Only now, so that a state that is refused leaves the batch as it was.
        System.arraycopy(read, 0, states, 0, envs);
        resume(out);
    }

    private static void requireSame(TensorFile state, String key, String wanted) {
        String found = state.metadata().get(key);
        if (!wanted.equals(found)) {
            throw new InputException(
                    "saved state: %s is %s: this batch needs %s".formatted(key, found, wanted));
        }
    }

    @Override
    public void fork(int env, EnvBatch out) {
        out.requireFor(spec, envs);
        requireStarted();
        StateColumns columns = new StateColumns(1);
        columns.write(0, states[env]);
        for (State state : states) {
            columns.read(0, state);
        }
        resume(out);
    }

    /** Makes the parameters fit the states, and writes all rows. */
    private void resume(EnvBatch out) {
        batch = out;
        started = false;
        for (int env = 0; env < envs; env++) {
            worlds[0].drawParameters(states[env], parameters[env]);
            writeStart(env, worlds[0]);
        }
        started = true;
    }

    @Override
    public Scene scene(int env) {
        return PointGoalView.scene(states[env], parameters[env]);
    }

    private int chunks() {
        return (envs + CHUNK - 1) / CHUNK;
    }

    private void requireStarted() {
        if (!started) {
            throw new IllegalStateException("the batch must be reset with seeds first");
        }
    }

    private static void require(String name, int found, int wanted) {
        if (found != wanted) {
            throw new IllegalArgumentException(name + " has " + found + " entries, not " + wanted);
        }
    }

    /** Nothing to give back: the team is not this batch's. */
    @Override
    public void close() {}
}
