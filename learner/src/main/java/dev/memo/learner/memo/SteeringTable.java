package dev.memo.learner.memo;

import java.util.Arrays;

/** The contexts that stand for the modes: [K][K], row m for mode m. */
final class SteeringTable {
    private SteeringTable() {}

    /**
     * Makes the table.
     *
     * @param windows N of the training data, for the means of clusters
     * @param codes [N] of those windows
     */
    static float[] of(MemoModel model, Windows windows, int[] codes) {
        MemoConfig config = model.config();
        return switch (config.steering()) {
            case NAUGHT_HOT -> naughtHot(config.modes(), config.naughtHot());
            case CENTROID -> centroids(model);
            case CLUSTER_MEAN -> clusterMeans(model, windows, codes);
            case CALIBRATED -> calibrated(clusterMeans(model, windows, codes), config.modes());
        };
    }

    private static float[] naughtHot(int modes, double b) {
        float[] table = new float[modes * modes];
        Arrays.fill(table, (float) b);
        for (int mode = 0; mode < modes; mode++) {
            table[mode * modes + mode] = 0;
        }
        return table;
    }

    /** 0 at the mode, elsewhere the mean of the cluster's entries but its own. */
    private static float[] calibrated(float[] means, int modes) {
        float[] table = new float[modes * modes];
        for (int m = 0; m < modes; m++) {
            double sum = 0;
            for (int j = 0; j < modes; j++) {
                sum += j == m ? 0 : means[m * modes + j];
            }
            Arrays.fill(table, m * modes, (m + 1) * modes, (float) (sum / Math.max(1, modes - 1)));
            table[m * modes + m] = 0;
        }
        return table;
    }

    /** The context of a row that the encoder puts exactly onto the mode's code. */
    private static float[] centroids(MemoModel model) {
        MemoConfig config = model.config();
        float[] codebook = model.parameters().get(MemoNetwork.CODEBOOK).data();
        int modes = config.modes();
        int width = config.codeSize();
        float[] table = new float[modes * modes];
        double[] distances = new double[modes];
        for (int m = 0; m < modes; m++) {
            for (int j = 0; j < modes; j++) {
                distances[j] = 0;
                for (int i = 0; i < width; i++) {
                    double gap = codebook[m * width + i] - codebook[j * width + i];
                    distances[j] += gap * gap;
                }
            }
            for (int j = 0; j < modes; j++) {
                table[m * modes + j] = (float) context(config.context(), distances, j);
            }
        }
        return table;
    }

    /** {@link MemoNetwork}'s contexts, for one row of distances. */
    private static double context(MemoConfig.Context kind, double[] distances, int j) {
        return switch (kind) {
            case SQUARED -> distances[j];
            case EUCLIDEAN -> Math.sqrt(distances[j] + MemoNetwork.TINY);
            case NORMALISED ->
                    distances[j]
                            / (Arrays.stream(distances).average().orElseThrow() + MemoNetwork.TINY);
            case SOFTMAX -> {
                double sum = Arrays.stream(distances).map(d -> StrictMath.exp(-d)).sum();
                yield StrictMath.exp(-distances[j]) / sum;
            }
        };
    }

    /** The mean context of the rows with each code; the centroid's for a code without rows. */
    private static float[] clusterMeans(MemoModel model, Windows windows, int[] codes) {
        int modes = model.modes();
        float[] contexts = model.contexts(windows);
        double[] sums = new double[modes * modes];
        int[] members = new int[modes];
        for (int row = 0; row < codes.length; row++) {
            members[codes[row]]++;
            for (int j = 0; j < modes; j++) {
                sums[codes[row] * modes + j] += contexts[row * modes + j];
            }
        }
        float[] table = centroids(model);
        for (int i = 0; i < table.length; i++) {
            if (members[i / modes] > 0) {
                table[i] = (float) (sums[i] / members[i / modes]);
            }
        }
        return table;
    }
}
