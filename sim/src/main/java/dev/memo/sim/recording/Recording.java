package dev.memo.sim.recording;

import dev.memo.base.InputException;
import dev.memo.sim.env.Scene;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * One episode as it was seen: T + 1 scenes and the T steps between them. Step t leads from scene t
 * to scene t + 1. Hazards and extent are the same in every scene. It is exact: whoever resets the
 * scenario with the seed and takes the actions sees the same scenes, rewards and costs to the bit.
 *
 * @param scenario where it happened
 * @param label who acted, for people: an expert's name, or a mode
 * @param seed of the environment, whose first episode this is
 * @param scenes what stood where, {@link Scenario#STEP_SECONDS} apart
 * @param steps what was done and what it earned; all actions have one size, all contexts and all
 *     distances too
 */
public record Recording(
        Scenario scenario, String label, long seed, List<Scene> scenes, List<Step> steps) {
    public Recording {
        scenes = List.copyOf(scenes);
        steps = List.copyOf(steps);
        if (scenes.size() != steps.size() + 1) {
            throw new IllegalArgumentException(
                    "%d scenes and %d steps: one scene more than steps is needed"
                            .formatted(scenes.size(), steps.size()));
        }
        requireOneSize("actions", steps, Step::action);
        requireOneSize("contexts", steps, Step::context);
        requireOneSize("distances", steps, Step::distances);
    }

    private static void requireOneSize(String what, List<Step> steps, Function<Step, float[]> row) {
        if (steps.stream().map(row).mapToInt(numbers -> numbers.length).distinct().count() > 1) {
            throw new IllegalArgumentException(what + " of a recording have one size");
        }
    }

    /**
     * What happened between two scenes.
     *
     * @param action [A] as the policy gave it
     * @param context [C] what steered the policy; empty for one that is not steered
     * @param distances [K] how far what was done last is from each code of an encoder, NaN where
     *     the episode was not long enough for it to tell; empty if nothing recognises
     * @param reward of this step
     * @param cost the sum of costs of this step
     */
    public record Step(
            float[] action, float[] context, float[] distances, double reward, double cost) {}

    /**
     * Writes the file; equal recordings give equal bytes.
     *
     * @throws InputException if it cannot be written
     */
    public void write(Path file) {
        RecordingFile.of(this).write(file);
    }

    /**
     * Reads a recording.
     *
     * @throws InputException naming the file, and what is missing in it, truncated, of another
     *     version or of another shape
     */
    public static Recording read(Path file) {
        return RecordingFile.read(file);
    }
}
