package dev.memo.app.report;

import dev.memo.app.picture.Track;
import dev.memo.sim.recording.Recording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The recorded episodes in a folder. */
public final class Recordings {
    private Recordings() {}

    /**
     * By who acted: the name of a file up to its first dot, as expert-goal or mode-2.
     *
     * @param folder with the folder recordings; nothing if there is none
     */
    public static Map<String, List<Track>> tracks(Path folder) {
        Map<String, List<Track>> tracks = new TreeMap<>();
        for (Path file : RunFiles.recordings(folder)) {
            String name = file.getFileName().toString();
            tracks.computeIfAbsent(name.replaceFirst("\\..*", ""), _ -> new ArrayList<>())
                    .add(Track.of(Recording.read(file).scenes()));
        }
        return tracks;
    }
}
