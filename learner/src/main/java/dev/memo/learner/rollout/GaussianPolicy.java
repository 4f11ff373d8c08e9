package dev.memo.learner.rollout;

import dev.memo.base.InputException;
import dev.memo.base.RandomStream;
import dev.memo.kernels.Executable;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.Arrays;

/**
 * The policy that a program computes: actions are the program's means, or drawn about them. Each of
 * its modes has a context and deviations. Its random numbers in an environment follow from that
 * environment's seed, whatever mode acts.
 */
public final class GaussianPolicy implements SteeredPolicy {
    private static final int STREAM = 103;

    private final Executable acting;
    private final int observationSize;
    private final double[][] deviations;
    private final float[][] contexts;
    private final EnvModes modes;

    /** [E][C] the context of each environment's mode. */
    private float[] rows = new float[0];

    private RandomStream[] random = new RandomStream[0];
    private int stride;

    /**
     * A policy that uses a program; no other may use it at the same time.
     *
     * @param acting inputs observations [N][O], and context [N][C] if C is not 0; output mean
     *     [N][A]
     * @param observationSize O
     * @param deviations [K][A] of each mode's actions; 0 for the means
     * @param contexts [K][C] of each mode
     * @param mode that every environment begins with
     * @throws IllegalArgumentException if there is no such mode
     */
    public GaussianPolicy(
            Executable acting,
            int observationSize,
            double[][] deviations,
            float[][] contexts,
            int mode) {
        this.acting = acting;
        this.observationSize = observationSize;
        this.deviations = Arrays.stream(deviations).map(double[]::clone).toArray(double[][]::new);
        this.contexts = Arrays.stream(contexts).map(float[]::clone).toArray(float[][]::new);
        modes = new EnvModes(contexts.length, mode);
    }

    @Override
    public int modes() {
        return modes.count();
    }

    @Override
    public void begin(EnvSpec spec, long[] seeds) {
        int actionSize = deviations[0].length;
        if (spec.observationSize() != observationSize || spec.actionSize() != actionSize) {
            throw new InputException(
                    "scenario '%s' has observations of %d and actions of %d numbers: the run learned from %d and %d"
                            .formatted(
                                    spec.name(),
                                    spec.observationSize(),
                                    spec.actionSize(),
                                    observationSize,
                                    actionSize));
        }
        stride = spec.observationStride();
        random =
                Arrays.stream(seeds)
                        .mapToObj(seed -> new RandomStream(seed, STREAM, 0, 0))
                        .toArray(RandomStream[]::new);
        modes.begin(seeds.length);
        rows = new float[seeds.length * contexts[0].length];
        for (int env = 0; env < seeds.length; env++) {
            copyContext(env);
        }
    }

    private void copyContext(int env) {
        float[] context = context(env);
        System.arraycopy(context, 0, rows, env * context.length, context.length);
    }

    @Override
    public void steer(int env, int mode) {
        modes.set(env, mode);
        copyContext(env);
    }

    @Override
    public void act(EnvBatch state, float[] actions) {
        int size = deviations[0].length;
        int width = contexts[0].length;
        for (int from = 0; from < random.length; from += acting.maxRows()) {
            acting.bind("observations", state.observations, from * stride, stride);
            if (width > 0) {
                acting.bind("context", rows, from * width, width);
            }
            acting.bind("mean", actions, from * size, size);
            acting.run(Math.min(acting.maxRows(), random.length - from));
        }
        for (int i = 0; i < actions.length; i++) {
            double deviation = deviations[modes.of(i / size)][i % size];
            if (deviation > 0) {
                actions[i] += (float) (deviation * random[i / size].normal());
            }
        }
    }

    @Override
    public float[] context(int env) {
        return contexts[modes.of(env)];
    }
}
