package dev.memo.sim.env;

import dev.memo.base.InputException;
import dev.memo.base.Tensor;
import dev.memo.base.TensorFile;
import dev.memo.base.ThreadTeam;
import dev.memo.sim.scenario.Scenario;
import dev.memo.sim.world.Block;
import dev.memo.sim.world.BlockRules;
import dev.memo.sim.world.Outcomes;
import dev.memo.sim.world.ScalarRules;
import dev.memo.sim.world.SimdRules;
import dev.memo.sim.world.Sizes;
import dev.memo.sim.world.State;
import dev.memo.sim.world.StateColumns;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/**
 * The Goal tasks of Safety Gym's Point robot. Environments stand in blocks of up to 64, and a
 * thread takes a block through a whole step, so that its numbers stay in the cache.
 */
public final class PointGoalEnv implements VectorEnv {
    private static final int ACTION_SIZE = PointGoalView.ACTION_SIZE;

    /** The bits of NaN are larger, apart from the sign. */
    private static final int INFINITY_BITS = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private static final String SCENARIO = "scenario";
    private static final String AUTORESET = "autoreset";
    private static final String ENVS = "envs";

    private final Scenario scenario;
    private final Autoreset autoreset;
    private final ThreadTeam team;
    private final EnvSpec spec;
    private final int envs;
    private final Block[] blocks;

    /** Environments of each block, the last one excepted: a share for every thread. */
    private final int perBlock;

    // One for each thread.
    private final BlockRules[] rules;
    private final Outcomes[] outcomes;

    private boolean started;

