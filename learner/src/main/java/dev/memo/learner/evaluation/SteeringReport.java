package dev.memo.learner.evaluation;

import dev.memo.base.Progress;
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
 */
public record SteeringReport(
        int episodes,
        int steps,
        List<String> experts,
        List<Behaviour> ofExperts,
        List<Behaviour> ofModes,
        List<Behaviour> ofModesSampled,
        int[] matched) {

    /**
     * Runs every expert, without action noise, and every mode, steered from the first step to the
     * last.
     *
     * @param experts who act
     * @param agreement [experts][K] episodes of each expert with each code: what modes are matched
     *     by
     * @param seeds of the layouts, which nobody learned from
     */
    public static SteeringReport of(
            Scenario scenario,
            Steerable learned,
            List<Expert> experts,
            long[][] agreement,
            long[] seeds,
            ThreadTeam team,
            Progress progress) {
        int rollouts = experts.size() + 2 * learned.modes();
        progress.begin(
                "steering", (long) rollouts * seeds.length * scenario.episodeSteps(), "steps");
        List<Behaviour> ofExperts = new ArrayList<>();
        for (Expert expert : experts) {
            Policy policy = expert.policy(0, team);
            ofExperts.add(Behaviour.of(scenario, policy, seeds, team, progress));
        }
        List<Behaviour> means = new ArrayList<>();
        List<Behaviour> samples = new ArrayList<>();
        for (int mode = 0; mode < learned.modes(); mode++) {
            means.add(Behaviour.of(scenario, learned.steered(mode, false), seeds, team, progress));
            samples.add(Behaviour.of(scenario, learned.steered(mode, true), seeds, team, progress));
        }
        progress.end();
        return new SteeringReport(
                seeds.length,
                scenario.episodeSteps(),
                experts.stream().map(Expert::name).toList(),
                ofExperts,
                means,
                samples,
                match(agreement));
    }

    private static int[] match(long[][] agreement) {
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
