package dev.memo.sim.replay;

import dev.memo.base.InputException;
import dev.memo.sim.json.JsonText;
import tools.jackson.databind.JsonNode;

/**
 * A value in a recording. What is asked for and is missing, or of another kind, is refused.
 *
 * @param path its JSON path, e.g. $.states.x[3]
 * @param node the value
 */
record Recorded(String path, JsonNode node) {
    boolean has(String key) {
        return node.has(key);
    }

    Recorded get(String key) {
        if (!node.isObject()) {
            throw refusal("must be an object, {...}");
        }
        String at = path + "." + key;
        if (!has(key)) {
            throw JsonText.refusal(at, "missing", "a recording of this kind has this key");
        }
        return new Recorded(at, node.get(key));
    }

    /** Length of a list. */
    int size() {
        if (!node.isArray()) {
            throw refusal("must be a list, [...]");
        }
        return node.size();
    }

    Recorded at(int index) {
        return new Recorded(path + "[" + index + "]", node.get(index));
    }

    double number() {
        if (!node.isNumber()) {
            throw refusal("must be a number");
        }
        double value = node.asDouble();
        if (!Double.isFinite(value)) {
            throw JsonText.refusal(path, value, "must be a finite number");
        }
        return value;
    }

    int whole(int least, int most) {
        double value = number();
        if (value != (int) value || value < least || value > most) {
            throw refusal("must be a whole number from %d to %d".formatted(least, most));
        }
        return (int) value;
    }

    String text() {
        if (!node.isString()) {
            throw refusal("must be text");
        }
        return node.asString();
    }

    double[] numbers() {
        double[] numbers = new double[size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = at(i).number();
        }
        return numbers;
    }

    /** So many numbers. */
    double[] numbers(int count) {
        requireSize(count);
        return numbers();
    }

    void requireSize(int count) {
        if (size() != count) {
            throw JsonText.refusal(path, size() + " entries", "must have " + count);
        }
    }

    void requireSome() {
        if (size() == 0) {
            throw refusal("must have at least one entry");
        }
    }

    InputException refusal(String rule) {
        return JsonText.refusal(path, node, rule);
    }
}
