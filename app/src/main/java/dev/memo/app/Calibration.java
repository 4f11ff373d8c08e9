package dev.memo.app;

import dev.memo.base.Progress;
import dev.memo.kernels.Device;
import dev.memo.learner.evaluation.Behaviour;
import dev.memo.learner.evaluation.CodeReport;
import dev.memo.learner.evaluation.EpisodeTotals;
import dev.memo.learner.evaluation.SteeringReport;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.guarantee.Coverage;
import dev.memo.learner.guarantee.Equivalence;
import dev.memo.learner.guarantee.Guarantee;
import dev.memo.learner.guarantee.Guarantees;
import dev.memo.learner.guarantee.Terms;
import dev.memo.learner.memo.MemoEvaluation;
import dev.memo.learner.metrics.Fidelity;
import dev.memo.learner.rollout.Policy;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Finds what a run's modes guarantee in a world, by rollouts with mean actions on layouts that
 * nothing was learned or evaluated on.
 *
 * @param laboratory where they run
 * @param actors the run's modes
 * @param seed of the run; layouts follow from it
 * @param world to act in
 * @param terms of the guarantees
 * @param episodes of each mode
 */
record Calibration(
        Laboratory laboratory,
        Actors actors,
        long seed,
        Scenario world,
        Terms terms,
        int episodes) {
    private static final String LAYOUTS = "calibration";

    /** What is taken for the truth comes from so many times the episodes. */
    private static final int LARGE = 100;

    /**
     * Up to which difference a mode performs as well as its expert, in the unit of {@link
     * Fidelity}: a small to medium effect (Cohen 1988).
     */
    static final double MARGIN = 0.3;

    /**
     * A run's experts, and which modes are theirs.
     *
     * @param experts who made the data
     * @param matched [experts] the mode that an expert's episodes mostly have, or -1
     */
    record Matched(List<Expert> experts, int[] matched) {
        /** Nobody to compare with. */
        static final Matched NOBODY = new Matched(List.of(), new int[0]);

        /** Matches as an evaluation does it; nobody where not all who made the data can act. */
        static Matched of(LearnedRun run, Device device) {
            List<Expert> experts = run.experts(device);
            if (experts.isEmpty()) {
                return NOBODY;
            }
            CodeReport codes = new MemoEvaluation(run.model(), run.dataset(), run.labels()).codes();
            return new Matched(
                    experts,
                    SteeringReport.matched(codes.agreement().orElseThrow().perEpisode().counts()));
        }
    }

    /** The guarantees of all modes. */
    Guarantees guarantees(Matched matched) {
        List<String> names = actors.names();
        int rollouts = names.size() + matched.experts.size();
        begin("calibrating", (long) rollouts * episodes);
        long[] layouts = Behaviour.layouts(seed, LAYOUTS, episodes);
        List<EpisodeTotals> ofModes = new ArrayList<>();
        for (int mode = 0; mode < names.size(); mode++) {
            ofModes.add(roll(actors.policy(mode), layouts));
        }
        // Experts on layouts of their own: the test is of independent episodes.
        long[] ofOthers = Behaviour.layouts(seed, LAYOUTS + " of experts", episodes);
        List<EpisodeTotals> ofExperts = new ArrayList<>();
        for (Expert expert : matched.experts) {
            ofExperts.add(roll(expert.policy(0, laboratory.team()), ofOthers));
        }
        laboratory.progress().end();
        List<Guarantee> guarantees = new ArrayList<>();
        for (int mode = 0; mode < names.size(); mode++) {
            EpisodeTotals totals = ofModes.get(mode);
            guarantees.add(
                    Guarantee.of(names.get(mode), totals, terms)
                            .with(asExpert(mode, totals, matched, ofExperts)));
        }
        return new Guarantees(
                world.name(),
                world.toJson(),
                layouts[0],
                episodes,
                terms.confidence().level(),
                terms.costLimit(),
                guarantees);
    }

    private List<Guarantee.AsExpert> asExpert(
            int mode, EpisodeTotals totals, Matched matched, List<EpisodeTotals> ofExperts) {
        List<Guarantee.AsExpert> comparison = new ArrayList<>();
        for (int i = 0; i < matched.matched.length; i++) {
            if (matched.matched[i] == mode) {
                String expert = matched.experts.get(i).name();
                comparison.add(
                        compare(expert, "return", EpisodeTotals::returns, totals, i, ofExperts));
                comparison.add(compare(expert, "cost", EpisodeTotals::costs, totals, i, ofExperts));
            }
        }
        return comparison;
    }

    private Guarantee.AsExpert compare(
            String expert,
            String measure,
            Function<EpisodeTotals, double[]> of,
            EpisodeTotals totals,
            int matched,
            List<EpisodeTotals> ofExperts) {
        double[] ofExpert = of.apply(ofExperts.get(matched));
        double range = Fidelity.range(ofExperts.stream().map(of).toList());
        return new Guarantee.AsExpert(
                expert,
                measure,
                Equivalence.of(
                        of.apply(totals),
                        ofExpert,
                        MARGIN * Fidelity.scale(ofExpert, range),
                        terms.confidence()));
    }

    /** Whether a mode's bounds hold as often as they say, over repeated calibrations. */
    List<Coverage> check(int mode, int repeats) {
        int drawn = repeats * (episodes + 1);
        int large = LARGE * episodes;
        begin("checking " + actors.names().get(mode), (long) drawn + large);
        EpisodeTotals ofRepeats =
                roll(actors.policy(mode), Behaviour.layouts(seed, LAYOUTS + " repeated", drawn));
        EpisodeTotals truth =
                roll(actors.policy(mode), Behaviour.layouts(seed, LAYOUTS + " checked", large));
        laboratory.progress().end();
        return Coverage.of(ofRepeats, episodes, truth, terms);
    }

    private void begin(String task, long rollouts) {
        laboratory.progress().begin(task, rollouts * world.episodeSteps(), "env-steps");
    }

    private EpisodeTotals roll(Policy policy, long[] layouts) {
        Progress progress = laboratory.progress();
        return EpisodeTotals.of(world, policy, layouts, laboratory.team(), progress);
    }
}
