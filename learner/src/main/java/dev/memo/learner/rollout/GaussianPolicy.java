package dev.memo.learner.rollout;

import dev.memo.base.InputException;
import dev.memo.base.RandomStream;
import dev.memo.kernels.Executable;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.Arrays;

/**
 * The policy that a program computes: actions are the program's means, or drawn about them. Its
 * random numbers in an environment follow from that environment's seed.
 */
public final class GaussianPolicy implements Policy {
    private static final int STREAM = 103;

    private final Executable acting;
    private final int observationSize;
    private final double[] deviations;
    private final float[] context;
    private float[] contexts = new float[0];
    private RandomStream[] random = new RandomStream[0];
    private int stride;

    /**
     * A policy that uses a program; no other may use it at the same time.
     *
     * @param acting inputs observations [N][O], and context [N][K] if K is not 0; output mean
     *     [N][A]
     * @param observationSize O
     * @param deviations [A] of the actions; 0 for the means
     * @param context [K] the same in every environment and step
     */
    public GaussianPolicy(
            Executable acting, int observationSize, double[] deviations, float[] context) {
        this.acting = acting;
        this.observationSize = observationSize;
        this.deviations = deviations.clone();
        this.context = context.clone();
    }

    @Override
    public void begin(EnvSpec spec, long[] seeds) {
        if (spec.observationSize() != observationSize || spec.actionSize() != deviations.length) {
            throw new InputException(
                    "scenario '%s' has observations of %d and actions of %d numbers: the run learned from %d and %d"
                            .formatted(
                                    spec.name(),
                                    spec.observationSize(),
                                    spec.actionSize(),
                                    observationSize,
                                    deviations.length));
        }
        stride = spec.observationStride();
        random =
                Arrays.stream(seeds)
                        .mapToObj(seed -> new RandomStream(seed, STREAM, 0, 0))
                        .toArray(RandomStream[]::new);
        contexts = new float[seeds.length * context.length];
        for (int env = 0; env < seeds.length; env++) {
            System.arraycopy(context, 0, contexts, env * context.length, context.length);
        }
    }

    @Override
    public void act(EnvBatch state, float[] actions) {
        int size = deviations.length;
        for (int from = 0; from < random.length; from += acting.maxRows()) {
            acting.bind("observations", state.observations, from * stride, stride);
            if (context.length > 0) {
                acting.bind("context", contexts, from * context.length, context.length);
            }
            acting.bind("mean", actions, from * size, size);
            acting.run(Math.min(acting.maxRows(), random.length - from));
        }
        for (int i = 0; i < actions.length; i++) {
            if (deviations[i % size] > 0) {
                actions[i] += (float) (deviations[i % size] * random[i / size].normal());
            }
        }
    }

    @Override
    public float[] context(int env) {
        return context;
    }
}
