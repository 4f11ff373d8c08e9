package dev.memo.sim.recording;

import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.Scene;
import dev.memo.sim.env.VectorEnv;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Watches one environment of a batch through one episode.
 *
 * <p>Made after a reset, told of every step. After the episode's end it takes nothing more, so that
 * the other environments can go on.
 */
public final class EpisodeRecorder {
    private final Scenario scenario;
    private final String label;
    private final VectorEnv envs;
    private final int env;
    private final int contextSize;
    private final int x;
    private final int y;
    private final int heading;
    private final int goalX;
    private final int goalY;
    private final List<Scene> scenes = new ArrayList<>();
    private final List<Recording.Step> steps = new ArrayList<>();
    private boolean ended;

    /**
     * Begins with the scene of now.
     *
     * @param scenario of the environments
     * @param label who acts, for people
     * @param envs the batch, just reset
     * @param env index of the environment to watch
     * @param contextSize K: numbers of a context; 0 for a policy that is not steered
     * @throws IllegalArgumentException if the batch has no pose x, y, heading, goal_x or goal_y
     */
    public EpisodeRecorder(
            Scenario scenario, String label, VectorEnv envs, int env, int contextSize) {
        this.scenario = scenario;
        this.label = label;
        this.envs = envs;
        this.env = env;
        this.contextSize = contextSize;
        x = pose("x");
        y = pose("y");
        heading = pose("heading");
        goalX = pose("goal_x");
        goalY = pose("goal_y");
        scenes.add(envs.scene(env));
    }

    /**
     * Takes the step that was just made.
     *
     * @param actions [E][A] not modified
     * @param contexts [E][K] not modified
     * @param batch what the step wrote; not modified
     */
    public void step(float[] actions, float[] contexts, EnvBatch batch) {
        if (ended) {
            return;
        }
        int actionSize = envs.spec().actionSize();
        int costs = envs.spec().costNames().size();
        steps.add(
                new Recording.Step(
                        row(actions, actionSize),
                        row(contexts, contextSize),
                        batch.rewards[env],
                        batch.costs[(env + 1) * costs - 1]));
        ended = batch.ended(env);
        scenes.add(ended ? lastScene(batch) : envs.scene(env));
    }

    private float[] row(float[] rows, int width) {
        return Arrays.copyOfRange(rows, env * width, (env + 1) * width);
    }

    /** The environment may have begun its next episode: what it kept of this one is the poses. */
    private Scene lastScene(EnvBatch batch) {
        Scene before = scenes.getLast();
        return new Scene(
                before.extent(),
                new Scene.Pose(finalPose(batch, x), finalPose(batch, y), finalPose(batch, heading)),
                new Scene.Disc(
                        finalPose(batch, goalX), finalPose(batch, goalY), before.goal().radius()),
                before.hazards(),
                before.vases());
    }

    private int pose(String name) {
        EnvSpec spec = envs.spec();
        int index = spec.poseNames().indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "environment %s has no pose '%s' to record: it has %s"
                            .formatted(spec.name(), name, spec.poseNames()));
        }
        return index;
    }

    private double finalPose(EnvBatch batch, int pose) {
        return batch.finalPoses[env * envs.spec().poseNames().size() + pose];
    }

    /** Whether the episode is over. */
    public boolean ended() {
        return ended;
    }

    /** What was seen so far. Vases in the scene of an episode's end stand as one step before. */
    public Recording recording() {
        return new Recording(scenario, label, scenes, steps);
    }
}
