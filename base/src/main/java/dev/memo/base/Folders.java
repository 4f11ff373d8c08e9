package dev.memo.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that results go into. */
public final class Folders {
    private Folders() {}

    /**
     * Makes a folder, with those above it; one that is there and empty will do.
     *
     * @param otherwise what a person can do where it is not
     * @throws InputException if something of that name is there already, or it cannot be made
     */
    public static void createEmpty(Path folder, String otherwise) {
        try {
            if (Files.exists(folder) && !isEmpty(folder)) {
                throw new InputException(folder + ": exists already: " + otherwise);
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new InputException(folder + ": cannot be made: " + e, e);
        }
        if (!Files.isWritable(folder)) {
            throw new InputException(folder + ": cannot be written");
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    /**
     * Removes a folder and all that is in it; nothing if it is not there.
     *
     * @throws InputException if something in it cannot be removed
     */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new InputException(folder + ": cannot be removed: " + e, e);
        }
    }
}
