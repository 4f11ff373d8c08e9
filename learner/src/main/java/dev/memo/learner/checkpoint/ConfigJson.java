package dev.memo.learner.checkpoint;

import dev.memo.base.InputException;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Configurations, which are records, as JSON with names and enums as the command line has them. */
public final class ConfigJson {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    // A value that is not there must not become 0, false or null.
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .build();

    private ConfigJson() {}

    /** The configuration as {@code config.json} and checkpoints hold it. */
    public static ObjectNode of(Record config) {
        return JSON.valueToTree(config);
    }

    /**
     * Reads a configuration.
     *
     * @throws InputException if a value is missing, unknown or breaks its rule
     */
    public static <T extends Record> T read(JsonNode json, Class<T> type) {
        try {
            return JSON.treeToValue(json, type);
        } catch (JacksonException e) {
            throw refused(e);
        }
    }

    /**
     * Reads a configuration from text.
     *
     * @throws InputException also if the text is not JSON
     */
    public static <T extends Record> T read(String json, Class<T> type) {
        try {
            return read(JSON.readTree(json), type);
        } catch (JacksonException e) {
            throw refused(e);
        }
    }

    /**
     * The same configuration with other values.
     *
     * @param values by name as in JSON
     * @throws InputException as {@link #read}
     */
    @SuppressWarnings("unchecked")
    public static <T extends Record> T with(T config, Map<String, ?> values) {
        ObjectNode json = of(config);
        values.forEach((name, value) -> json.set(name, JSON.valueToTree(value)));
        return read(json, (Class<T>) config.getClass());
    }

    private static InputException refused(JacksonException e) {
        String rule =
                e.getCause() instanceof InputException broken
                        ? broken.getMessage()
                        : e.getOriginalMessage();
        return new InputException("configuration: " + rule, e);
    }
}
