package dev.memo.learner.dataset;

import dev.memo.base.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gymnasium's spaces as Minari writes them: JSON that may hold infinite limits. */
final class MinariSpace {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    private MinariSpace() {}

    /**
     * A Box of floats, alone or within a Dict.
     *
     * @param path names of the Dicts' keys with slashes between them; empty for a Box alone
     * @param width how many numbers it holds
     */
    record Box(String path, int width) {}

    /**
     * The boxes of a space, in its own order.
     *
     * @param place where the text stands, for errors
     * @throws InputException if the space is or contains something else than a Box of floats
     */
    static List<Box> boxes(String place, String text) {
        try {
            List<Box> boxes = new ArrayList<>();
            collect(place, "", JSON.readTree(text), boxes);
            if (boxes.isEmpty()) {
                throw new InputException(place + ": the space is empty");
            }
            return boxes;
        } catch (JacksonException e) {
            throw new InputException(place + ": not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static void collect(String place, String path, JsonNode space, List<Box> boxes) {
        String type = space.path("type").asString("");
        switch (type) {
            case "Box" -> boxes.add(box(place, path, space));
            case "Dict" -> {
                for (var entry : space.path("subspaces").properties()) {
                    String key = path.isEmpty() ? entry.getKey() : path + "/" + entry.getKey();
                    collect(place, key, entry.getValue(), boxes);
                }
            }
            default -> throw unsupported(place, path, type.isEmpty() ? "without type" : type);
        }
    }

    private static Box box(String place, String path, JsonNode space) {
        String numbers = space.path("dtype").asString("");
        if (!numbers.equals("float32") && !numbers.equals("float64")) {
            throw unsupported(place, path, "Box of " + numbers);
        }
        int width = 1;
        for (JsonNode extent : space.path("shape")) {
            width *= extent.asInt();
        }
        if (width < 1) {
            throw unsupported(place, path, "Box without numbers");
        }
        return new Box(path, width);
    }

    private static InputException unsupported(String place, String path, String type) {
        String part = path.isEmpty() ? "" : " '" + path + "'";
        return new InputException(
                "%s%s: space %s: only Box of float32 or float64, and Dict of these, are supported"
                        .formatted(place, part, type));
    }

    /** A Box of float32 with the same limits in every column. */
    static String box(int width, String low, String high) {
        return "{\"type\": \"Box\", \"dtype\": \"float32\", \"shape\": [%d], \"low\": [%s], \"high\": [%s]}"
                .formatted(width, repeated(low, width), repeated(high, width));
    }

    private static String repeated(String limit, int width) {
        return String.join(", ", Collections.nCopies(width, limit));
    }
}
