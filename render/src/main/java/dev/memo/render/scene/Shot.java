package dev.memo.render.scene;

import dev.memo.sim.env.Scene;
import dev.memo.sim.recording.Recording;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One world in one step of an episode: all that is drawn of it. Never changes.
 *
 * @param label who acts
 * @param mode whose colour the label has; -1 for none
 * @param before where the step began; the same as {@code after} before the first step
 * @param after where it led
 * @param trail the robot's places, at least {@code step + 1} of them
 * @param step steps done in this episode
 * @param last the step; empty before the first
 * @param episodeReturn the sum of rewards so far
 * @param episodeCost the sum of costs so far
 * @param goals reached so far
 */
public record Shot(
        String label,
        int mode,
        Scene before,
        Scene after,
        Trail trail,
        int step,
        Optional<Recording.Step> last,
        double episodeReturn,
        double episodeCost,
        int goals) {
    /** How many steps of the path are seen, 6 s: it fades as time goes by. */
    static final int SHOWN = (int) Math.round(6 / Scenario.STEP_SECONDS);

    /** A mode that is none. */
    public static final int NO_MODE = -1;

    /** The first shot of an episode. */
    public static Shot first(String label, int mode, Scene scene) {
        Trail trail = new Trail();
        trail.add(scene.robot());
        return new Shot(label, mode, scene, scene, trail, 0, Optional.empty(), 0, 0, 0);
    }

    /**
     * The shot of the next step. To be asked for once: the trail grows.
     *
     * @param label who acted
     * @param mode whose colour that has
     * @param step what was done
     * @param scene where it led
     */
    public Shot next(String label, int mode, Recording.Step step, Scene scene) {
        trail.add(scene.robot());
        // A goal that was reached is somewhere else in the next scene.
        int reached = scene.goal().equals(after.goal()) ? 0 : 1;
        return new Shot(
                label,
                mode,
                after,
                scene,
                trail,
                this.step + 1,
                Optional.of(step),
                episodeReturn + step.reward(),
                episodeCost + step.cost(),
                goals + reached);
    }

    /** The same world when nothing moves any more. */
    Shot still() {
        return new Shot(
                label,
                mode,
                after,
                after,
                trail,
                step,
                Optional.empty(),
                episodeReturn,
                episodeCost,
                goals);
    }

    /** The first place of the path that is still seen. */
    int oldestShown() {
        return Math.max(0, step - SHOWN);
    }

    /** Whether the step cost something. */
    boolean costs() {
        return last.isPresent() && last.get().cost() > 0;
    }

    /** What stands where at a moment within the step: 0 at its beginning, 1 at its end. */
    Scene at(double share) {
        if (share >= 1) {
            return after;
        }
        List<Scene.Box> vases = new ArrayList<>();
        for (int i = 0; i < after.vases().size(); i++) {
            Scene.Box from = before.vases().get(i);
            Scene.Box to = after.vases().get(i);
            vases.add(
                    new Scene.Box(
                            between(from.x(), to.x(), share),
                            between(from.y(), to.y(), share),
                            between(from.heading(), to.heading(), share),
                            to.halfSide()));
        }
        Scene.Pose from = before.robot();
        Scene.Pose to = after.robot();
        Scene.Pose robot =
                new Scene.Pose(
                        between(from.x(), to.x(), share),
                        between(from.y(), to.y(), share),
                        between(from.heading(), to.heading(), share));
        return new Scene(after.extent(), robot, before.goal(), after.hazards(), vases);
    }

    private static double between(double from, double to, double share) {
        return from + (to - from) * share;
    }
}
