package dev.memo.kernels;

/** Formulas of distributions over M classes or atoms, one row per distribution. */
public final class Categorical {
    private Categorical() {}

    /**
     * The cross-entropy - sum over m of target log softmax(logits).
     *
     * @param target probabilities [rows][M]
     * @param logits [rows][M]
     * @return [rows][1]
     */
    public static Node crossEntropy(Node target, Node logits) {
        return target.times(logits.logSoftmax()).rowSum().negate();
    }

    /**
     * The mean of a value distribution (C51): sum over m of p[m] z[m].
     *
     * @param probabilities [rows][M] of atoms z from low to high, equally spaced
     * @return [rows][1]
     */
    public static Node mean(Node probabilities, double low, double high) {
        int atoms = probabilities.shape().width();
        return probabilities.times(probabilities.builder().range(low, high, atoms)).rowSum();
    }

    /**
     * The target distribution of C51, through which no gradient passes; {@link
     * CategoricalProjection} has the formula.
     *
     * @param probabilities [rows][M] of atoms from low to high, equally spaced
     * @param reward [rows][1], the sum of n discounted rewards
     * @param discount [rows][1], gamma^n, or 0 after a termination
     * @return [rows][M]
     */
    public static Node project(
            Node probabilities, Node reward, Node discount, double low, double high) {
        return probabilities.derived(
                new CategoricalProjection(low, high), probabilities, reward, discount);
    }
}
