package dev.memo.learner.evaluation;

import dev.memo.base.Progress;
import dev.memo.base.Seeds;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.metrics.Fidelity;
import dev.memo.learner.metrics.Matching;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.Steerable;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Experts and modes on the same layouts.
 *
 * @param episodes layouts that everybody ran on
 * @param steps of an episode
 * @param experts their names
 * @param ofExperts what each expert did
 * @param ofModes what each mode did with its mean actions
 * @param ofModesSampled what each mode did with sampled actions
 * @param matched for each expert the mode that its episodes mostly have, or -1 where there are
 *     fewer modes than experts
 * @param distinguishability whether modes are told apart as their experts are; empty where there is
 *     only one expert
 */
public record SteeringReport(
        int episodes,
        int steps,
        List<String> experts,
        List<Behaviour> ofExperts,
        List<Behaviour> ofModes,
        List<Behaviour> ofModesSampled,
        int[] matched,
        Optional<Distinguishability> distinguishability) {

    /**
     * Runs every expert, without action noise, and every mode, steered from the first step to the
     * last; and the experts once more, on layouts from which a classifier learns them.
     *
     * @param experts who act
     * @param agreement [experts][K] episodes of each expert with each code: what modes are matched
     *     by
     * @param runSeed of the run that learned the modes; layouts follow from it
     * @param layouts to run on, and as many for the classifier
     */
    public static SteeringReport of(
            Scenario scenario,
            Steerable learned,
            List<Expert> experts,
            long[][] agreement,
            long runSeed,
            int layouts,
            ThreadTeam team,
            Progress progress) {
        boolean several = experts.size() > 1;
        int rollouts = (several ? 2 : 1) * experts.size() + 2 * learned.modes();
        progress.begin("steering", (long) rollouts * layouts * scenario.episodeSteps(), "steps");
        long[] seeds = Behaviour.heldOutLayouts(runSeed, layouts);
        long[] forClassifier = Behaviour.classifierLayouts(runSeed, layouts);
        List<Behaviour> ofExperts = new ArrayList<>();
        List<Behaviour> toLearn = new ArrayList<>();
        for (Expert expert : experts) {
            Policy policy = expert.policy(0, team);
            ofExperts.add(Behaviour.of(scenario, policy, seeds, team, progress));
            if (several) {
                toLearn.add(Behaviour.of(scenario, policy, forClassifier, team, progress));
            }
        }
        List<Behaviour> means = new ArrayList<>();
        List<Behaviour> samples = new ArrayList<>();
        for (int mode = 0; mode < learned.modes(); mode++) {
            means.add(Behaviour.of(scenario, learned.steered(mode, false), seeds, team, progress));
            samples.add(Behaviour.of(scenario, learned.steered(mode, true), seeds, team, progress));
        }
        progress.end();
        int[] matched = matched(agreement);
        long seed = Seeds.derive(runSeed, "classifier");
        return new SteeringReport(
                layouts,
                scenario.episodeSteps(),
                experts.stream().map(Expert::name).toList(),
                ofExperts,
                means,
                samples,
                matched,
                several
                        ? Optional.of(
                                Distinguishability.of(toLearn, ofExperts, means, matched, seed))
                        : Optional.empty());
    }

    /**
     * For each expert the mode that its episodes mostly have, no mode twice, or -1 where there are
     * fewer modes than experts.
     *
     * @param agreement [experts][K] episodes of each expert with each code
     */
    public static int[] matched(long[][] agreement) {
        double[][] score = new double[agreement.length][];
        for (int i = 0; i < score.length; i++) {
            score[i] = Arrays.stream(agreement[i]).asDoubleStream().toArray();
        }
        return Matching.best(score);
    }

    /** The fidelity of an expert's matched mode in every measure; empty if it has no mode. */
    public Map<Measure, Fidelity> fidelity(int expert, boolean sampled) {
        Map<Measure, Fidelity> fidelity = new EnumMap<>(Measure.class);
        if (matched[expert] < 0) {
            return fidelity;
        }
        Behaviour mode = (sampled ? ofModesSampled : ofModes).get(matched[expert]);
        for (Measure measure : Measure.values()) {
            double range = Fidelity.range(ofExperts.stream().map(one -> one.of(measure)).toList());
            fidelity.put(
                    measure,
                    Fidelity.of(mode.of(measure), ofExperts.get(expert).of(measure), range));
        }
        return fidelity;
    }
}
