package dev.memo.learner.memo;

import dev.memo.base.RandomStream;

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
    }
}
