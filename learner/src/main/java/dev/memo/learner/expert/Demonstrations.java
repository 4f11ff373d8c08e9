package dev.memo.learner.expert;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.Seeds;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.DatasetWriter;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.rollout.Episodes;
import dev.memo.learner.rollout.NoisyPolicy;
import dev.memo.learner.rollout.Policy;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What to collect from experts.
 *
 * @param scenario the world
 * @param experts who acts
 * @param episodes of each expert; every episode has a layout of its own
 * @param noise standard deviation of the noise added to both actions
 * @param seed of layouts and noise
 */
public record Demonstrations(
        Scenario scenario, List<Expert> experts, int episodes, double noise, long seed) {
    /** Bounds the memory of episodes that are under way: 16 MB in the Goal tasks. */
    private static final int BATCH = 64;

    /** Refuses experts that are unknown or cannot act in the scenario, and nothing to collect. */
    public Demonstrations {
        experts = List.copyOf(experts);
        if (experts.isEmpty()) {
            throw new InputException("experts: at least one is needed");
        }
        List<String> names = experts.stream().map(Expert::name).toList();
        if (names.stream().distinct().count() < names.size()) {
            throw new InputException("experts %s: each needs a name of its own".formatted(names));
        }
        if (episodes < 1) {
            throw new InputException("episodes = " + episodes + ": must be at least 1");
        }
        EnvSpec spec = PointGoalEnv.specOf(scenario);
        NoisyPolicy.check(noise);
        experts.forEach(expert -> expert.check(spec));
    }

    /**
     * Collects into a dataset, with the experts' names in a file of its own. A stop that a person
     * asks for leaves a readable dataset of the episodes that were whole.
     *
     * @return episodes written
     * @throws dev.memo.base.InputException if the folder cannot be written
     */
    public int write(Path folder, ThreadTeam team, Progress progress) {
        int written = 0;
        try (DatasetWriter writer =
                new DatasetWriter(
                        folder,
                        "Experts in the scenario " + scenario.name(),
                        Optional.of(scenario.toJson()),
                        DatasetSpec.of(PointGoalEnv.specOf(scenario)))) {
            progress.begin(
                    "collecting",
                    (long) experts.size() * episodes * scenario.episodeSteps(),
                    "steps");
            long seedOfNext = Seeds.derive(seed, "collection");
            for (Expert expert : experts) {
                for (int done = 0; done < episodes; done += BATCH) {
                    int count = Math.min(BATCH, episodes - done);
                    long[] seeds = LongStream.range(seedOfNext, seedOfNext + count).toArray();
                    seedOfNext += count;
                    Policy policy = expert.policy(noise, team);
                    for (Episode episode :
                            Episodes.collect(scenario, policy, seeds, team, progress)) {
                        if (episode != null) {
                            writer.add(episode, expert.label());
                            written++;
                        }
                    }
                }
            }
            progress.end();
        }
        return written;
    }
}
