package dev.memo.app;

import dev.memo.base.InputException;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.sim.recording.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Recordings as a person names them: files, and folders of them. */
final class RecordingFiles {
    /** How their names end. */
    static final String ENDING = ".safetensors";

    private RecordingFiles() {}

    /**
     * Reads all of them, those of a folder in the order of their names.
     *
     * @throws InputException if one cannot be read, or a folder holds none
     */
    static List<Recording> read(List<Path> paths) {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            files.addAll(Files.isDirectory(path) ? in(path) : List.of(path));
        }
        return files.stream().map(Recording::read).toList();
    }

    /** Whether that is a folder of recordings, and not of a run. */
    static boolean areIn(Path folder) {
        return Files.isDirectory(folder) && !RunFolder.isOne(folder) && !listed(folder).isEmpty();
    }

    private static List<Path> in(Path folder) {
        List<Path> files = listed(folder);
        if (files.isEmpty()) {
            throw new InputException(folder + ": holds no recordings (*" + ENDING + ")");
        }
        return files;
    }

    private static List<Path> listed(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
        } catch (IOException e) {
            throw new InputException(folder + ": not readable: " + e, e);
        }
    }
}
