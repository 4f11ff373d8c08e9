package dev.memo.learner.rollout;

import dev.memo.learner.dataset.Episode;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Copies what environments with same-step autoreset do into episodes, and hands over each whole. It
 * holds one episode per environment, in arrays as long as an episode can be.
 */
public final class EpisodeCollector implements Rollout.Listener {
    private final EnvSpec spec;
    private final Builder[] builders;
    private final Sink sink;

    /** Takes an episode that ended. */
    @FunctionalInterface
    public interface Sink {
        /** The episode that just ended in that environment. */
        void accept(int env, Episode episode);
    }

    /**
     * A collector for one batch.
     *
     * @param seeds [E] the seeds it is reset with; an environment's first episode has them, later
     *     ones go on with its random numbers and have none
     */
    public EpisodeCollector(EnvSpec spec, long[] seeds, Sink sink) {
        this.spec = spec;
        this.sink = sink;
        builders = Arrays.stream(seeds).mapToObj(Builder::new).toArray(Builder[]::new);
    }

    @Override
    public void reset(EnvBatch state) {
        for (int env = 0; env < builders.length; env++) {
            builders[env].start(state, env);
        }
    }

    @Override
    public void step(float[] actions, EnvBatch state) {
        for (int env = 0; env < builders.length; env++) {
            builders[env].add(actions, state, env);
            if (state.ended(env)) {
                sink.accept(env, builders[env].finish(state, env));
                builders[env].start(state, env);
            }
        }
    }

    /** One environment's episode as it grows; its arrays are as long as an episode can be. */
    private final class Builder {
        private OptionalLong seed;
        private final int width = spec.observationSize();
        private final int poseWidth = spec.poseNames().size();
        private final int costWidth = spec.costNames().size();
        private float[] observations;
        private double[] poses;
        private float[] actions;
        private double[] rewards;
        private double[] costs;
        private boolean[] goalsMet;
        private int steps;

        Builder(long seed) {
            this.seed = OptionalLong.of(seed);
            allocate();
        }

        private void allocate() {
            int most = spec.episodeSteps();
            observations = new float[(most + 1) * width];
            poses = new double[(most + 1) * poseWidth];
            actions = new float[most * spec.actionSize()];
            rewards = new double[most];
            costs = new double[most * costWidth];
            goalsMet = new boolean[most];
        }

        void start(EnvBatch state, int env) {
            steps = 0;
            copyState(state.observations, state.poses, env);
        }

        void add(float[] chosen, EnvBatch state, int env) {
            for (int i = 0; i < spec.actionSize(); i++) {
                // As the environment clips it: what was done, not what was asked for.
                actions[steps * spec.actionSize() + i] =
                        Math.clamp(chosen[env * spec.actionSize() + i], -1f, 1f);
            }
            System.arraycopy(state.costs, env * costWidth, costs, steps * costWidth, costWidth);
            rewards[steps] = state.rewards[env];
            goalsMet[steps] = state.goalsMet[env];
            steps++;
            if (state.ended(env)) {
                copyState(state.finalObservations, state.finalPoses, env);
            } else {
                copyState(state.observations, state.poses, env);
            }
        }

        private void copyState(float[] fromObservations, double[] fromPoses, int env) {
            int at = env * spec.observationStride();
            System.arraycopy(fromObservations, at, observations, steps * width, width);
            System.arraycopy(fromPoses, env * poseWidth, poses, steps * poseWidth, poseWidth);
        }

        Episode finish(EnvBatch state, int env) {
            boolean[] terminations = new boolean[steps];
            boolean[] truncations = new boolean[steps];
            terminations[steps - 1] = state.terminated[env];
            truncations[steps - 1] = state.truncated[env];
            OptionalLong ownSeed = seed;
            seed = OptionalLong.empty();
            if (steps < spec.episodeSteps()) {
                return new Episode(
                        ownSeed,
                        Arrays.copyOf(observations, (steps + 1) * width),
                        Arrays.copyOf(actions, steps * spec.actionSize()),
                        Arrays.copyOf(rewards, steps),
                        terminations,
                        truncations,
                        Arrays.copyOf(costs, steps * costWidth),
                        Arrays.copyOf(goalsMet, steps),
                        Arrays.copyOf(poses, (steps + 1) * poseWidth));
            }
            Episode whole =
                    new Episode(
                            ownSeed,
                            observations,
                            actions,
                            rewards,
                            terminations,
                            truncations,
                            costs,
                            goalsMet,
                            poses);
            allocate();
            return whole;
        }
    }
}
