package dev.memo.learner.evaluation;

import dev.memo.learner.rollout.StochasticSteerable;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Between what modes are judged: mean log densities of held-out actions in nats per step.
 *
 * @param floor of behaviour cloning without modes
 * @param ceiling of behaviour cloning that was told who acted
 */
public record LikelihoodBounds(OptionalDouble floor, OptionalDouble ceiling) {
    /** Neither is known. */
    public static final LikelihoodBounds NONE =
            new LikelihoodBounds(OptionalDouble.empty(), OptionalDouble.empty());

    /**
     * Measures both.
     *
     * @param withoutModes its mode 0 is cloned from everybody
     * @param withLabels its mode i is cloned from expert i of the labels; empty where nobody knows
     *     who acted
     */
    public static LikelihoodBounds of(
            StochasticSteerable withoutModes,
            Optional<StochasticSteerable> withLabels,
            HeldOut heldOut) {
        double floor = mean(withoutModes, heldOut, new int[heldOut.rows().size()]);
        OptionalDouble ceiling = OptionalDouble.empty();
        if (withLabels.isPresent()) {
            int[] experts = heldOut.labels().orElseThrow().ofRows(heldOut.rows().episodes());
            ceiling = OptionalDouble.of(mean(withLabels.get(), heldOut, experts));
        }
        return new LikelihoodBounds(OptionalDouble.of(floor), ceiling);
    }

    private static double mean(StochasticSteerable model, HeldOut heldOut, int[] modeOfRow) {
        double sum = 0;
        for (int mode : Arrays.stream(modeOfRow).distinct().toArray()) {
            float[] densities = heldOut.logDensities(model, mode);
            for (int row = 0; row < modeOfRow.length; row++) {
                sum += modeOfRow[row] == mode ? densities[row] : 0;
            }
        }
        return sum / modeOfRow.length;
    }
}
