package dev.memo.learner.evaluation;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.metrics.Fidelity;
import dev.memo.learner.rollout.Episodes;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.Steerable;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether modes still do what their experts do where the world is not the one that they learned in.
 * In every changed world the experts act as well, on the same layouts, so that a mode is held
 * against what its expert does there; and the unit of a difference is the experts' there.
 *
 * @param scenario that is changed
 * @param layouts of a set
 * @param experts their names
 * @param matched for each expert its mode, or -1
 * @param worlds kind by kind, values ascending
 */
public record GeneralisationReport(
        Scenario scenario, int layouts, List<String> experts, int[] matched, List<World> worlds) {

    /**
     * A changed world.
     *
     * @param change what is otherwise
     * @param own whether it is the scenario itself, on the first set of layouts
     * @param refusal why there is no such world, or the modes cannot act in it
     * @param outcomes of the experts that have a mode, in their order; none with a refusal
     */
    public record World(
            WorldChange change, boolean own, Optional<String> refusal, List<Outcome> outcomes) {}

    /**
     * A mode beside its expert.
     *
     * @param expert index of the expert
     * @param fidelity of the mode with its mean actions, in every measure
     * @param modeNear the share of the mode's steps for which its own code is the nearest
     * @param expertNear the same of the expert's steps and that code
     */
    public record Outcome(
            int expert, Map<Measure, Fidelity> fidelity, double modeNear, double expertNear) {
        /** The largest of the fidelities. */
        public double largest() {
            return fidelity.values().stream().mapToDouble(Fidelity::value).max().orElseThrow();
        }

        /** Whether the mode is as close to its expert as that is to itself, in every measure. */
        public boolean kept() {
            return largest() <= 1;
        }
    }

    /** What a run's encoder takes behaviour for. */
    @FunctionalInterface
    public interface Recogniser {
        /**
         * For each code the share of the episodes' steps for which it is the nearest.
         *
         * @param spec of the episodes' columns
         * @return [K]
         */
        double[] near(DatasetSpec spec, List<Episode> episodes);
    }

    /** Scenarios on sets of layouts, each run once: several changes leave all as it was. */
    private record Key(Scenario scenario, int layouts) {}

    private record Actor(Behaviour behaviour, double[] near) {}

    /**
     * Runs experts and their modes, one episode for each layout of every world.
     *
     * @param learned has the modes
     * @param recogniser that learned with them
     * @param experts who act, without action noise of their own
     * @param matched for each expert its mode, or -1 where there are fewer modes than experts
     * @param runSeed of the run that learned the modes; layouts follow from it
     * @param layouts of a set
     * @throws InputException if they cannot act in the scenario itself
     * @throws CancellationException if a person asks to stop
     */
    public static GeneralisationReport of(
            Scenario scenario,
            Steerable learned,
            Recogniser recogniser,
            List<Expert> experts,
            int[] matched,
            long runSeed,
            int layouts,
            ThreadTeam team,
            Progress progress) {
        Key own = new Key(scenario, 1);
        Map<WorldChange, Key> keys = new LinkedHashMap<>();
        Map<WorldChange, String> refusals = new HashMap<>();
        for (WorldChange change : WorldChange.all()) {
            try {
                keys.put(change, new Key(change.of(scenario), change.layouts()));
            } catch (InputException e) {
                refusals.put(change, e.getMessage());
            }
        }
        Runner runner =
                new Runner(learned, recogniser, experts, matched, runSeed, layouts, team, progress);
        long different = Stream.concat(Stream.of(own), keys.values().stream()).distinct().count();
        progress.begin(
                "generalising", different * runner.rollouts() * scenario.episodeSteps(), "steps");
        Map<Key, List<Outcome>> done = new HashMap<>();
        done.put(own, runner.run(own));
        keys.forEach(
                (change, key) -> {
                    try {
                        if (!done.containsKey(key)) {
                            done.put(key, runner.run(key));
                        }
                    } catch (InputException e) {
                        refusals.put(change, e.getMessage());
                    }
                });
        progress.end();
        List<World> worlds = new ArrayList<>();
        for (WorldChange change : WorldChange.all()) {
            Key key = keys.get(change);
            worlds.add(
                    new World(
                            change,
                            own.equals(key),
                            Optional.ofNullable(refusals.get(change)),
                            done.getOrDefault(key, List.of())));
        }
        return new GeneralisationReport(
                scenario,
                layouts,
                experts.stream().map(Expert::name).toList(),
                matched.clone(),
                List.copyOf(worlds));
    }

    /** Everybody in one world after the other. */
    private record Runner(
            Steerable learned,
            Recogniser recogniser,
            List<Expert> experts,
            int[] matched,
            long runSeed,
            int layouts,
            ThreadTeam team,
            Progress progress) {

        long rollouts() {
            return layouts * (experts.size() + IntStream.of(matched).filter(m -> m >= 0).count());
        }

        List<Outcome> run(Key world) {
            List<Actor> ofExperts = new ArrayList<>();
            List<Actor> ofModes = new ArrayList<>();
            for (int i = 0; i < experts.size(); i++) {
                ofExperts.add(actor(world, experts.get(i).policy(0, team)));
                ofModes.add(
                        matched[i] < 0 ? null : actor(world, learned.steered(matched[i], false)));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < experts.size(); i++) {
                int mode = matched[i];
                if (mode >= 0) {
                    Actor expert = ofExperts.get(i);
                    Actor ofMode = ofModes.get(i);
                    outcomes.add(
                            new Outcome(
                                    i,
                                    fidelity(ofMode.behaviour, expert.behaviour, ofExperts),
                                    ofMode.near[mode],
                                    expert.near[mode]));
                }
            }
            return List.copyOf(outcomes);
        }

        private Actor actor(Key world, Policy policy) {
            long[] seeds = Behaviour.layouts(runSeed, "generalisation " + world.layouts, layouts);
            Episode[] episodes = Episodes.collect(world.scenario, policy, seeds, team, progress);
            if (progress.stopRequested()) {
                throw new CancellationException("stopped while measuring generalisation");
            }
            DatasetSpec spec = DatasetSpec.of(PointGoalEnv.specOf(world.scenario));
            return new Actor(
                    Behaviour.of(episodes, spec), recogniser.near(spec, List.of(episodes)));
        }

        private static Map<Measure, Fidelity> fidelity(
                Behaviour mode, Behaviour expert, List<Actor> experts) {
            Map<Measure, Fidelity> fidelity = new EnumMap<>(Measure.class);
            for (Measure measure : Measure.values()) {
                double range =
                        Fidelity.range(
                                experts.stream().map(one -> one.behaviour.of(measure)).toList());
                fidelity.put(measure, Fidelity.of(mode.of(measure), expert.of(measure), range));
            }
            return fidelity;
        }
    }
}
