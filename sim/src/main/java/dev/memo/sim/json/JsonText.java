package dev.memo.sim.json;

import dev.memo.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files of JSON text, and what is wrong with them. */
public final class JsonText {
    /** NaN and infinities are read, so that whoever asks for the number refuses it by its path. */
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build();

    /** How many characters of a value an error shows. */
    private static final int SHOWN = 60;

    private JsonText() {}

    /**
     * Reads a file of text.
     *
     * @param what the file should be, for errors, e.g. "a scenario"
     * @param mostMebibytes a longer file is something else
     * @throws InputException naming the file, if there is none or it is not such a text
     */
    public static String readFile(String file, String what, int mostMebibytes) {
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new InputException(file + ": is a folder, not the file of " + what);
            }
            if (Files.size(path) > (long) mostMebibytes << 20) {
                throw new InputException(
                        "%s: %d bytes: %s has at most %d MiB"
                                .formatted(file, Files.size(path), what, mostMebibytes));
            }
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": no such file", e);
        } catch (IOException | InvalidPathException e) {
            throw new InputException(file + ": cannot be read as UTF-8 text: " + e, e);
        }
    }

    /**
     * Parses text: one value, no key twice, no comments.
     *
     * @param what the text should be, for errors
     * @throws InputException naming line and column where it stops being JSON
     */
    public static JsonNode parse(String json, String what) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String place =
                    at == null
                            ? ""
                            : "line %d, column %d: ".formatted(at.getLineNr(), at.getColumnNr());
            // Some of what Jackson adds in brackets is for programmers.
            String reason =
                    e.getOriginalMessage()
                            .replaceAll(" \\((start marker|bound as).*| \\(code \\d+\\)", "");
            throw new InputException(place + "not JSON: " + reason, e);
        }
        if (root.isMissingNode()) {
            throw new InputException("empty: " + what + " is a JSON object, {...}");
        }
        return root;
    }

    /** An error with a JSON path such as $.hazards.count, the value (shortened) and the rule. */
    public static InputException refusal(String path, Object value, String rule) {
        String text = value.toString();
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
        return new InputException(path + ": " + shown + ": " + rule);
    }
}
