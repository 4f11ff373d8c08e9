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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Measures a trained {@link MemoModel} on the episodes that it was not trained on. */
public final class MemoEvaluation {
    private final HeldOut heldOut;
    private final boolean perEpisode;
    private final ModeCodes recognised;

    /** [N][K] of the held-out rows from every code. */
    private final float[] distances;

    private final int[] residual;
    private final int residualCodes;
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
        Windows windows = MemoTrainer.windows(config, dataset, episodes);
        heldOut = new HeldOut(windows.heads(), episodes.length, labels, config.seed());
        perEpisode = config.assignment() == MemoConfig.Assignment.EPISODE;
        distances = model.recognise(windows, MemoModel.Output.DISTANCES);
        recognised = recognised(model, windows, heldOut, distances);
        residual = model.residualCodes(windows);
        residualCodes = config.residualCodes();
        modes =
                new ModeEvaluation(
                        model,
                        heldOut,
                        recognised,
                        OptionalDouble.of(ownContext(model, windows, heldOut.rows())));
    }

    /**
     * The nearest codes of rows. An episode's code is the one that most rows have, or, with
     * episode-level assignment, the one that policy, motion and encoder together find most likely.
     */
    private static ModeCodes recognised(
            MemoModel model, Windows windows, HeldOut heldOut, float[] distances) {
        int[] places = heldOut.places();
        int[] codes = MemoModel.nearest(distances, model.modes());
        // An episode without a window has no row.
        int episodes = heldOut.present().length;
        double[][] likelihoods =
                switch (model.config().assignment()) {
                    case STEP -> new double[episodes][];
                    case EPISODE ->
                            model.episodeLikelihoods(windows, heldOut.rows(), places, episodes);
                };
        return new ModeCodes(codes, codesOfEpisodes(model, windows, places, codes, likelihoods));
    }

    /**
     * The codes of episodes.
     *
     * @param places [N] the window's episode, 0 .. episodes - 1; each has a window
     * @param codes [N] the nearest code of each window
     * @param likelihoods [episodes][K] as {@link MemoModel#episodeLikelihoods}; with step-level
     *     assignment not read
     */
    static int[] codesOfEpisodes(
            MemoModel model, Windows windows, int[] places, int[] codes, double[][] likelihoods) {
        int episodes = likelihoods.length;
        if (model.config().assignment() == MemoConfig.Assignment.STEP) {
            return ConfusionTable.majority(places, codes, episodes);
        }
        double[][] evidence = model.episodeRecognition(windows, places, episodes);
        for (int e = 0; e < episodes; e++) {
            for (int mode = 0; mode < model.modes(); mode++) {
                evidence[e][mode] += likelihoods[e][mode];
            }
        }
        return ModeCodes.mostLikely(evidence);
    }

    /** The mean log density given each row's own context, which knows the row's future. */
    private static double ownContext(MemoModel model, Windows windows, Transitions heads) {
        float[] contexts = model.contexts(windows);
        double sum = 0;
        for (float density : model.logDensities(heads.states(), heads.actions(), contexts)) {
            sum += density;
        }
        return sum / windows.size();
    }

    /** What the model is judged on. */
    public HeldOut heldOut() {
        return heldOut;
    }

    /** The held-out codes. */
    public CodeReport codes() {
        return modes.codes();
    }

    /** The same row by row. */
    public HeldOutCodes heldOutCodes() {
        int[] assigned =
                perEpisode
                        ? Arrays.stream(heldOut.places())
                                .map(e -> recognised.ofEpisodes()[e])
                                .toArray()
                        : recognised.ofRows();
        int modes = distances.length / assigned.length;
        float[] own = new float[assigned.length];
        for (int row = 0; row < own.length; row++) {
            own[row] = distances[row * modes + assigned[row]];
        }
        return new HeldOutCodes(
                heldOut.rows().episodes(),
                heldOut.rows().times(),
                recognised.ofRows(),
                assigned,
                own,
                residual,
                residualCodes);
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
