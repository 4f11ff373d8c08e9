package dev.memo.learner.explanation;

/**
 * How the nearest code changes from step to step along episodes.
 *
 * @param share [K] of the steps
 * @param probabilities [K][K] that the step after one with the first code has the second; zeros
 *     where no step follows on one with the first
 * @param dwell [K] mean number of steps in a row with a code, ends of episodes cut in; 0 for an
 *     unused code
 */
public record CodeTransitions(double[] share, double[][] probabilities, double[] dwell) {

    /**
     * Counts.
     *
     * @param episodes [N] of each row; an episode's rows follow each other
     * @param steps [N] of each row in its episode; pairs that are not one step apart do not count
     * @param codes [N] of each row
     * @param count K
     */
    public static CodeTransitions of(int[] episodes, int[] steps, int[] codes, int count) {
        double[] rows = new double[count];
        double[] runs = new double[count];
        double[] before = new double[count];
        double[][] probabilities = new double[count][count];
        for (int i = 0; i < codes.length; i++) {
            rows[codes[i]]++;
            boolean follows =
                    i > 0 && episodes[i] == episodes[i - 1] && steps[i] == steps[i - 1] + 1;
            if (follows) {
                before[codes[i - 1]]++;
                probabilities[codes[i - 1]][codes[i]]++;
            }
            runs[codes[i]] += follows && codes[i] == codes[i - 1] ? 0 : 1;
        }
        double[] dwell = new double[count];
        for (int from = 0; from < count; from++) {
            dwell[from] = runs[from] == 0 ? 0 : rows[from] / runs[from];
            for (int to = 0; to < count && before[from] > 0; to++) {
                probabilities[from][to] /= before[from];
            }
            rows[from] /= codes.length;
        }
        return new CodeTransitions(rows, probabilities, dwell);
    }
}
