package dev.memo.learner.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A case of a file of numbers that were made outside this project; shown by its name.
 *
 * @param json of the case
 */
public record GoldenCase(JsonNode json) {
    /** The cases of a kind in a file of the folder golden. */
    public static List<GoldenCase> of(String file, String kind) {
        try (InputStream in = GoldenCase.class.getResourceAsStream("/golden/" + file)) {
            List<GoldenCase> cases = new ArrayList<>();
            for (JsonNode json : JsonMapper.shared().readTree(in).path("cases")) {
                if (json.path("kind").asString().equals(kind)) {
                    cases.add(new GoldenCase(json));
                }
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public double setting(String name) {
        return json.path("settings").path(name).asDouble();
    }

    public double[] input(String name) {
        return numbers(json.path("inputs").path(name));
    }

    public float[] floats(String name) {
        double[] numbers = input(name);
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    public int[] wholeInput(String name) {
        return Arrays.stream(input(name)).mapToInt(v -> (int) v).toArray();
    }

    /** How many columns an input has. */
    public int columns(String name) {
        return json.path("inputs").path(name).path("shape").get(1).asInt();
    }

    public double[] output(String name) {
        return numbers(json.path("outputs").path(name));
    }

    private static double[] numbers(JsonNode tensor) {
        double[] numbers = new double[tensor.path("data").size()];
        Arrays.setAll(numbers, i -> tensor.path("data").get(i).asDouble());
        return numbers;
    }

    @Override
    public String toString() {
        return json.path("name").asString();
    }
}
