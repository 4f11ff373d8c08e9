package dev.memo.app;

import dev.memo.base.InputException;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.memo.MemoConfig;
import dev.memo.learner.memo.MemoRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code config.json} of a MEMO run: what was learned how and from what, and which MEMO did it.
 *
 * @param memo the learner's configuration
 * @param data the dataset's folder, absolute: the run may be asked about from anywhere
 */
record RunConfig(MemoConfig memo, Path data) {

    /** Takes the folder as seen from the working directory. */
    RunConfig {
        data = data.toAbsolutePath().normalize();
    }

    /**
     * Writes the file.
     *
     * @param command what a person types to make the run again
     */
    void write(RunFolder folder, String command) {
        ObjectNode memoJson = MemoRun.toJson(memo);
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("learner", "memo");
        json.put("command", command);
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
        json.put("data", data.toString());
        json.put("config_hash", hash(memoJson));
        json.set("config", memoJson);
        folder.writeConfig(json);
    }

    /**
     * Reads the file.
     *
     * @throws InputException if the run is not one of MEMO
     */
    static RunConfig read(RunFolder folder) {
        JsonNode json = folder.readConfig();
        if (!json.path("learner").asString().equals("memo")) {
            throw new InputException(
                    "%s: learner %s: must be \"memo\""
                            .formatted(folder.path(), json.path("learner")));
        }
        return new RunConfig(
                MemoRun.fromJson(json.path("config")), Path.of(json.path("data").asString()));
    }

    private static String hash(JsonNode json) {
        try {
            byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
