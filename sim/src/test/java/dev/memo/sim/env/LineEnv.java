package dev.memo.sim.env;

import dev.memo.base.InputException;
import dev.memo.base.RandomStream;
import dev.memo.base.Tensor;
import dev.memo.base.TensorFile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A point on a line that actions push; the closer to 0, the better. The smallest environment that
 * keeps the whole contract: an example, and the proof that the contract asks for nothing of the
 * point-robot world.
 */
final class LineEnv implements VectorEnv {
    // begin world
    private static final EnvSpec SPEC =
            new EnvSpec(
                    "line",
                    List.of(new EnvSpec.Slice("position", 0, 1)), // an observation: one number
                    1, // from one environment's observation to the next one's
                    1, // an action: one number
                    List.of("outside", "sum"),
                    List.of("x"),
                    50); // steps of an episode

    private void begin(int env) {
        long seed = counts[env * COUNTS + SEED];
        int episode = (int) counts[env * COUNTS + EPISODE]++;
        numbers[env * NUMBERS + X] = new RandomStream(seed, 0, 0, episode).uniform(-1, 1);
    }

    private void move(int env, float action, EnvBatch out) {
        double x = numbers[env * NUMBERS + X] + 0.1 * Math.clamp(action, -1, 1);
        numbers[env * NUMBERS + X] = x;
        out.rewards[env] = -Math.abs(x);
        out.costs[2 * env] = Math.abs(x) > 1 ? 1 : 0;
        out.costs[2 * env + 1] = out.costs[2 * env];
        out.terminated[env] = Math.abs(x) >= 5; // the line's end
    }

    private void show(int env, float[] observations, double[] poses) {
        poses[env] = numbers[env * NUMBERS + X];
        observations[env] = (float) poses[env];
    }

    // end world

    /** The state of an environment: so many numbers, and so many counts. */
    private static final int NUMBERS = 3;

    private static final int X = 0;
    private static final int RETURN = 1;
    private static final int COST = 2;

    private static final int COUNTS = 4;
    private static final int SEED = 0;
    private static final int EPISODE = 1;
    private static final int STEPS = 2;
    private static final int ENDED = 3;

    private final Autoreset autoreset;
    private final double[] numbers;
    private final long[] counts;
    private boolean started;

    LineEnv(int envs, Autoreset autoreset) {
        this.autoreset = autoreset;
        numbers = new double[envs * NUMBERS];
        counts = new long[envs * COUNTS];
    }

    @Override
    public EnvSpec spec() {
        return SPEC;
    }

    @Override
    public int envs() {
        return counts.length / COUNTS;
    }

    @Override
    public void reset(long[] seeds, EnvBatch out) {
        out.requireFor(SPEC, envs());
        started = true;
        for (int env = 0; env < envs(); env++) {
            counts[env * COUNTS + SEED] = seeds[env];
            counts[env * COUNTS + EPISODE] = 0;
            next(env);
            clear(env, out);
        }
    }

    @Override
    public void reset(boolean[] mask, EnvBatch out) {
        out.requireFor(SPEC, envs());
        requireStarted();
        for (int env = 0; env < envs(); env++) {
            if (mask[env]) {
                next(env);
                clear(env, out);
            }
        }
    }

    @Override
    public void step(float[] actions, EnvBatch out) {
        out.requireFor(SPEC, envs());
        requireStarted();
        for (int env = 0; env < envs(); env++) {
            if (Float.isNaN(actions[env])) {
                throw new InputException("environment " + env + ": the action is NaN");
            }
            if (autoreset == Autoreset.DISABLED && counts[env * COUNTS + ENDED] == 1) {
                throw new IllegalStateException("environment " + env + " has ended");
            }
        }
        for (int env = 0; env < envs(); env++) {
            boolean over = counts[env * COUNTS + ENDED] == 1;
            if (over) {
                next(env);
            }
            clear(env, out);
            if (!over) {
                step(env, actions[env], out);
            }
        }
    }

    private void step(int env, float action, EnvBatch out) {
        move(env, action, out);
        numbers[env * NUMBERS + RETURN] += out.rewards[env];
        numbers[env * NUMBERS + COST] += out.costs[2 * env + 1];
        int steps = (int) ++counts[env * COUNTS + STEPS];
        out.truncated[env] = steps == SPEC.episodeSteps();
        if (out.ended(env)) {
            out.episodeReturns[env] = numbers[env * NUMBERS + RETURN];
            out.episodeCosts[env] = numbers[env * NUMBERS + COST];
            out.episodeLengths[env] = steps;
            counts[env * COUNTS + ENDED] = 1;
            show(env, out.finalObservations, out.finalPoses);
            if (autoreset == Autoreset.SAME_STEP) {
                next(env);
            }
        }
        show(env, out.observations, out.poses);
    }

    /** Starts the next episode of the environment's seed. */
    private void next(int env) {
        Arrays.fill(numbers, env * NUMBERS, (env + 1) * NUMBERS, 0);
        counts[env * COUNTS + STEPS] = 0;
        counts[env * COUNTS + ENDED] = 0;
        begin(env);
    }

    /** Writes a row as a reset does. */
    private void clear(int env, EnvBatch out) {
        out.rewards[env] = 0;
        Arrays.fill(out.costs, 2 * env, 2 * env + 2, 0);
        out.terminated[env] = false;
        out.truncated[env] = false;
        out.goalsMet[env] = false;
        out.episodeReturns[env] = 0;
        out.episodeCosts[env] = 0;
        out.episodeLengths[env] = 0;
        show(env, out.observations, out.poses);
    }

    private void requireStarted() {
        if (!started) {
            throw new IllegalStateException("reset comes first");
        }
    }

    @Override
    public TensorFile save() {
        requireStarted();
        return new TensorFile(
                Map.of("autoreset", autoreset.name()),
                Map.of(
                        "numbers", new Tensor.F64(numbers.clone(), envs(), NUMBERS),
                        "counts", new Tensor.I64(counts.clone(), envs(), COUNTS)));
    }

    @Override
    public void restore(TensorFile state, EnvBatch out) {
        out.requireFor(SPEC, envs());
        double[] saved = state.doubles("numbers", envs(), NUMBERS);
        if (!autoreset.name().equals(state.metadata().get("autoreset"))
                || !(state.tensors().get("counts") instanceof Tensor.I64 savedCounts)
                || savedCounts.data().length != counts.length) {
            throw new InputException("the state is of another batch");
        }
        System.arraycopy(saved, 0, numbers, 0, numbers.length);
        System.arraycopy(savedCounts.data(), 0, counts, 0, counts.length);
        started = true;
        clearAll(out);
    }

    @Override
    public void fork(int env, EnvBatch out) {
        out.requireFor(SPEC, envs());
        requireStarted();
        for (int to = 0; to < envs(); to++) {
            System.arraycopy(numbers, env * NUMBERS, numbers, to * NUMBERS, NUMBERS);
            System.arraycopy(counts, env * COUNTS, counts, to * COUNTS, COUNTS);
        }
        clearAll(out);
    }

    private void clearAll(EnvBatch out) {
        for (int env = 0; env < envs(); env++) {
            clear(env, out);
        }
    }

    @Override
    public Scene scene(int env) {
        return new Scene(
                1,
                new Scene.Pose(numbers[env * NUMBERS + X], 0, 0),
                new Scene.Disc(0, 0, 0.1),
                List.of(),
                List.of());
    }

    @Override
    public void close() {}
}
