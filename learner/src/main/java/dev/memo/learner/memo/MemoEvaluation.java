package dev.memo.learner.memo;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.ExpertLabels;
import dev.memo.learner.dataset.Transitions;
import dev.memo.learner.evaluation.CodeReport;
import dev.memo.learner.evaluation.Evaluation;
import dev.memo.learner.evaluation.HeldOut;
import dev.memo.learner.evaluation.LikelihoodBounds;
import dev.memo.learner.evaluation.ModeCodes;
import dev.memo.learner.evaluation.ModeEvaluation;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.metrics.ConfusionTable;
import dev.memo.sim.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Measures a trained {@link MemoModel} on the episodes that it was not trained on. */
public final class MemoEvaluation {
    private final HeldOut heldOut;
    private final ModeEvaluation modes;

    /**
     * Recognises the held-out rows.
     *
     * @param dataset what the model was trained on, whole
     * @param labels who acted in it, if known
     */
    public MemoEvaluation(MemoModel model, Dataset dataset, Optional<ExpertLabels> labels) {
        MemoConfig config = model.config();
        int[] episodes = MemoTrainer.split(config, dataset).heldOut();
        Transitions rows = MemoTrainer.transitions(config, dataset, episodes);
        heldOut = new HeldOut(rows, episodes.length, labels, config.seed());
        modes =
                new ModeEvaluation(
                        model,
                        heldOut,
                        recognised(model, heldOut),
                        OptionalDouble.of(ownContext(model, rows)));
    }

    /** The nearest codes of rows; the codes of episodes as in training. */
    private static ModeCodes recognised(MemoModel model, HeldOut heldOut) {
        Transitions rows = heldOut.rows();
        int[] places = heldOut.places();
        // An episode without a window of n steps has no row.
        int episodes = heldOut.present().length;
        int[] codes = model.codes(rows.differences());
        int[] ofEpisodes =
                switch (model.config().assignment()) {
                    case STEP -> ConfusionTable.majority(places, codes, episodes);
                    case EPISODE ->
                            ModeCodes.mostLikely(
                                    model.episodeLikelihoods(
                                            rows.states(),
                                            rows.actions(),
                                            rows.differences(),
                                            places,
                                            episodes));
                };
        return new ModeCodes(codes, ofEpisodes);
    }

    /** The mean log density given each row's own context, which knows the row's future. */
    private static double ownContext(MemoModel model, Transitions rows) {
        float[] contexts = model.contexts(rows.differences());
        double sum = 0;
        for (float density : model.logDensities(rows.states(), rows.actions(), contexts)) {
            sum += density;
        }
        return sum / rows.size();
    }

    /** What the model is judged on. */
    public HeldOut heldOut() {
        return heldOut;
    }

    /** The held-out codes. */
    public CodeReport codes() {
        return modes.codes();
    }

    /** Everything, as {@link ModeEvaluation#evaluate} has it. */
    public Evaluation evaluate(
            Optional<Scenario> scenario,
            List<Expert> experts,
            int layouts,
            Optional<MemoEvaluation> oneMore,
            LikelihoodBounds bounds,
            ThreadTeam team,
            Progress progress) {
        return modes.evaluate(
                scenario,
                experts,
                layouts,
                oneMore.map(MemoEvaluation::codes),
                bounds,
                team,
                progress);
    }
}
