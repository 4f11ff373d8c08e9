package dev.memo.learner.memo;

import dev.memo.base.RandomStream;
import java.util.Arrays;

/** Who shares a code, and how codes are kept in use. */
interface CodeAssignment {
    /** Starts the codes as centres of clusters. */
    void start(RandomStream random);

    /**
     * Assigns anew after an epoch.
     *
     * @param epoch that was done, from 1
     * @return how many assignments changed
     */
    int update(int epoch);

    /**
     * [training episodes] the code of each, in ascending order of the episodes; empty where rows
     * have codes of their own. It is the assignment's whole state and may be written to.
     */
    int[] codeOfEpisode();

    /** [probes] the code of each. */
    int[] codesOfProbes();

    /** Makes one mode's code the given point of some points [n][Z]. */
    static void moveCode(MemoModel model, int mode, float[] points, int point) {
        float[] codebook = model.parameters().get(MemoNetwork.CODEBOOK).data();
        int width = model.config().codeSize();
        System.arraycopy(points, point * width, codebook, mode * width, width);
        model.parameters().set(MemoNetwork.CODEBOOK, codebook);
        if (model.config().codebook() == MemoConfig.Codebook.AVERAGE) {
            float[] counts = model.parameters().get(MemoNetwork.CODE_COUNTS).data();
            float[] sums = model.parameters().get(MemoNetwork.CODE_SUMS).data();
            counts[mode] = 1;
            System.arraycopy(points, point * width, sums, mode * width, width);
            model.parameters().set(MemoNetwork.CODE_COUNTS, counts);
            model.parameters().set(MemoNetwork.CODE_SUMS, sums);
        }
    }

    /** Codes that are moving averages go on from where they are, as if each was seen once. */
    static void startAverages(MemoModel model) {
        if (model.config().codebook() == MemoConfig.Codebook.AVERAGE) {
            float[] codes = model.parameters().get(MemoNetwork.CODEBOOK).data();
            float[] counts = new float[model.modes()];
            Arrays.fill(counts, 1);
            model.parameters().set(MemoNetwork.CODE_COUNTS, counts);
            model.parameters().set(MemoNetwork.CODE_SUMS, codes);
        }
    }
}
