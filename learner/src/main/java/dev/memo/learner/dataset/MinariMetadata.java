package dev.memo.learner.dataset;

import dev.memo.base.AtomicFiles;
import dev.memo.base.InputException;
import dev.memo.sim.env.EnvSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file {@code metadata.json} of a Minari dataset. What Minari has no place for (the names of
 * observation parts, costs and poses, and the scenario) stands under the key {@code memo}, which
 * Minari keeps and ignores.
 *
 * @param file where this was read, for errors
 * @param id the dataset's name
 * @param episodes how many there are
 * @param observation the boxes that observations are stored as
 * @param action the boxes that actions are stored as
 * @param own the contents of the key {@code memo}; missing in data that were made elsewhere
 */
record MinariMetadata(
        Path file,
        String id,
        int episodes,
        List<MinariSpace.Box> observation,
        List<MinariSpace.Box> action,
        JsonNode own) {
    /** The folder within a dataset's folder that holds its files. */
    static final String FOLDER = "data";

    static final String DATA_FILE = FOLDER + "/main_data.hdf5";
    private static final String METADATA_FILE = FOLDER + "/metadata.json";

    /** The oldest version of the 0.5 format, which every Minari 0.5 accepts. */
    private static final String MINARI_VERSION = "0.5.0";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Reads the metadata of the dataset in a folder. */
    static MinariMetadata read(Path folder) {
        Path file = folder.resolve(METADATA_FILE);
        JsonNode json;
        try {
            json = JSON.readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": no such file", e);
        } catch (JacksonException e) {
            throw new InputException(file + ": not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new InputException(file + ": not readable: " + e, e);
        }
        String format = required(file, json, "data_format").asString("");
        if (!format.equals("hdf5")) {
            throw new InputException(file + ": data_format '" + format + "': must be 'hdf5'");
        }
        int episodes = required(file, json, "total_episodes").asInt(0);
        if (episodes < 1) {
            throw new InputException(file + ": total_episodes " + episodes + ": no episodes");
        }
        return new MinariMetadata(
                file,
                required(file, json, "dataset_id").asString(""),
                episodes,
                space(file, json, "observation_space"),
                space(file, json, "action_space"),
                json.path("memo"));
    }

    private static List<MinariSpace.Box> space(Path file, JsonNode json, String key) {
        return MinariSpace.boxes(file + ": " + key, required(file, json, key).asString(""));
    }

    private static JsonNode required(Path file, JsonNode json, String key) {
        if (!json.has(key)) {
            throw new InputException(file + ": " + key + ": missing");
        }
        return json.get(key);
    }

    /**
     * What stands in the columns. Without names of our own, parts of a Dict are named by their keys
     * and costs as they are found.
     *
     * @param costsFound names of the costs in the data
     */
    DatasetSpec spec(List<String> costsFound) {
        int actions = width(action);
        if (own.isMissingNode()) {
            List<String> names =
                    observation.stream()
                            .map(box -> box.path().isEmpty() ? "observation" : box.path())
                            .toList();
            List<Integer> lengths = observation.stream().map(MinariSpace.Box::width).toList();
            return new DatasetSpec(slices(names, lengths), actions, costsFound, List.of());
        }
        List<String> names = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        for (JsonNode part : own.path("observation")) {
            names.add(part.path("name").asString(""));
            lengths.add(part.path("length").asInt(0));
        }
        int sum = lengths.stream().mapToInt(Integer::intValue).sum();
        if (sum != width(observation) || lengths.stream().anyMatch(length -> length < 1)) {
            throw new InputException(
                    "%s: memo.observation: parts of %s columns: observation_space has %d"
                            .formatted(file, lengths, width(observation)));
        }
        return new DatasetSpec(
                slices(names, lengths), actions, texts(own, "costs"), texts(own, "poses"));
    }

    private static List<EnvSpec.Slice> slices(List<String> names, List<Integer> lengths) {
        List<EnvSpec.Slice> slices = new ArrayList<>();
        int offset = 0;
        for (int i = 0; i < names.size(); i++) {
            slices.add(new EnvSpec.Slice(names.get(i), offset, lengths.get(i)));
            offset += lengths.get(i);
        }
        return slices;
    }

    private static int width(List<MinariSpace.Box> boxes) {
        return boxes.stream().mapToInt(MinariSpace.Box::width).sum();
    }

    Optional<String> scenario() {
        return own.has("scenario") ? Optional.of(own.get("scenario").asString()) : Optional.empty();
    }

    private static List<String> texts(JsonNode json, String key) {
        List<String> texts = new ArrayList<>();
        json.path(key).forEach(text -> texts.add(text.asString("")));
        return texts;
    }

    /** Writes the metadata of a dataset whose data file is already there. */
    static void write(
            Path folder,
            String id,
            String description,
            Optional<String> scenario,
            DatasetSpec spec,
            List<Episode> episodes)
            throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("dataset_id", id);
        json.put("description", description);
        json.put("data_format", "hdf5");
        json.put("minari_version", MINARI_VERSION);
        json.put("total_episodes", episodes.size());
        json.put("total_steps", episodes.stream().mapToLong(Episode::steps).sum());
        double megabytes = Files.size(folder.resolve(DATA_FILE)) / 1e6;
        json.put("dataset_size", Math.round(10 * megabytes) / 10.0);
        json.put(
                "observation_space",
                MinariSpace.box(spec.observationSize(), "-Infinity", "Infinity"));
        json.put("action_space", MinariSpace.box(spec.actionSize(), "-1.0", "1.0"));
        ObjectNode own = json.putObject("memo");
        ArrayNode parts = own.putArray("observation");
        for (EnvSpec.Slice slice : spec.observation()) {
            parts.addObject().put("name", slice.name()).put("length", slice.length());
        }
        ArrayNode costs = own.putArray("costs");
        spec.costNames().forEach(costs::add);
        ArrayNode poses = own.putArray("poses");
        spec.poseNames().forEach(poses::add);
        scenario.ifPresent(text -> own.put("scenario", text));
        AtomicFiles.writeText(
                folder.resolve(METADATA_FILE),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }
}
