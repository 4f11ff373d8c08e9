package dev.memo.learner.evaluation;

import dev.memo.learner.rollout.StochasticSteerable;
import java.util.Arrays;

/**
 * Which mode held-out rows and episodes are taken to have.
 *
 * @param ofRows [N]
 * @param ofEpisodes one for each episode that has rows, see {@link HeldOut#present}
 */
public record ModeCodes(int[] ofRows, int[] ofEpisodes) {

    /**
     * The codes of a model without an encoder: of a row the mode under which its action is most
     * likely, of an episode that with the largest mean log density; the lowest of equals.
     */
    public static ModeCodes mostLikely(StochasticSteerable model, HeldOut heldOut) {
        int[] places = heldOut.places();
        int modes = model.modes();
        double[][] ofEpisodes = new double[heldOut.present().length][modes];
        float[] largest = new float[places.length];
        Arrays.fill(largest, Float.NEGATIVE_INFINITY);
        int[] ofRows = new int[places.length];
        for (int mode = 0; mode < modes; mode++) {
            float[] densities = heldOut.logDensities(model, mode);
            for (int row = 0; row < places.length; row++) {
                // An episode's sum and mean are largest under the same mode.
                ofEpisodes[places[row]][mode] += densities[row];
                if (densities[row] > largest[row]) {
                    largest[row] = densities[row];
                    ofRows[row] = mode;
                }
            }
        }
        return new ModeCodes(ofRows, mostLikely(ofEpisodes));
    }

    /** The column of each row's largest entry, the lowest of equals. */
    public static int[] mostLikely(double[][] likelihoods) {
        int[] modes = new int[likelihoods.length];
        for (int e = 0; e < modes.length; e++) {
            for (int mode = 1; mode < likelihoods[e].length; mode++) {
                modes[e] = likelihoods[e][mode] > likelihoods[e][modes[e]] ? mode : modes[e];
            }
        }
        return modes;
    }
}
