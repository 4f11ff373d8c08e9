package dev.memo.app.watch;

import dev.memo.base.InputException;
import dev.memo.render.scene.Clip;
import dev.memo.render.scene.Shot;
import dev.memo.sim.recording.Recording;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recordings, played together and over again. */
public final class Playback implements Show {
    private static final Pattern MODE = Pattern.compile("mode (\\d{1,6})");

    /** How long the last scenes stand, in steps. */
    private static final int PAUSE = 50;

    private final List<Clip> clips;
    private int step;
    private List<Shot> shots;

    /**
     * Recordings at their beginning.
     *
     * @param clips at least one, all of one scenario
     */
    public Playback(List<Clip> clips) {
        this.clips = List.copyOf(clips);
        shots = shots(0);
    }

    /**
     * Recordings as clips. Modes have their own colours, other labels one after the other.
     *
     * @throws InputException if they are of different scenarios
     */
    public static List<Clip> clips(List<Recording> recordings) {
        Scenario scenario = recordings.getFirst().scenario();
        List<String> labels =
                List.copyOf(
                        new LinkedHashSet<>(recordings.stream().map(Recording::label).toList()));
        List<Clip> clips = new ArrayList<>();
        for (Recording recording : recordings) {
            if (!recording.scenario().equals(scenario)) {
                throw new InputException(
                        "recording '%s' is of the scenario '%s': the first is of '%s', and worlds that are shown together must be of one"
                                .formatted(
                                        recording.label(),
                                        recording.scenario().name(),
                                        scenario.name()));
            }
            Matcher mode = MODE.matcher(recording.label());
            int color =
                    mode.matches()
                            ? Integer.parseInt(mode.group(1))
                            : labels.indexOf(recording.label());
            clips.add(new Clip(recording, color));
        }
        return clips;
    }

    @Override
    public Scenario scenario() {
        return clips.getFirst().recording().scenario();
    }

    /** T: the steps of the longest. */
    public int steps() {
        return clips.stream().mapToInt(Clip::steps).max().orElseThrow();
    }

    @Override
    public void step() {
        step = step < steps() + PAUSE ? step + 1 : 0;
        shots = shots(step);
    }

    @Override
    public List<Shot> shots() {
        return shots;
    }

    /** All of them after so many steps. */
    public List<Shot> shots(int step) {
        return clips.stream().map(clip -> clip.shot(step)).toList();
    }

    @Override
    public void reset() {
        step = 0;
        shots = shots(0);
    }

    /** There are no other seeds. */
    @Override
    public void move(int seeds) {
        reset();
    }

    /** What was recorded is done. */
    @Override
    public void choose(int mode) {}

    /** What was recorded is done. */
    @Override
    public void drive(float thrust, float turn) {}

    @Override
    public void close() {}
}
