package dev.memo.app.picture;

import dev.memo.sim.env.Scene;
import java.util.List;

/**
 * One episode as it is drawn.
 *
 * @param start what stood where when it began
 * @param goals the goals it had, in their order
 * @param x the robot's centre in m, from the start to the end; [steps + 1]
 * @param y likewise
 */
public record Track(Scene start, List<Scene.Disc> goals, double[] x, double[] y) {
    public Track {
        goals = List.copyOf(goals);
    }

    /** What scene after scene shows; a single one is a world in which nothing has moved yet. */
    public static Track of(List<Scene> scenes) {
        return new Track(
                scenes.getFirst(),
                scenes.stream().map(Scene::goal).distinct().toList(),
                scenes.stream().mapToDouble(scene -> scene.robot().x()).toArray(),
                scenes.stream().mapToDouble(scene -> scene.robot().y()).toArray());
    }

    /** The index of the end. */
    int last() {
        return x.length - 1;
    }
}
