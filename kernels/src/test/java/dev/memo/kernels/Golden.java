package dev.memo.kernels;

import static dev.memo.kernels.Evaluation.assertClose;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A case of a file of numbers from PyTorch: inputs, settings, float64 outputs and gradients. */
record Golden(String name, String kind, JsonNode json) {
    /** float64 code meets the numbers to the nine digits they are written with. */
    private static final double PLAIN = 1e-8;

    /** float32 code may be so many times as far off as PyTorch's was. */
    private static final double FACTOR = 10;

    private static final double SMALLEST = 2e-6;

    /** The cases of some kinds. */
    static List<Golden> cases(String file, String... kinds) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
            List<Golden> cases = new ArrayList<>();
            for (JsonNode json : new JsonMapper().readTree(in).get("cases")) {
                String kind = json.get("kind").asString();
                if (List.of(kinds).contains(kind)) {
                    cases.add(new Golden(json.get("name").asString(), kind, json));
                }
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode setting(String name) {
        return json.get("settings").get(name);
    }

    List<String> words(String setting) {
        List<String> words = new ArrayList<>();
        setting(setting).forEach(word -> words.add(word.asString()));
        return words;
    }

    boolean hasInput(String name) {
        return json.get("inputs").has(name);
    }

    Map<String, double[]> inputs() {
        Map<String, double[]> values = new LinkedHashMap<>();
        for (Entry<String, JsonNode> entry : json.get("inputs").properties()) {
            values.put(entry.getKey(), data(entry.getValue()));
        }
        return values;
    }

    double[] input(String name) {
        return data(json.get("inputs").get(name));
    }

    double[] output(String name) {
        return data(json.get("outputs").get(name));
    }

    int[] shape(String input) {
        JsonNode shape = json.get("inputs").get(input).get("shape");
        int[] extents = new int[shape.size()];
        for (int i = 0; i < extents.length; i++) {
            extents[i] = shape.get(i).asInt();
        }
        return extents;
    }

    /** The inputs by which a gradient of an output is given. */
    List<String> gradientsOf(String output) {
        JsonNode gradients = json.get("gradients").get(output);
        return gradients == null ? List.of() : List.copyOf(gradients.propertyNames());
    }

    double[] gradient(String output, String input) {
        return data(json.get("gradients").get(output).get(input));
    }

    private static double[] data(JsonNode tensor) {
        JsonNode data = tensor.get("data");
        double[] values = new double[data.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = data.get(i).asDouble();
        }
        return values;
    }

    double tolerance(String key) {
        JsonNode deviation = json.get("float32").get(key);
        return Math.max(SMALLEST, deviation == null ? 0 : FACTOR * deviation.asDouble());
    }

    /** A parameter of an input's name and shape. */
    Node parameter(Program.Builder builder, String name) {
        return builder.parameter(name, Initialiser.zeros(), shape(name));
    }

    /** Rows of an input's name; all extents but the first side by side. */
    Node rows(Program.Builder builder, String name) {
        int width = 1;
        for (int i = 1; i < shape(name).length; i++) {
            width *= shape(name)[i];
        }
        return builder.input(name, width);
    }

    /**
     * Runs a program on the inputs, plainly and on the device, and compares every output that it
     * has: "NAME" with the output, "d NAME / d INPUT" with the gradient.
     */
    void check(Program program, int rows) {
        Map<String, double[]> plain = Evaluation.plain(program, inputs(), rows);
        Map<String, double[]> device = Evaluation.onDevice(program, inputs(), rows);
        for (String key : program.outputs().keySet()) {
            double[] expected = expected(key);
            assertClose(name + ", plain " + key, plain.get(key), expected, PLAIN);
            assertClose(name + ", device " + key, device.get(key), expected, tolerance(key));
        }
    }

    private double[] expected(String key) {
        if (!key.startsWith("d ")) {
            return output(key.startsWith("out ") ? key.substring(4) : key);
        }
        String[] names = key.substring(2).split(" / d ");
        return gradient(names[0], names[1]);
    }

    /** Declares the gradients of an output that the case has, by the given targets, as outputs. */
    void gradients(Program.Builder builder, String output, Node of, Map<String, Node> targets) {
        List<String> names = gradientsOf(output);
        Node[] nodes = names.stream().map(targets::get).toArray(Node[]::new);
        List<Node> gradients = builder.gradients(of, nodes);
        for (int i = 0; i < nodes.length; i++) {
            builder.output("d " + output + " / d " + names.get(i), gradients.get(i));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
