package dev.memo.learner.testing;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.dataset.ExpertLabels;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.rollout.Episodes;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Data of two scripted experts that are learned from in a second. */
public final class ForwardAndCircle {
    public static final Scenario SCENARIO = Scenario.load("open").withEpisodeSteps(60);
    private static final List<String> EXPERTS = List.of("forward", "circle");
    private static final int EPISODES = 8;

    private ForwardAndCircle() {}

    /** Episodes by forward, then as many by circle. */
    public static Dataset dataset() {
        return dataset(EPISODES);
    }

    /** So many episodes by forward, then as many by circle. */
    public static Dataset dataset(int episodesOfEach) {
        return by(EXPERTS, episodesOfEach, SCENARIO.episodeSteps());
    }

    /** So many episodes by one expert after the other. */
    public static Dataset by(List<String> experts, int episodesOfEach, int steps) {
        Scenario scenario = SCENARIO.withEpisodeSteps(steps);
        List<Episode> episodes = new ArrayList<>();
        try (ThreadTeam team = new ThreadTeam(1)) {
            for (String expert : experts) {
                long first = episodes.size();
                episodes.addAll(
                        List.of(
                                Episodes.collect(
                                        scenario,
                                        ScriptedExpert.named(expert, 0.1, team),
                                        LongStream.range(first, first + episodesOfEach).toArray(),
                                        team,
                                        Progress.SILENT)));
            }
        }
        DatasetSpec spec = DatasetSpec.of(PointGoalEnv.specOf(scenario));
        return new Dataset("tiny", Optional.of(scenario.toJson()), spec, episodes);
    }

    /** Who acted in {@link #dataset()}. */
    public static ExpertLabels labels() {
        return new ExpertLabels(EXPERTS, classes(EPISODES));
    }

    /** Who acted in {@link #dataset(int)}: 0 for forward, 1 for circle. */
    public static int[] classes(int episodesOfEach) {
        return IntStream.range(0, 2 * episodesOfEach).map(e -> e / episodesOfEach).toArray();
    }
}
