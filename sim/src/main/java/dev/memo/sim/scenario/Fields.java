package dev.memo.sim.scenario;

import static dev.memo.sim.json.JsonText.refusal;
import static dev.memo.sim.scenario.Rules.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The fields of one JSON object. Asking for a key makes it known; {@link #end} refuses others. */
final class Fields {
    private static final String QUANTITY_FORMS =
            "must be a number, {\"min\": a, \"max\": b} or {\"choices\": [a, b]}";

    private final String path;
    private final JsonNode object;
    private final Set<String> known = new TreeSet<>();

    Fields(String path, JsonNode object) {
        require(object.isObject(), path, object, "must be an object, {...}");
        this.path = path;
        this.object = object;
    }

    /** The path of a key, e.g. $.hazards.count. */
    String at(String key) {
        return path + "." + key;
    }

    boolean has(String key) {
        known.add(key);
        return object.has(key);
    }

    private JsonNode required(String key) {
        require(has(key), at(key), "missing", "this key is required");
        return object.get(key);
    }

    private <T> T optional(String key, T absent, Function<JsonNode, T> read) {
        return has(key) ? read.apply(object.get(key)) : absent;
    }

    /** An object; one that is not there has no fields. */
    Fields object(String key) {
        return new Fields(
                at(key), optional(key, JsonNodeFactory.instance.objectNode(), node -> node));
    }

    String text(String key) {
        JsonNode node = required(key);
        require(node.isString(), at(key), node, "must be text");
        return node.asString();
    }

    boolean truth(String key, boolean absent) {
        return optional(
                key,
                absent,
                node -> {
                    require(node.isBoolean(), at(key), node, "must be true or false");
                    return node.asBoolean();
                });
    }

    double number(String key, double absent) {
        return optional(key, absent, node -> number(at(key), node));
    }

    int whole(String key, int absent) {
        return optional(
                key,
                absent,
                node -> {
                    double value = number(at(key), node);
                    require(value == (int) value, at(key), node, "must be a whole number");
                    return (int) value;
                });
    }

    Quantity quantity(String key) {
        return quantity(at(key), required(key));
    }

    Quantity quantity(String key, double absent) {
        return optional(key, Quantity.of(absent), node -> quantity(at(key), node));
    }

    /** A word of an enum, as {@code name} writes it. */
    <E extends Enum<E>> E word(String key, E absent, Function<E, String> name) {
        return optional(key, absent, node -> word(at(key), node, absent.getDeclaringClass(), name));
    }

    <E extends Enum<E>> List<E> words(
            String key, List<E> absent, Class<E> type, Function<E, String> name) {
        return optional(
                key,
                absent,
                node -> elements(at(key), node, (at, item) -> word(at, item, type, name)));
    }

    Optional<Pose> pose(String key) {
        return optional(key, Optional.empty(), node -> Optional.of(pose(at(key), node)));
    }

    /** Poses; at least one where the key is there. */
    List<Pose> poses(String key) {
        return places(key, Fields::pose);
    }

    /** Positions; at least one where the key is there. */
    List<Position> positions(String key) {
        return places(key, Fields::position);
    }

    private <T> List<T> places(String key, Element<T> read) {
        return optional(
                key,
                List.of(),
                node -> {
                    List<T> places = elements(at(key), node, read);
                    require(!places.isEmpty(), at(key), node, "must list at least one place");
                    return places;
                });
    }

    /** Refuses keys that nobody asked for. */
    void end() {
        for (String key : object.propertyNames()) {
            require(
                    known.contains(key),
                    at(key),
                    object.get(key),
                    "unknown key; known here are " + String.join(", ", known));
        }
    }

    /** Reads an element of an array. */
    private interface Element<T> {
        T read(String path, JsonNode node);
    }

    private static <T> List<T> elements(String path, JsonNode node, Element<T> read) {
        require(node.isArray(), path, node, "must be a list, [...]");
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            elements.add(read.read(path + "[" + i + "]", node.get(i)));
        }
        return elements;
    }

    private static double number(String path, JsonNode node) {
        require(node.isNumber(), path, node, "must be a number");
        double value = node.asDouble(Double.NaN);
        require(Double.isFinite(value), path, node, "must be a finite number");
        return value;
    }

    private static Quantity quantity(String path, JsonNode node) {
        if (node.isNumber()) {
            return Quantity.of(number(path, node));
        }
        require(node.isObject(), path, node, QUANTITY_FORMS);
        Fields fields = new Fields(path, node);
        if (fields.has("choices")) {
            List<Double> choices =
                    elements(fields.at("choices"), fields.required("choices"), Fields::number);
            fields.end();
            require(!choices.isEmpty(), path, node, "must have at least one choice");
            return new Quantity.Choice(choices);
        }
        double min = number(fields.at("min"), fields.required("min"));
        double max = number(fields.at("max"), fields.required("max"));
        fields.end();
        require(min <= max, path, node, "min must not exceed max");
        return new Quantity.Range(min, max);
    }

    private static <E extends Enum<E>> E word(
            String path, JsonNode node, Class<E> type, Function<E, String> name) {
        for (E value : type.getEnumConstants()) {
            if (node.isString() && node.asString().equals(name.apply(value))) {
                return value;
            }
        }
        throw refusal(
                path,
                node,
                "must be one of "
                        + Stream.of(type.getEnumConstants())
                                .map(name)
                                .collect(Collectors.joining(", ")));
    }

    private static Position position(String path, JsonNode node) {
        List<Double> place = elements(path, node, Fields::number);
        require(place.size() == 2, path, node, "must be [x, y]");
        return new Position(place.get(0), place.get(1));
    }

    private static Pose pose(String path, JsonNode node) {
        List<Double> pose = elements(path, node, Fields::number);
        require(pose.size() == 3, path, node, "must be [x, y, heading]");
        return new Pose(pose.get(0), pose.get(1), pose.get(2));
    }
}
