package dev.memo.learner.dataset;

import dev.memo.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folders of a series of datasets, each named as Minari wants an id: with a version. */
final class Parts {
    private static final Pattern NAME = Pattern.compile("part-\\d{5}-v0");

    private Parts() {}

    /** The name of a part's folder, which is also its dataset's id. */
    static String name(int index) {
        return "part-%05d-v0".formatted(index);
    }

    /**
     * The datasets in a folder: itself, or the parts of a series in order.
     *
     * @throws InputException if there is none, or one of the series is missing
     */
    static List<Path> of(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(folder + ": no such folder");
        }
        if (Files.isDirectory(folder.resolve(MinariMetadata.FOLDER))) {
            return List.of(folder);
        }
        List<Path> parts = existing(folder);
        if (parts.isEmpty()) {
            throw new InputException(
                    "%s: no dataset here: neither a folder %s nor %s"
                            .formatted(folder, MinariMetadata.FOLDER, name(0)));
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!parts.get(i).endsWith(name(i))) {
                throw new InputException("%s: %s is missing".formatted(folder, name(i)));
            }
        }
        return parts;
    }

    /** The parts that a folder holds, in order. */
    static List<Path> existing(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> NAME.matcher(child.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InputException(folder + ": cannot be listed: " + e, e);
        }
    }
}
