package dev.memo.learner.rollout;

import dev.memo.base.Tensor;
import dev.memo.base.TensorFile;

/**
 * Mean and variance of every column of rows that come in batches and are not kept.
 *
 * <p>Source: Chan, Golub, LeVeque, Updating formulae and a pairwise algorithm for computing sample
 * variances (1979).
 */
public final class RunningMoments {
    private final int width;
    private double count;

    /** [width] each: mean, and the sum of squared differences from it. */
    private final double[] mean;

    private final double[] squares;

    /** Nothing seen yet. */
    public RunningMoments(int width) {
        this.width = width;
        mean = new double[width];
        squares = new double[width];
    }

    /**
     * Takes rows.
     *
     * @param data row r is {@code data[r * stride] ..}
     * @param rows how many
     */
    public void add(float[] data, int rows, int stride) {
        double[] sums = new double[width];
        double[] above = new double[width];
        for (int row = 0; row < rows; row++) {
            int at = row * stride;
            for (int i = 0; i < width; i++) {
                // From the mean so far, so that little is lost where it is far from 0.
                double difference = data[at + i] - mean[i];
                sums[i] += difference;
                above[i] += difference * difference;
            }
        }
        double total = count + rows;
        for (int i = 0; i < width; i++) {
            squares[i] = Math.max(0, squares[i] + above[i] - sums[i] * sums[i] / total);
            mean[i] += sums[i] / total;
        }
        count = total;
    }

    /** [width] the means. */
    public float[] mean() {
        float[] means = new float[width];
        for (int i = 0; i < width; i++) {
            means[i] = (float) mean[i];
        }
        return means;
    }

    /**
     * [width] the standard deviations.
     *
     * @param least of columns that vary less
     */
    public float[] deviation(double least) {
        float[] deviations = new float[width];
        for (int i = 0; i < width; i++) {
            deviations[i] = (float) Math.max(least, Math.sqrt(squares[i] / Math.max(1, count)));
        }
        return deviations;
    }

    /** All of it, to go on from: [1 + 2 width]. */
    public Tensor snapshot() {
        double[] all = new double[1 + 2 * width];
        all[0] = count;
        System.arraycopy(mean, 0, all, 1, width);
        System.arraycopy(squares, 0, all, 1 + width, width);
        return new Tensor.F64(all, all.length);
    }

    /**
     * Takes a snapshot back.
     *
     * @throws dev.memo.base.InputException if the file has none of that name and width
     */
    public void restore(TensorFile saved, String name) {
        double[] all = saved.doubles(name, 1 + 2 * width);
        count = all[0];
        System.arraycopy(all, 1, mean, 0, width);
        System.arraycopy(all, 1 + width, squares, 0, width);
    }
}
