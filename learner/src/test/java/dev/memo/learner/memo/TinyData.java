package dev.memo.learner.memo;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.dataset.ExpertLabels;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.rollout.Episodes;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Data and networks that are learned from and with in a second. */
final class TinyData {
    static final Scenario SCENARIO = Scenario.load("open").withEpisodeSteps(60);
    private static final int EPISODES = 8;

    private TinyData() {}

    /** Episodes by forward, then as many by circle. */
    static Dataset forwardAndCircle() {
        return of(List.of("forward", "circle"), EPISODES, SCENARIO.episodeSteps(), 0.1);
    }

    /** Episodes by one expert after the other. */
    static Dataset of(List<String> experts, int each, int steps, double noise) {
        List<Episode> episodes = new ArrayList<>();
        try (ThreadTeam team = new ThreadTeam(1)) {
            for (String expert : experts) {
                long first = episodes.size();
                episodes.addAll(
                        List.of(
                                Episodes.collect(
                                        SCENARIO.withEpisodeSteps(steps),
                                        ScriptedExpert.named(expert, noise, team),
                                        LongStream.range(first, first + each).toArray(),
                                        team,
                                        Progress.SILENT)));
            }
        }
        DatasetSpec spec = DatasetSpec.of(PointGoalEnv.specOf(SCENARIO));
        return new Dataset("tiny", Optional.of(SCENARIO.toJson()), spec, episodes);
    }

    static ExpertLabels labels() {
        return labels(List.of("forward", "circle"), EPISODES);
    }

    static ExpertLabels labels(List<String> experts, int each) {
        return new ExpertLabels(
                experts, IntStream.range(0, experts.size() * each).map(e -> e / each).toArray());
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
