package dev.memo.learner.memo;

import dev.memo.base.InputException;
import dev.memo.learner.rollout.Rollout;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.Arrays;

/**
 * What a policy's behaviour looks like to a run while it acts: in how many steps the encoder takes
 * it for each mode, and how likely its actions are under each.
 */
public final class SteeringTrace implements Rollout.Listener {
    private final MemoModel model;
    private final MemoRecognition recognition;
    private final String world;
    private final int observationSize;
    private final int stride;
    private final float[] observations;
    private final long[] near;
    private final double[] logDensities;
    private long steps;

    /**
     * Nothing seen yet.
     *
     * @param envs E: environments of the batch
     * @throws InputException if the environments do not show what the run learned from
     */
    public SteeringTrace(MemoModel model, EnvSpec spec, int envs) {
        this.model = model;
        recognition = new MemoRecognition(model, spec, envs);
        world = spec.name();
        observationSize = spec.observationSize();
        stride = spec.observationStride();
        observations = new float[envs * observationSize];
        near = new long[model.modes()];
        logDensities = new double[model.modes()];
    }

    @Override
    public void reset(EnvBatch state) {
        recognition.reset(state);
        keep(state);
    }

    /** What the next actions are chosen from. */
    private void keep(EnvBatch state) {
        int envs = observations.length / observationSize;
        for (int env = 0; env < envs; env++) {
            System.arraycopy(
                    state.observations,
                    env * stride,
                    observations,
                    env * observationSize,
                    observationSize);
        }
    }

    @Override
    public void step(float[] actions, EnvBatch state) {
        recognition.step(actions, state);
        int envs = observations.length / observationSize;
        for (int env = 0; env < envs; env++) {
            int nearest = recognition.nearest(env);
            if (nearest >= 0) {
                near[nearest]++;
            }
        }
        for (int mode = 0; mode < model.modes(); mode++) {
            for (float density : model.logDensities(observations, actions, mode)) {
                logDensities[mode] += density;
            }
        }
        steps += envs;
        keep(state);
    }

    /**
     * [K] the share of the recognised steps in which each mode was the nearest.
     *
     * @throws InputException if none was recognised
     */
    public double[] near() {
        double all = Arrays.stream(near).sum();
        if (all == 0) {
            throw new InputException(
                    "scenario '%s': no episode has the %d steps of a window"
                            .formatted(world, model.config().reach()));
        }
        return Arrays.stream(near).mapToDouble(count -> count / all).toArray();
    }

    /** [K] the mean log density of the actions under each mode, nats per step. */
    public double[] logDensities() {
        return Arrays.stream(logDensities).map(sum -> sum / steps).toArray();
    }
}
