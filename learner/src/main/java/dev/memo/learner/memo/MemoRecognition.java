package dev.memo.learner.memo;

import dev.memo.base.InputException;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Differences;
import dev.memo.learner.dataset.Features;
import dev.memo.learner.dataset.Transitions;
import dev.memo.learner.rollout.Recognition;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a run's encoder makes of behaviour while it happens: after every step the distances from the
 * codes of the window that ends with it. They are those of the recorded episode, bit for bit.
 *
 * <p>For environments with same-step autoreset, or for one episode of others.
 */
public final class MemoRecognition implements Recognition {
    private final MemoModel model;
    private final Differences differences;
    private final int observationSize;
    private final int stride;
    private final int poseSize;

    /** From the first row of a window to its last one, and one more. */
    private final int span;

    /** [watched][span] the last rows of each environment's episode. */
    private final Transitions rows;

    private final Tail[] tails;

    /** [watched][K]. */
    private final float[][] distances;

    /**
     * Nothing seen yet.
     *
     * @param spec of the environments
     * @param watched how many of the first environments are watched; all where there are fewer
     * @throws InputException if the environments do not show what the run learned from
     */
    public MemoRecognition(MemoModel model, EnvSpec spec, int watched) {
        this.model = model;
        MemoConfig config = model.config();
        differences = differences(model, spec);
        observationSize = spec.observationSize();
        stride = spec.observationStride();
        poseSize = spec.poseNames().size();
        span = (config.window() - 1) * config.stride() + 1;
        int count = watched * span;
        rows =
                new Transitions(
                        differences.columns(),
                        new float[Math.multiplyExact(count, observationSize)],
                        new float[Math.multiplyExact(count, differences.columns().size())],
                        new float[0],
                        IntStream.range(0, count).map(row -> row / span).toArray(),
                        new int[count],
                        new boolean[count]);
        tails = new Tail[watched];
        Arrays.setAll(tails, Tail::new);
        distances = new float[watched][size()];
    }

    /** What the run's windows are made of, in that world. */
    private static Differences differences(MemoModel model, EnvSpec spec) {
        MemoNetwork network = model.network();
        MemoConfig config = model.config();
        Differences differences;
        try {
            differences =
                    new Differences(
                            DatasetSpec.of(spec), Features.parse(config.features()), config.step());
        } catch (InputException e) {
            throw new InputException("scenario '%s': %s".formatted(spec.name(), e.getMessage()), e);
        }
        int columns = differences.columns().size();
        if (spec.observationSize() != network.observationSize()
                || columns != network.differenceSize()) {
            throw new InputException(
                    "scenario '%s' has observations of %d and differences of %d numbers: the run learned from %d and %d"
                            .formatted(
                                    spec.name(),
                                    spec.observationSize(),
                                    columns,
                                    network.observationSize(),
                                    network.differenceSize()));
        }
        return differences;
    }

    @Override
    public int size() {
        return model.modes();
    }

    @Override
    public float[] distances(int env) {
        if (env < 0 || env >= tails.length) {
            throw new IllegalArgumentException(
                    "environment %d: the first %d are watched".formatted(env, tails.length));
        }
        return distances[env];
    }

    @Override
    public void reset(EnvBatch state) {
        for (int env = 0; env < watched(state); env++) {
            tails[env].start(state);
            Arrays.fill(distances[env], Float.NaN);
        }
    }

    private int watched(EnvBatch state) {
        return Math.min(tails.length, state.rewards.length);
    }

    @Override
    public void step(float[] actions, EnvBatch state) {
        for (int env = 0; env < watched(state); env++) {
            tails[env].add(state);
        }
        int[] whole =
                IntStream.range(0, watched(state)).filter(env -> tails[env].whole()).toArray();
        int[] first = Arrays.stream(whole).map(env -> env * span).toArray();
        MemoConfig config = model.config();
        float[] found =
                model.recognise(
                        new Windows(rows, config.window(), config.stride(), first),
                        MemoModel.Output.DISTANCES);
        for (int i = 0; i < whole.length; i++) {
            System.arraycopy(found, i * size(), distances[whole[i]], 0, size());
        }
        for (int env = 0; env < watched(state); env++) {
            if (!tails[env].whole()) {
                Arrays.fill(distances[env], Float.NaN);
            }
            if (state.ended(env)) {
                tails[env].start(state);
            }
        }
    }

    /** The last moments of an environment's episode: as many as a difference reaches over. */
    private final class Tail {
        private final int env;
        private final int most = differences.reach() + 1;
        private final float[] observations = new float[most * observationSize];
        private final double[] poses = new double[most * poseSize];
        private final double[] headings = new double[most];
        private int moments;
        private int known;

        Tail(int env) {
            this.env = env;
        }

        /** Begins an episode with what the environment shows now. */
        void start(EnvBatch state) {
            moments = 0;
            known = 0;
            addMoment(state.observations, state.poses);
        }

        /** Takes what a step led to. */
        void add(EnvBatch state) {
            if (moments == most) {
                moments--;
                System.arraycopy(
                        observations, observationSize, observations, 0, moments * observationSize);
                System.arraycopy(poses, poseSize, poses, 0, moments * poseSize);
                System.arraycopy(headings, 1, headings, 0, moments);
            }
            if (state.ended(env)) {
                addMoment(state.finalObservations, state.finalPoses);
            } else {
                addMoment(state.observations, state.poses);
            }
            if (moments == most) {
                addRow();
            }
        }

        private void addMoment(float[] fromObservations, double[] fromPoses) {
            int at = moments * observationSize;
            System.arraycopy(fromObservations, env * stride, observations, at, observationSize);
            System.arraycopy(fromPoses, env * poseSize, poses, moments * poseSize, poseSize);
            differences.addHeading(poses, headings, moments);
            moments++;
        }

        /** The row of the first moment, whose difference the last one completes. */
        private void addRow() {
            int columns = rows.differenceSize();
            if (known == span) {
                known--;
                shift(rows.differences(), columns);
                shift(rows.states(), observationSize);
            }
            int row = env * span + known;
            differences.write(observations, poses, headings, 0, rows.differences(), row * columns);
            System.arraycopy(
                    observations, 0, rows.states(), row * observationSize, observationSize);
            known++;
        }

        /** Drops the first row. */
        private void shift(float[] table, int width) {
            int from = env * span * width;
            System.arraycopy(table, from + width, table, from, known * width);
        }

        /** Whether the episode so far has a window. */
        boolean whole() {
            return known == span;
        }
    }
}
