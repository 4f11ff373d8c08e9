package dev.memo.render.scene;

import dev.memo.sim.recording.Recording;
import java.util.ArrayList;
import java.util.List;

/** A recording as shots, one for each scene. */
public final class Clip {
    private final Recording recording;
    private final List<Shot> shots = new ArrayList<>();
    private final Shot ended;

    /**
     * All shots of a recording.
     *
     * @param mode whose colour the label has
     */
    public Clip(Recording recording, int mode) {
        this.recording = recording;
        String label = recording.label();
        shots.add(Shot.first(label, mode, recording.scenes().getFirst()));
        for (int step = 0; step < recording.steps().size(); step++) {
            shots.add(
                    shots.getLast()
                            .next(
                                    label,
                                    mode,
                                    recording.steps().get(step),
                                    recording.scenes().get(step + 1)));
        }
        ended = shots.getLast().still();
    }

    /** What it shows. */
    public Recording recording() {
        return recording;
    }

    /** T: its steps; there is a shot more. */
    public int steps() {
        return shots.size() - 1;
    }

    /** The shot after so many steps; after the episode's end, the last, standing still. */
    public Shot shot(int step) {
        return step <= steps() ? shots.get(step) : ended;
    }
}
