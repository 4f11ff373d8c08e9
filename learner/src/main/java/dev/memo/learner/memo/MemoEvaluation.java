package dev.memo.learner.memo;

import dev.memo.base.Progress;
import dev.memo.base.RandomStream;
import dev.memo.base.Seeds;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.ExpertLabels;
import dev.memo.learner.dataset.Transitions;
import dev.memo.learner.evaluation.Behaviour;
import dev.memo.learner.evaluation.CodeReport;
import dev.memo.learner.evaluation.Evaluation;
import dev.memo.learner.evaluation.SteeringReport;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.metrics.ConfusionTable;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Measures a trained {@link MemoModel} on the episodes that it was not trained on. */
public final class MemoEvaluation {
    private final MemoModel model;
    private final Optional<ExpertLabels> labels;
    private final int[] heldOut;
    private final Transitions rows;
    private final int[] codes;

    /** [rows] the place of each row's episode among those held out. */
    private final int[] places;

    /** [held-out episodes] */
    private final int[] codeOfEpisode;

    /**
     * Recognises the held-out rows.
     *
     * @param dataset what the model was trained on, whole
     * @param labels who acted in it, if known
     */
    public MemoEvaluation(MemoModel model, Dataset dataset, Optional<ExpertLabels> labels) {
        this.model = model;
        this.labels = labels;
        heldOut = MemoTrainer.split(model.config(), dataset).heldOut();
        rows = MemoTrainer.transitions(model.config(), dataset, heldOut);
        codes = model.codes(rows.differences());
        // An episode without a window of n steps has no row; the rows' episodes are ascending.
        int[] present = Arrays.stream(rows.episodes()).distinct().toArray();
        places = Arrays.stream(rows.episodes()).map(e -> Arrays.binarySearch(present, e)).toArray();
        codeOfEpisode =
                switch (model.config().assignment()) {
                    case STEP -> ConfusionTable.majority(places, codes, present.length);
                    case EPISODE -> mostLikely(present.length);
                };
    }

    /** The code under which each episode is most likely, as in training. */
    private int[] mostLikely(int episodes) {
        double[][] likelihood =
                model.episodeLikelihoods(
                        rows.states(), rows.actions(), rows.differences(), places, episodes);
        int[] codes = new int[episodes];
        for (int e = 0; e < episodes; e++) {
            for (int mode = 1; mode < model.modes(); mode++) {
                codes[e] = likelihood[e][mode] > likelihood[e][codes[e]] ? mode : codes[e];
            }
        }
        return codes;
    }

    /** The held-out codes. */
    public CodeReport codes() {
        return CodeReport.of(
                codes, rows.episodes(), codeOfEpisode, model.modes(), labels, seed("bootstrap"));
    }

    /** The same row by row. */
    public HeldOutCodes heldOutCodes() {
        int[] assigned =
                switch (model.config().assignment()) {
                    case STEP -> codes;
                    case EPISODE -> Arrays.stream(places).map(e -> codeOfEpisode[e]).toArray();
                };
        return new HeldOutCodes(rows.episodes(), rows.times(), codes, assigned);
    }

    /** How likely the held-out actions are. */
    public Evaluation.Likelihood likelihood() {
        int[] order = new RandomStream(seed("shuffle"), 0, 0, 0).permutation(codeOfEpisode.length);
        int[] own = Arrays.stream(places).map(e -> codeOfEpisode[e]).toArray();
        int[] shuffled = Arrays.stream(places).map(e -> codeOfEpisode[order[e]]).toArray();
        return new Evaluation.Likelihood(
                mean(model.contexts(rows.differences())),
                mean(model.steeringContexts(own)),
                mean(model.steeringContexts(shuffled)));
    }

    private double mean(float[] contexts) {
        double sum = 0;
        for (float density : model.logDensities(rows.states(), rows.actions(), contexts)) {
            sum += density;
        }
        return sum / rows.size();
    }

    private long seed(String purpose) {
        return Seeds.derive(model.config().seed(), purpose);
    }

    /**
     * Everything.
     *
     * @param scenario the world to steer in; empty for data of another world
     * @param experts those who made the data, in the order of the labels; empty if they cannot act
     *     again, and then no mode is steered
     * @param episodes layouts to steer on
     * @param oneMore the same with one mode more, if there is such a run
     */
    public Evaluation evaluate(
            Optional<Scenario> scenario,
            List<Expert> experts,
            int episodes,
            Optional<MemoEvaluation> oneMore,
            ThreadTeam team,
            Progress progress) {
        CodeReport report = codes();
        Optional<SteeringReport> steering = Optional.empty();
        if (scenario.isPresent() && report.agreement().isPresent() && !experts.isEmpty()) {
            CodeReport.Agreement known = report.agreement().get();
            steering =
                    Optional.of(
                            SteeringReport.of(
                                    scenario.get(),
                                    model,
                                    experts,
                                    known.perEpisode().counts(),
                                    Behaviour.heldOutLayouts(model.config().seed(), episodes),
                                    team,
                                    progress));
        }
        return new Evaluation(
                scenario.map(Scenario::name),
                model.config().seed(),
                heldOut.length,
                report,
                likelihood(),
                oneMore.map(MemoEvaluation::codes),
                steering);
    }
}
