package dev.memo.sim.replay;

import dev.memo.base.InputException;
import dev.memo.sim.env.Scene;
import dev.memo.sim.json.JsonText;
import dev.memo.sim.replay.Comparison.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A recording from Safety-Gymnasium and how far MEMO's world is from it (docs/replay.md).
 *
 * @param kind what was recorded
 * @param comparisons by part and quantity
 * @param costSteps of an episode that was driven again open loop; for other kinds none
 * @param paths of the robot, where the recording has one
 */
public record Replay(
        Kind kind, List<Comparison> comparisons, List<CostSteps> costSteps, Optional<Paths> paths) {

    /** A recording of 1,000 steps takes 160 KB. */
    private static final int MOST_MEBIBYTES = 64;

    /** By a key that only they have: recordings that hold statistics, and who compares those. */
    private static final Map<String, String> STATISTICS =
            Map.of(
                    "rams",
                            "rams and slides of vases, compared by ContactsTest and VaseTest of sim",
                    "responses", "steady responses to actions, compared by PointRobotTest of sim",
                    "levels", "distributions over layouts, compared by LayoutTest of sim",
                    "scores",
                            "scores of scripted policies, compared by ScriptedExpertTest of learner");

    /** Kinds of recordings. */
    public enum Kind {
        /** Observations of layouts right after reset. */
        OBSERVATIONS,

        /** Observations of objects placed around the robot. */
        LIDAR,

        /** The robot alone, driven from rest. */
        MOTION,

        /** An episode among hazards and vases. */
        EPISODE;

        /** As it is written, e.g. motion. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How many steps of an episode cost.
     *
     * @param cost its name
     * @param recorded as it was
     * @param replayed open loop
     */
    public record CostSteps(String cost, int recorded, int replayed) {}

    /**
     * The robot's way, T + 1 scenes each. Hazards and vases stand in all of them as at first.
     *
     * @param recorded as it was
     * @param replayed open loop from the same start by the same actions, the goal moved when the
     *     recorded one was
     */
    public record Paths(List<Scene> recorded, List<Scene> replayed) {
        /** Copies the lists. */
        public Paths {
            recorded = List.copyOf(recorded);
            replayed = List.copyOf(replayed);
        }

        /** Distance of the two robots after so many steps, m. */
        public double apart(int step) {
            Scene.Pose one = recorded.get(step).robot();
            Scene.Pose other = replayed.get(step).robot();
            return Math.hypot(one.x() - other.x(), one.y() - other.y());
        }
    }

    /** Copies the lists. */
    public Replay {
        comparisons = List.copyOf(comparisons);
        costSteps = List.copyOf(costSteps);
    }

    static Replay of(Kind kind, Differences differences, List<CostSteps> costSteps, Paths paths) {
        return new Replay(kind, differences.comparisons(), costSteps, Optional.ofNullable(paths));
    }

    /**
     * Reads a recording and replays it.
     *
     * @throws InputException naming the file, and in it the JSON path, the value and the rule
     */
    public static Replay of(Path file) {
        String text = JsonText.readFile(file.toString(), "a recording", MOST_MEBIBYTES);
        try {
            return of(new Recorded("$", JsonText.parse(text, "a recording")));
        } catch (InputException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        }
    }

    private static Replay of(Recorded file) {
        if (file.has("layouts")) {
            return MomentsReplay.layouts(file);
        }
        if (file.has("cases")) {
            return MomentsReplay.lidar(file);
        }
        if (file.has("replicas")) {
            return MotionReplay.replay(file);
        }
        if (file.has("start")) {
            return EpisodeReplay.replay(file);
        }
        for (Map.Entry<String, String> statistics : STATISTICS.entrySet()) {
            if (file.has(statistics.getKey())) {
                throw JsonText.refusal(
                        "$",
                        "the key " + statistics.getKey(),
                        "cannot be replayed: it holds " + statistics.getValue());
            }
        }
        throw file.refusal(
                "is no recording: observations have the key layouts, lidar scenes cases, motions"
                        + " replicas, episodes start");
    }

    /** The comparisons that are not within their tolerance. */
    public List<Comparison> failures() {
        return comparisons.stream().filter(c -> c.verdict() == Verdict.OUTSIDE).toList();
    }
}
