package dev.memo.app;

import dev.memo.base.InputException;
import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.memo.MemoConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code config.json} of a MEMO run: what was learned how and from what, and which MEMO did it.
 *
 * @param memo the learner's configuration
 * @param data the dataset's folder, absolute: the run may be asked about from anywhere
 * @param experts who made the data, where the run itself collected them; else empty
 */
record RunConfig(MemoConfig memo, Path data, List<String> experts) {
    /** The learner's name. */
    static final String MEMO = "memo";

    private static final String LEARNER = "learner";
    private static final String EXPERTS = "experts";
    private static final String COMMAND = "command";

    /** Takes the folder as seen from the working directory. */
    RunConfig {
        data = data.toAbsolutePath().normalize();
        experts = List.copyOf(experts);
    }

    /** A run on data that are there. */
    RunConfig(MemoConfig memo, Path data) {
        this(memo, data, List.of());
    }

    /** The same with another number of modes. */
    RunConfig withModes(int modes) {
        return new RunConfig(memo.with(memo.seed(), modes, memo.epochs()), data, experts);
    }

    /** The world that the data are from, as JSON; empty if they do not tell, or are gone. */
    Optional<String> scenarioOfData() {
        return Files.isDirectory(data) ? Dataset.scenarioOf(data) : Optional.empty();
    }

    /**
     * Writes the file.
     *
     * @param command what a person types to make the run again
     */
    void write(RunFolder folder, String command) {
        ObjectNode json = header(MEMO, command);
        json.put("data", data.toString());
        if (!experts.isEmpty()) {
            ArrayNode list = json.putArray(EXPERTS);
            experts.forEach(list::add);
        }
        finish(json, memo, "", folder);
    }

    /** What stands at the top of every run's file: who learns, how it was started, and by what. */
    static ObjectNode header(String learner, String command) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put(LEARNER, learner);
        json.put(COMMAND, command);
        json.put("version", Version.number());
        json.put("commit", Version.commit());
        json.put(
                "machine",
                "%s %s, %d cores, Java %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.arch"),
                                Runtime.getRuntime().availableProcessors(),
                                Runtime.version()));
        return json;
    }

    /**
     * Adds the learner's configuration and the hash of what is learned, and writes.
     *
     * @param world that belongs to the configuration; empty if data decide
     */
    static void finish(ObjectNode json, Record config, String world, RunFolder folder) {
        ObjectNode learner = ConfigJson.of(config);
        json.put("config_hash", hash(learner + world));
        json.set("config", learner);
        folder.writeConfig(json);
    }

    /** What a person typed to make a run. */
    static String command(RunFolder folder) {
        return folder.readConfig().path(COMMAND).asString();
    }

    /** Who learns in a run: {@link #MEMO} or {@link PpoRunConfig#PPO}. */
    static String learner(RunFolder folder) {
        return folder.readConfig().path(LEARNER).asString();
    }

    /**
     * Reads the file.
     *
     * @throws InputException if the run is not one of MEMO
     */
    static RunConfig read(RunFolder folder) {
        JsonNode json = requireLearner(folder, MEMO);
        return new RunConfig(
                ConfigJson.read(json.path("config"), MemoConfig.class),
                Path.of(json.path("data").asString()),
                StreamSupport.stream(json.path(EXPERTS).spliterator(), false)
                        .map(JsonNode::asString)
                        .toList());
    }

    /** The file's contents, if that learner wrote it. */
    static JsonNode requireLearner(RunFolder folder, String learner) {
        JsonNode json = folder.readConfig();
        if (!json.path(LEARNER).asString().equals(learner)) {
            throw new InputException(
                    "%s: learner %s: must be \"%s\""
                            .formatted(folder.path(), json.path(LEARNER), learner));
        }
        return json;
    }

    private static String hash(String configuration) {
        try {
            byte[] text = configuration.getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