    // What the threads work on during a call.
    private final ThreadTeam.Task stepping = this::stepBlock;
    private final ThreadTeam.Task resetting = this::resetBlock;
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
        this(scenario, envs, autoreset, team, SimdRules::new);
    }

    private PointGoalEnv(
            Scenario scenario,
            int envs,
            Autoreset autoreset,
            ThreadTeam team,
            Function<Scenario, BlockRules> newRules) {
        if (envs < 1) {
            throw new InputException("envs = " + envs + ": must be at least 1");
        }
        this.scenario = scenario;
        this.envs = envs;
        this.autoreset = autoreset;
        this.team = team;
        spec = PointGoalView.specOf(scenario);
        toReset = new boolean[envs];
        perBlock = Math.min(Block.MOST, Math.ceilDiv(envs, team.threads()));
        blocks = Block.of(scenario, envs, perBlock);
        rules = new BlockRules[team.threads()];
        Arrays.setAll(rules, _ -> newRules.apply(scenario));
        outcomes = new Outcomes[team.threads()];
        Arrays.setAll(outcomes, _ -> new Outcomes(spec.costNames().size()));
    }

    /**
     * The same environments without SIMD, one after the other: slow, plain, and equal to the last
     * bit. For tests and for those who doubt.
     */
    public static PointGoalEnv reference(
            Scenario scenario, int envs, Autoreset autoreset, ThreadTeam team) {
        return new PointGoalEnv(scenario, envs, autoreset, team, ScalarRules::new);
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

    /** Steps of single environments so far in which bodies touched. */
    public long contactSteps() {
        return Arrays.stream(blocks).mapToLong(block -> block.contactSteps).sum();
    }

    @Override
    public void reset(long[] seeds, EnvBatch out) {
        require("seeds", seeds.length, envs);
        out.requireFor(spec, envs);
        for (int env = 0; env < envs; env++) {
            State state = block(env).state(lane(env));
            state.seed = seeds[env];
            // The reset that follows begins the next episode.
            state.episode = -1;
        }
        Arrays.fill(toReset, true);
        runTask(resetting, out);
    }

    @Override
    public void reset(boolean[] mask, EnvBatch out) {
        require("mask", mask.length, envs);
        out.requireFor(spec, envs);
        requireStarted();
        System.arraycopy(mask, 0, toReset, 0, envs);
        runTask(resetting, out);
    }

    private Block block(int env) {
        return blocks[env / perBlock];
    }

    private int lane(int env) {
        return env % perBlock;
    }

    /** Changes all states, or leaves a batch that must be reset with seeds. */
    private void runTask(ThreadTeam.Task task, EnvBatch out) {
        batch = out;
        started = false;
        team.run(blocks.length, task);
        started = true;
    }

    private void resetBlock(int index, int thread) {
        Block block = blocks[index];
        int first = index * perBlock;
        for (int lane = 0; lane < block.size; lane++) {
            if (toReset[first + lane]) {
                rules[thread].startNext(block, lane);
                writeStart(index, lane, thread);
            }
        }
    }

    @Override
    public void step(float[] actions, EnvBatch out) {
        require("actions", actions.length, envs * ACTION_SIZE);
        out.requireFor(spec, envs);
        requireStarted();
        refuseNan(actions);
        if (autoreset == Autoreset.DISABLED) {
            refuseEnded();
        }
        this.actions = actions;
        runTask(stepping, out);
    }

    private static void refuseNan(float[] actions) {
        // Without a branch, so that the compiler makes it SIMD.
        int largest = 0;
        for (float action : actions) {
            largest = Math.max(largest, Float.floatToRawIntBits(action) & Integer.MAX_VALUE);
        }
        if (largest <= INFINITY_BITS) {
            return;
        }
        for (int i = 0; i < actions.length; i++) {
            if (Float.isNaN(actions[i])) {
                throw new InputException(
                        "action %d of environment %d is NaN: must be a number"
                                .formatted(i % ACTION_SIZE, i / ACTION_SIZE));
            }
        }
    }

    private void refuseEnded() {
        for (int i = 0; i < blocks.length; i++) {
            if (blocks[i].ended != 0) {
                int env = i * perBlock + Long.numberOfTrailingZeros(blocks[i].ended);
                throw new IllegalStateException(
                        "environment " + env + " has ended its episode: reset it by mask first");
            }
        }
    }

    private void stepBlock(int index, int thread) {
        Block block = blocks[index];
        int first = index * perBlock;
        // Only with next-step autoreset: the others never step what has ended.
        long waiting = block.ended;
        rules[thread].step(
                block,
                block.all() & ~waiting,
                actions,
                first * ACTION_SIZE,
                batch.observations,
                first * spec.observationStride(),
                outcomes[thread]);
        writeOutcomes(block, outcomes[thread], first);
        for (long left = block.ended; left != 0; left &= left - 1) {
            writeEnd(index, Long.numberOfTrailingZeros(left), thread);
        }
        for (long left = waiting; left != 0; left &= left - 1) {
            int lane = Long.numberOfTrailingZeros(left);
            rules[thread].startNext(block, lane);
            writeStart(index, lane, thread);
        }
    }

    private void writeOutcomes(Block block, Outcomes outcomes, int first) {
        int end = first + block.size;
        int costs = spec.costNames().size();
        System.arraycopy(outcomes.rewards, 0, batch.rewards, first, block.size);
        System.arraycopy(outcomes.costs, 0, batch.costs, first * costs, block.size * costs);
        writeBits(outcomes.goalsMet, batch.goalsMet, first, end);
        writeBits(outcomes.terminated, batch.terminated, first, end);
        writeBits(outcomes.truncated, batch.truncated, first, end);
        Arrays.fill(batch.episodeReturns, first, end, 0);
        Arrays.fill(batch.episodeCosts, first, end, 0);
        Arrays.fill(batch.episodeLengths, first, end, 0);
        for (int lane = 0; lane < block.size; lane++) {
            block.writePose(lane, batch.poses, first * Block.POSE);
        }
    }

    private static void writeBits(long bits, boolean[] out, int first, int end) {
        Arrays.fill(out, first, end, false);
        for (long left = bits; left != 0; left &= left - 1) {
            out[first + Long.numberOfTrailingZeros(left)] = true;
        }
    }

    /** Writes what remains of an episode, and starts the next where that is the same step's. */
    private void writeEnd(int index, int lane, int thread) {
        Block block = blocks[index];
        int first = index * perBlock;
        int env = first + lane;
        State state = block.load(lane);
        batch.episodeReturns[env] = state.episodeReturn;
        batch.episodeCosts[env] = state.episodeCost;
        batch.episodeLengths[env] = state.step;
        int stride = spec.observationStride();
        System.arraycopy(
                batch.observations, env * stride, batch.finalObservations, env * stride, stride);
        block.writePose(lane, batch.finalPoses, first * Block.POSE);
        if (autoreset == Autoreset.SAME_STEP) {
            rules[thread].startNext(block, lane);
            writeView(index, lane, thread);
        }
    }

    /** Writes an environment's row as it is before a step. */
    private void writeStart(int index, int lane, int thread) {
        int env = index * perBlock + lane;
        batch.rewards[env] = 0;
        int costs = spec.costNames().size();
        Arrays.fill(batch.costs, env * costs, (env + 1) * costs, 0);
        batch.goalsMet[env] = false;
        batch.terminated[env] = false;
        batch.truncated[env] = false;
        batch.episodeReturns[env] = 0;
        batch.episodeCosts[env] = 0;
        batch.episodeLengths[env] = 0;
        writeView(index, lane, thread);
    }

    private void writeView(int index, int lane, int thread) {
        Block block = blocks[index];
        int first = index * perBlock;
        int offset = first * spec.observationStride();
        rules[thread].observe(block, lane, batch.observations, offset);
        block.writePose(lane, batch.poses, first * Block.POSE);
    }

    @Override
    public TensorFile save() {
        requireStarted();
        StateColumns columns = new StateColumns(envs);
        for (int env = 0; env < envs; env++) {
            columns.write(env, block(env).load(lane(env)));
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
        // A first reading, so that a state that is refused leaves the batch as it was.
        columns.read(0, new State(Sizes.of(scenario)));
        resume(env -> env, state.tensors(), envs, out);
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
        columns.write(0, block(env).load(lane(env)));
        resume(_ -> 0, columns.tensors(), 1, out);
    }

    /**
     * Takes over saved states, makes the parameters fit them, and writes all rows.
     *
     * @param rowOf the row of each environment's state
     */
    private void resume(IntUnaryOperator rowOf, Map<String, Tensor> saved, int rows, EnvBatch out) {
        runTask(
                (index, thread) -> {
                    Block block = blocks[index];
                    StateColumns columns = new StateColumns(rows, saved);
                    for (int lane = 0; lane < block.size; lane++) {
                        int row = rowOf.applyAsInt(index * perBlock + lane);
                        columns.read(row, block.state(lane));
                        rules[thread].resume(block, lane);
                        writeStart(index, lane, thread);
                    }
                },
                out);
    }

    @Override
    public Scene scene(int env) {
        Block block = block(env);
        return PointGoalView.scene(block.load(lane(env)), block.parameters(lane(env)));
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
