package dev.memo.learner.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The plane through the mean in which rows spread most: their first two principal components.
 *
 * <p>Source: Pearson, On lines and planes of closest fit to systems of points in space (1901).
 * Eigenvectors of the covariance by cyclic Jacobi rotations: Golub and Van Loan, Matrix
 * Computations (2013), section 8.5.
 *
 * @param mean [W] of the rows
 * @param axes [2][W] unit vectors, each with its largest entry positive; the second one is 0 where
 *     W is 1
 * @param shares [2] of the whole variance that lies along each axis; 0 where nothing varies
 */
public record PrincipalPlane(double[] mean, double[][] axes, double[] shares) {
    /** Convergence is quadratic; matrices of a thousand rows take about ten sweeps. */
    private static final int SWEEPS = 50;

    /** Off the diagonal nothing is left but rounding errors. */
    private static final double TOLERANCE = 1e-14;

    /**
     * Finds the plane.
     *
     * @param rows [N][width], at least one
     */
    public static PrincipalPlane of(float[] rows, int width) {
        double[] mean = mean(rows, width);
        double[][] matrix = covariance(rows, mean);
        double total = IntStream.range(0, width).mapToDouble(i -> matrix[i][i]).sum();
        double[][] vectors = diagonalise(matrix);
        int[] order =
                IntStream.range(0, width)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -matrix[i][i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double[][] axes = new double[2][width];
        double[] shares = new double[2];
        for (int axis = 0; axis < Math.min(2, width); axis++) {
            int column = order[axis];
            for (int i = 0; i < width; i++) {
                axes[axis][i] = vectors[i][column];
            }
            pointForward(axes[axis]);
            shares[axis] = total > 0 ? Math.max(0, matrix[column][column]) / total : 0;
        }
        return new PrincipalPlane(mean, axes, shares);
    }

    /** Where rows [N][W] lie in the plane: [N][2]. */
    public float[] places(float[] rows) {
        int width = mean.length;
        float[] places = new float[rows.length / width * 2];
        for (int place = 0; place < places.length; place++) {
            double sum = 0;
            for (int i = 0; i < width; i++) {
                sum += axes[place % 2][i] * (rows[place / 2 * width + i] - mean[i]);
            }
            places[place] = (float) sum;
        }
        return places;
    }

    private static double[] mean(float[] rows, int width) {
        double[] mean = new double[width];
        for (int i = 0; i < rows.length; i++) {
            mean[i % width] += rows[i];
        }
        Arrays.setAll(mean, i -> mean[i] * width / rows.length);
        return mean;
    }

    private static double[][] covariance(float[] rows, double[] mean) {
        int width = mean.length;
        double[][] sums = new double[width][width];
        double[] gap = new double[width];
        for (int from = 0; from < rows.length; from += width) {
            for (int i = 0; i < width; i++) {
                gap[i] = rows[from + i] - mean[i];
            }
            for (int i = 0; i < width; i++) {
                for (int j = 0; j <= i; j++) {
                    sums[i][j] += gap[i] * gap[j];
                }
            }
        }
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                sums[i][j] = sums[i][j] * width / rows.length;
                sums[j][i] = sums[i][j];
            }
        }
        return sums;
    }

    /**
     * Rotates until the matrix is diagonal.
     *
     * @param matrix [W][W] symmetric, modified: the eigenvalues stand on its diagonal
     * @return [W][W] the eigenvectors as columns
     */
    static double[][] diagonalise(double[][] matrix) {
        int width = matrix.length;
        double[][] vectors = new double[width][width];
        for (int i = 0; i < width; i++) {
            vectors[i][i] = 1;
        }
        double size = Math.sqrt(Arrays.stream(matrix).mapToDouble(PrincipalPlane::squares).sum());
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean rotated = false;
            for (int p = 0; p < width - 1; p++) {
                for (int q = p + 1; q < width; q++) {
                    if (Math.abs(matrix[p][q]) > TOLERANCE * size) {
                        rotate(matrix, vectors, p, q);
                        rotated = true;
                    }
                }
            }
            if (!rotated) {
                return vectors;
            }
        }
        throw new IllegalStateException("not diagonal after %d sweeps".formatted(SWEEPS));
    }

    private static double squares(double[] row) {
        return Arrays.stream(row).map(x -> x * x).sum();
    }

    /** Makes the entry (p, q) 0: tan of the angle is the smaller root of t^2 + 2 tau t - 1. */
    private static void rotate(double[][] matrix, double[][] vectors, int p, int q) {
        double tau = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
        double tan = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
        double cos = 1 / Math.sqrt(1 + tan * tan);
        double sin = tan * cos;
        for (double[] row : matrix) {
            turn(row, p, q, cos, sin);
        }
        double[] rowP = matrix[p];
        double[] rowQ = matrix[q];
        for (int i = 0; i < rowP.length; i++) {
            double atP = rowP[i];
            rowP[i] = cos * atP - sin * rowQ[i];
            rowQ[i] = sin * atP + cos * rowQ[i];
        }
        for (double[] row : vectors) {
            turn(row, p, q, cos, sin);
        }
    }

    private static void turn(double[] row, int p, int q, double cos, double sin) {
        double atP = row[p];
        row[p] = cos * atP - sin * row[q];
        row[q] = sin * atP + cos * row[q];
    }

    /** An eigenvector has no sign of its own. */
    private static void pointForward(double[] axis) {
        double largest = 0;
        for (double entry : axis) {
            largest = Math.abs(entry) > Math.abs(largest) ? entry : largest;
        }
        if (largest < 0) {
            Arrays.setAll(axis, i -> -axis[i]);
        }
    }
}
