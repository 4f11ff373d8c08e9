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
    static Map<String, List<Recording>> read(Path folder) {
        Map<String, List<Recording>> recordings = new TreeMap<>();
        for (Path file : RunFiles.recordings(folder)) {
            String name = file.getFileName().toString();
            recordings
                    .computeIfAbsent(name.replaceFirst("\\..*", ""), _ -> new ArrayList<>())
                    .add(Recording.read(file));
        }
        return recordings;
    }

    /** The same, as they are drawn. */
    public static Map<String, List<Track>> tracks(Path folder) {
        Map<String, List<Track>> tracks = new TreeMap<>();
        read(folder).forEach((name, episodes) -> tracks.put(name, tracks(episodes)));
        return tracks;
    }

    static List<Track> tracks(List<Recording> episodes) {
        return episodes.stream().map(Recording::scenes).map(Track::of).toList();
    }
}
