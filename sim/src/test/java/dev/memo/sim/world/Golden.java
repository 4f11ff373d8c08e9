package dev.memo.sim.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Numbers recorded from Safety-Gymnasium 1.0.0 or from its MuJoCo alone; each file says what it
 * holds under "about".
 */
final class Golden {
    private Golden() {}

    static JsonNode read(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".json")) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asDouble();
        }
        return values;
    }

    /** The name of the scenario that is the recorded environment: goal1 of SafetyPointGoal1-v0. */
    static String scenario(JsonNode env) {
        return env.asString().replaceAll("SafetyPoint(\\w+)-v0", "$1").toLowerCase();
    }
}
