package dev.memo.learner.memo;

import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.ExpertLabels;
import dev.memo.learner.testing.ForwardAndCircle;
import dev.memo.sim.scenario.Scenario;
import java.net.URISyntaxException;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Data and networks that are learned from and with in a second. */
final class TinyData {
    static final Scenario SCENARIO = ForwardAndCircle.SCENARIO;

    private TinyData() {}

    static Dataset forwardAndCircle() {
        return ForwardAndCircle.dataset();
    }

    static ExpertLabels labels() {
        return ForwardAndCircle.labels();
    }

    /** A dataset that Minari wrote. */
    static Dataset foreign(String id) {
        try {
            return Dataset.read(
                    Path.of(TinyData.class.getResource("/golden/minari-foreign/" + id).toURI()));
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * A small configuration with two modes.
     *
     * @param changes names as in files and values, in turn
     */
    static MemoConfig config(Object... changes) {
        ObjectNode json = ConfigJson.of(MemoConfig.DEFAULT);
        json.put("modes", 2).put("hidden", 16).put("autoencoder_hidden", 8);
        json.putArray("step").add(10);
        json.put("code_size", 4).put("batch", 64).put("epochs", 4).put("iterations", 30);
        for (int i = 0; i < changes.length; i += 2) {
            json.set((String) changes[i], JsonMapper.shared().valueToTree(changes[i + 1]));
        }
        return ConfigJson.read(json, MemoConfig.class);
    }
}
