package dev.memo.kernels;

/** Formulas of diagonal Gaussians, one column per dimension. */
public final class Gaussian {
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private Gaussian() {}

    /**
     * The logarithm of the density in each dimension: -((x - mean) / std)^2 / 2 - log std - log(2
     * pi) / 2.
     *
     * @param mean [rows][D]
     * @param logStd [D] or [rows][D]
     * @param x [rows][D]
     * @return [rows][D]; its row sums are the joint log density
     */
    public static Node logDensity(Node mean, Node logStd, Node x) {
        Node scaled = x.minus(mean).times(logStd.negate().exp());
        return scaled.square().times(-0.5).minus(logStd).plus(-HALF_LOG_TWO_PI);
    }
}
