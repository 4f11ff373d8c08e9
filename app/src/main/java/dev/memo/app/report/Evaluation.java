package dev.memo.app.report;

import dev.memo.base.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code evaluation.json} says. Every key must be there, but those that older files lack; some
 * values can be null: data from elsewhere has no scenario and no steering, and data without expert
 * ids has nothing to hold codes against.
 *
 * @param version of the file's form
 * @param scenario the world's name, or null
 * @param seed of the evaluation
 * @param heldOutEpisodes episodes that were not trained on
 * @param codes codes against experts
 * @param likelihood of actions under three contexts, or null
 * @param oneMoreMode what a codebook of one more mode gives, or null
 * @param steering rollouts of experts and modes, or null
 */
record Evaluation(
        int version,
        String scenario,
        long seed,
        int heldOutEpisodes,
        Codes codes,
        Likelihood likelihood,
        OneMoreMode oneMoreMode,
        Steering steering) {
    private static final int VERSION = 1;

    /** What files of earlier versions of MEMO do not hold. */
    private static final String[] ADDED = {
        "/likelihood/floor",
        "/likelihood/ceiling",
        "/likelihood/fraction",
        "/likelihood/context_use",
        "/likelihood/steering_gap",
        "/steering/distinguishability"
    };

    /**
     * Codes of held-out episodes against the experts that made them. Everything that needs experts
     * is null without them.
     *
     * @param modes k
     * @param experts names, in the order of the tables' rows
     * @param usage [k] share of steps per code
     * @param confusionStep [experts][k]
     * @param confusionEpisode [experts][k]
     */
    record Codes(
            int modes,
            List<String> experts,
            Double purity,
            Double purityEpisode,
            Double nmiStep,
            Double nmiEpisode,
            Double ariStep,
            Double ariEpisode,
            double[] ariEpisodeInterval,
            double perplexity,
            double[] usage,
            double[][] confusionStep,
            double[][] confusionEpisode) {}

    /**
     * Mean log-likelihood in nats per step.
     *
     * @param ownContext null where modes are not recognised from steps
     * @param floor of cloning without modes, or null
     * @param ceiling of cloning with true labels, or null
     * @param fraction of the way from floor to ceiling, or null
     * @param contextUse steering less shuffled, or null
     * @param steeringGap own less steering, or null
     */
    record Likelihood(
            Double ownContext,
            Double steeringContext,
            Double shuffledContext,
            Double floor,
            Double ceiling,
            Double fraction,
            Double contextUse,
            Double steeringGap) {}

    /** The same training with k + 1 modes. */
    record OneMoreMode(int modes, Double ariEpisode) {}

    /**
     * Rollouts from the same starts.
     *
     * @param episodes per expert and per mode
     * @param steps per episode
     * @param measures names, in the order of the tables
     * @param distinguishability or null
     */
    record Steering(
            int episodes,
            int steps,
            List<String> measures,
            List<Match> experts,
            List<Mode> modes,
            Distinguishability distinguishability) {
        /** The expert that a mode matched, if any. */
        List<String> matchedBy(int mode) {
            return experts.stream().filter(m -> m.mode() == mode).map(Match::expert).toList();
        }
    }

    /**
     * An expert beside its matched mode, -1 if none is left for it; by measure. A fidelity is null
     * where it has no scale; its interval is that of the signed difference.
     */
    record Match(
            String expert,
            int mode,
            Map<String, Statistic> expertStats,
            Map<String, Statistic> modeStats,
            Map<String, Statistic> modeStatsSampled,
            Map<String, Double> fidelity,
            Map<String, Double[]> fidelityInterval,
            Map<String, Double> fidelitySampled) {
        /** Whether the expert has a mode; not every one has where there are fewer modes. */
        boolean matched() {
            return mode >= 0;
        }
    }

    /**
     * Whom a classifier of rollouts took experts and modes for.
     *
     * @param trainingEpisodes of each expert
     * @param experts share of the experts' rollouts that were named rightly
     * @param modes the same of the matched modes' rollouts
     * @param unmatchedModes left out of that share
     * @param confusionExperts [experts][experts]
     * @param confusionModes [modes][experts]
     */
    record Distinguishability(
            int trainingEpisodes,
            double experts,
            double modes,
            int[] unmatchedModes,
            double[][] confusionExperts,
            double[][] confusionModes) {}

    /** What one mode does; by measure. */
    record Mode(int mode, Map<String, Statistic> stats) {}

    /** Over episodes; low and high bound the mean's 95 % interval. */
    record Statistic(double mean, double sd, double low, double high) {}

    /**
     * Reads the file in a run's folder, if it is there.
     *
     * @throws InputException if it is not what this version writes
     */
    static Optional<Evaluation> read(Path folder) {
        Optional<Evaluation> read = RunFiles.evaluation(folder, Evaluation.class, ADDED);
        if (read.isPresent() && (read.get().version != VERSION || read.get().codes == null)) {
            throw new InputException(
                    "%s: version %d: must be %d with codes"
                            .formatted(
                                    RunFiles.evaluationFile(folder), read.get().version, VERSION));
        }
        return read;
    }
}
