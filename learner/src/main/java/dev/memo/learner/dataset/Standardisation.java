package dev.memo.learner.dataset;

/**
 * Columns brought to mean 0 and standard deviation 1 and cut off at five deviations. To be fitted
 * on training rows only.
 *
 * @param mean [D]
 * @param deviation [D]; 1 for a column that did not vary, so that it becomes 0
 */
public record Standardisation(float[] mean, float[] deviation) {
    private static final float CLIP = 5;

    /** Deviations below this share of the column's size (at least 1) are rounding errors. */
    private static final double CONSTANT = 1e-6;

    /** Fits the columns of rows [N][width]. */
    public static Standardisation fit(float[] rows, int width) {
        int count = rows.length / width;
        double[] mean = new double[width];
        for (int i = 0; i < count * width; i++) {
            mean[i % width] += rows[i];
        }
        for (int c = 0; c < width; c++) {
            mean[c] /= count;
        }
        double[] squares = new double[width];
        for (int i = 0; i < count * width; i++) {
            double difference = rows[i] - mean[i % width];
            squares[i % width] += difference * difference;
        }
        float[] means = new float[width];
        float[] deviations = new float[width];
        for (int c = 0; c < width; c++) {
            double deviation = Math.sqrt(squares[c] / count);
            means[c] = (float) mean[c];
            boolean constant = deviation <= CONSTANT * Math.max(1, Math.abs(mean[c]));
            deviations[c] = constant ? 1 : (float) deviation;
        }
        return new Standardisation(means, deviations);
    }

    /** Standardises rows [N][D] in place. */
    public void apply(float[] rows) {
        int width = mean.length;
        for (int i = 0; i < rows.length; i++) {
            int c = i % width;
            rows[i] = Math.clamp((rows[i] - mean[c]) / deviation[c], -CLIP, CLIP);
        }
    }
}
