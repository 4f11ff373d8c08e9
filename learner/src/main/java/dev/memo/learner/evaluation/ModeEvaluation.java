package dev.memo.learner.evaluation;

import dev.memo.base.Progress;
import dev.memo.base.Seeds;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.rollout.StochasticSteerable;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Measures modes, however they were learned, on what they were not learned from. */
public final class ModeEvaluation {
    private final StochasticSteerable model;
    private final HeldOut heldOut;
    private final ModeCodes codes;
    private final OptionalDouble ownContext;

    /**
     * Takes what the model recognised.
     *
     * @param codes of the held-out rows and episodes
     * @param ownContext mean log density in nats per step of the actions given each row's own
     *     context, where the model has such contexts
     */
    public ModeEvaluation(
            StochasticSteerable model,
            HeldOut heldOut,
            ModeCodes codes,
            OptionalDouble ownContext) {
        this.model = model;
        this.heldOut = heldOut;
        this.codes = codes;
        this.ownContext = ownContext;
    }

    /** Measures a model without an encoder: its codes are the most likely modes. */
    public ModeEvaluation(StochasticSteerable model, HeldOut heldOut) {
        this(model, heldOut, ModeCodes.mostLikely(model, heldOut), OptionalDouble.empty());
    }

    /** The held-out codes. */
    public CodeReport codes() {
        return CodeReport.of(
                codes.ofRows(),
                heldOut.rows().episodes(),
                codes.ofEpisodes(),
                model.modes(),
                heldOut.labels(),
                Seeds.derive(heldOut.seed(), "bootstrap"));
    }

    /** How likely the held-out actions are. */
    public Evaluation.Likelihood likelihood(LikelihoodBounds bounds) {
        int[] places = heldOut.places();
        double steered = 0;
        double shuffled = 0;
        for (int mode = 0; mode < model.modes(); mode++) {
            int one = mode;
            // In a random order of the episodes' modes, a row has this one so often.
            double share =
                    (double) Arrays.stream(codes.ofEpisodes()).filter(code -> code == one).count()
                            / codes.ofEpisodes().length;
            if (share == 0) {
                continue;
            }
            float[] densities = heldOut.logDensities(model, mode);
            for (int row = 0; row < places.length; row++) {
                steered += codes.ofEpisodes()[places[row]] == mode ? densities[row] : 0;
                shuffled += share * densities[row];
            }
        }
        return new Evaluation.Likelihood(
                ownContext, steered / places.length, shuffled / places.length, bounds);
    }

    /**
     * Everything.
     *
     * @param scenario the world to steer in; empty for data of another world
     * @param experts those who made the data, in the order of the labels; empty if they cannot act
     *     again, and then no mode is steered
     * @param layouts to steer on
     * @param oneMore the codes with one mode more, if such were learned
     * @param bounds of the likelihood, as far as they are known
     */
    public Evaluation evaluate(
            Optional<Scenario> scenario,
            List<Expert> experts,
            int layouts,
            Optional<CodeReport> oneMore,
            LikelihoodBounds bounds,
            ThreadTeam team,
            Progress progress) {
        CodeReport report = codes();
        Optional<SteeringReport> steering = Optional.empty();
        if (scenario.isPresent() && report.agreement().isPresent() && !experts.isEmpty()) {
            long[][] agreement = report.agreement().get().perEpisode().counts();
            steering =
                    Optional.of(
                            SteeringReport.of(
                                    scenario.get(),
                                    model,
                                    experts,
                                    agreement,
                                    heldOut.seed(),
                                    layouts,
                                    team,
                                    progress));
        }
        return new Evaluation(
                scenario.map(Scenario::name),
                heldOut.seed(),
                heldOut.episodes(),
                report,
                likelihood(bounds),
                oneMore,
                steering);
    }
}
