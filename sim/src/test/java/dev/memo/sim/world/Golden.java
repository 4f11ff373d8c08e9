package dev.memo.sim.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Numbers recorded from Safety-Gymnasium 1.0.0; each file says what it holds under "about". */
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

    /** Puts the objects of a recorded layout into a state at rest. */
    static void place(JsonNode layout, State state) {
        state.x = layout.get("robot").get(0).asDouble();
        state.y = layout.get("robot").get(1).asDouble();
        state.heading = layout.get("robot").get(2).asDouble();
        state.goalX = layout.get("goal").get(0).asDouble();
        state.goalY = layout.get("goal").get(1).asDouble();
        for (int i = 0; i < layout.path("hazards").size(); i++) {
            state.hazardX[i] = layout.get("hazards").get(i).get(0).asDouble();
            state.hazardY[i] = layout.get("hazards").get(i).get(1).asDouble();
        }
        placeVases(layout.path("vases"), state);
    }

    static void placeVases(JsonNode vases, State state) {
        for (int i = 0; i < vases.size(); i++) {
            placeVase(vases.get(i), 0, state, i);
        }
    }

    /** Reads x, y and heading of a vase from so far into a row. */
    static void placeVase(JsonNode row, int offset, State state, int i) {
        state.vaseX[i] = row.get(offset).asDouble();
        state.vaseY[i] = row.get(offset + 1).asDouble();
        state.vaseHeading[i] = row.get(offset + 2).asDouble();
    }
}
