package dev.memo.sim.recording;

import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.Scene;
import dev.memo.sim.env.VectorEnv;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Watches one environment of a batch through one episode.
 *
 * <p>Made after a reset with seeds, told of every step. After the episode's end it takes nothing
 * more, so that the other environments can go on.
 */
public final class EpisodeRecorder {
    private final Scenario scenario;
    private final String label;
    private final long seed;
    private final VectorEnv envs;
    private final int env;
    private final List<Scene> scenes = new ArrayList<>();
    private final List<Recording.Step> steps = new ArrayList<>();
    private boolean ended;

    /**
     * Begins with the scene of now.
     *
     * @param scenario of the environments
     * @param label who acts, for people
     * @param seed that the environment was just reset with
     * @param envs the batch, without same-step autoreset, which takes an episode's last scene away
     * @param env index of the environment to watch
     */
    public EpisodeRecorder(Scenario scenario, String label, long seed, VectorEnv envs, int env) {
        this.scenario = scenario;
        this.label = label;
        this.seed = seed;
        this.envs = envs;
        this.env = env;
        scenes.add(envs.scene(env));
    }

    /**
     * Takes the step that was just made.
     *
     * @param actions [E][A] not modified
     * @param context [C] of the environment in this step, not modified; empty for a policy that is
     *     not steered
     * @param distances [K] after the step, not modified; empty if nothing recognises
     * @param batch what the step wrote; not modified
     * @throws IllegalStateException if the environment has begun its next episode in the step that
     *     ended the one before
     */
    public void step(float[] actions, float[] context, float[] distances, EnvBatch batch) {
        if (ended) {
            return;
        }
        ended = batch.ended(env);
        if (ended) {
            requireAtEnd(batch);
        }
        int actionSize = envs.spec().actionSize();
        int costs = envs.spec().costNames().size();
        steps.add(
                new Recording.Step(
                        Arrays.copyOfRange(actions, env * actionSize, (env + 1) * actionSize),
                        context.clone(),
                        distances.clone(),
                        batch.rewards[env],
                        batch.costs[(env + 1) * costs - 1]));
        scenes.add(envs.scene(env));
    }

    private void requireAtEnd(EnvBatch batch) {
        int width = envs.spec().poseNames().size();
        int from = env * width;
        int to = from + width;
        if (!Arrays.equals(batch.poses, from, to, batch.finalPoses, from, to)) {
            throw new IllegalStateException(
                    "environment %d has begun its next episode: record without same-step autoreset"
                            .formatted(env));
        }
    }

    /** Whether the episode is over. */
    public boolean ended() {
        return ended;
    }

    /** What was seen so far. */
    public Recording recording() {
        return new Recording(scenario, label, seed, scenes, steps);
    }
}
