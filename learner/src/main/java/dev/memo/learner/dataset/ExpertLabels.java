package dev.memo.learner.dataset;

import dev.memo.base.AtomicFiles;
import dev.memo.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who acted in each episode of a dataset: for evaluation only. It stands in a file of its own
 * beside the data and has a type of its own, so that no learner sees it by accident.
 *
 * @param labels the experts, in the order in which they first appear: a name, or NAME=RUN for one
 *     that a run learned
 * @param ofEpisode for each episode the index of its expert
 */
public record ExpertLabels(List<String> labels, int[] ofEpisode) {
    private static final String FILE = "experts.json";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Keeps the labels. */
    public ExpertLabels {
        labels = List.copyOf(labels);
    }

    /** The experts' names. */
    public List<String> names() {
        return labels.stream().map(label -> label.replaceFirst("=.*", "")).toList();
    }

    /** The labels of episodes by these experts. */
    static ExpertLabels of(List<String> experts) {
        List<String> labels = experts.stream().distinct().toList();
        return new ExpertLabels(labels, experts.stream().mapToInt(labels::indexOf).toArray());
    }

    /**
     * Reads the labels of a dataset or a series, as {@link Dataset#read} finds it; empty if it has
     * none, as datasets that were made elsewhere.
     *
     * @throws InputException if there are labels for some parts only, or they do not fit the
     *     episodes
     */
    public static Optional<ExpertLabels> read(Path folder, Dataset dataset) {
        List<Path> parts = Parts.of(folder);
        List<Path> files = parts.stream().map(p -> p.resolve(FILE)).filter(Files::exists).toList();
        if (files.isEmpty()) {
            return Optional.empty();
        }
        if (files.size() != parts.size()) {
            throw new InputException(
                    "%s: %d of %d parts have %s: all or none must"
                            .formatted(folder, files.size(), parts.size(), FILE));
        }
        List<String> experts = new ArrayList<>();
        files.forEach(file -> experts.addAll(readFile(file)));
        if (experts.size() != dataset.episodes().size()) {
            throw new InputException(
                    "%s: experts of %d episodes: the dataset has %d"
                            .formatted(folder, experts.size(), dataset.episodes().size()));
        }
        return Optional.of(of(experts));
    }

    private static List<String> readFile(Path file) {
        try {
            List<String> experts = new ArrayList<>();
            for (JsonNode expert : JSON.readTree(Files.readString(file)).path("experts")) {
                experts.add(expert.asString());
            }
            return experts;
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": no such file", e);
        } catch (IOException | JacksonException e) {
            throw new InputException(file + ": not readable: " + e.getMessage(), e);
        }
    }

    /** Writes the file beside a dataset's data. */
    static void write(Path dataset, List<String> experts) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode names = json.putArray("experts");
        experts.forEach(names::add);
        AtomicFiles.writeText(dataset.resolve(FILE), JSON.writeValueAsString(json) + "\n");
    }

    /** The expert of each row, given the rows' episodes. */
    public int[] ofRows(int[] episodes) {
        return Arrays.stream(episodes).map(episode -> ofEpisode[episode]).toArray();
    }
}
