package dev.memo.kernels;

/**
 * Formulas of diagonal Gaussians, one column per dimension: the row sums of densities, entropies
 * and divergences are those of all dimensions together. Means are [rows][D]; standard deviations
 * and their logarithms are [rows][D], or [D] for all rows.
 */
public final class Gaussian {
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private Gaussian() {}

    /**
     * The logarithm of the density in each dimension: -((x - mean) / std)^2 / 2 - log std - log(2
     * pi) / 2.
     *
     * @param x [rows][D]
     * @return [rows][D]; its row sums are the joint log density
     */
    public static Node logDensity(Node mean, Node logStd, Node x) {
        Node scaled = x.minus(mean).times(logStd.negate().exp());
        return scaled.square().times(-0.5).minus(logStd).plus(-HALF_LOG_TWO_PI);
    }

    /** The entropy of each dimension: log std + (1 + log(2 pi)) / 2, of the shape of logStd. */
    public static Node entropy(Node logStd) {
        return logStd.plus(0.5 + HALF_LOG_TWO_PI);
    }

    /**
     * A sample: mean + std normals; its gradient goes to mean and std (Kingma and Welling 2014).
     *
     * @param normals [rows][D], standard normal
     */
    public static Node sample(Node mean, Node std, Node normals) {
        return mean.plus(std.times(normals));
    }

    /** KL(N(mean, std) || N(otherMean, otherStd)) in each dimension: the sum of both parts. */
    public static Node divergence(Node mean, Node std, Node otherMean, Node otherStd) {
        return meanDivergence(mean, otherMean, otherStd).plus(stdDivergence(std, otherStd));
    }

    /**
     * KL(N(mean, std) || N(otherMean, std)) in each dimension: (otherMean - mean)^2 / (2 std^2).
     * MPO's divergence of means takes the target policy's std (Abdolmaleki et al. 2018).
     */
    public static Node meanDivergence(Node mean, Node otherMean, Node std) {
        return otherMean.minus(mean).over(std).square().times(0.5);
    }

    /**
     * KL(N(mean, std) || N(mean, otherStd)) in each dimension. log(otherStd / std) + std^2 / (2
     * otherStd^2) - 1/2 cancels where both are nearly the same; with u = (std - otherStd) /
     * otherStd it is u + u^2 / 2 - log(1 + u), and the logarithm is log w + (u - (w - 1)) / w with
     * w = 1 + u as rounded.
     */
    public static Node stdDivergence(Node std, Node otherStd) {
        Node u = std.minus(otherStd).over(otherStd);
        Node w = u.plus(1);
        Node log = w.log().plus(u.minus(w.plus(-1)).over(w));
        return u.plus(u.square().times(0.5)).minus(log);
    }
}
