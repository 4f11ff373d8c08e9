package dev.memo.learner.clustering;

import dev.memo.base.RandomStream;

/**
 * Lloyd's algorithm from k-means++ starts, the best of several.
 *
 * <p>Source: Arthur and Vassilvitskii: k-means++: the advantages of careful seeding (SODA 2007).
 */
public final class KMeans {
    private static final int RESTARTS = 16;
    private static final int MAX_ROUNDS = 100;

    private final float[] points;
    private final int width;
    private final int count;
    private final int clusters;
    private final float[] centres;
    private final int[] nearest;
    private double inertia;

    private KMeans(float[] points, int width, int clusters) {
        this.points = points;
        this.width = width;
        this.count = points.length / width;
        this.clusters = clusters;
        centres = new float[clusters * width];
        nearest = new int[count];
    }

    /**
     * Clusters points.
     *
     * @param points [n][width], not modified
     * @return [clusters][width] the centres with the least sum of squared distances that was found
     */
    public static float[] centres(float[] points, int width, int clusters, RandomStream random) {
        KMeans best = null;
        for (int restart = 0; restart < RESTARTS; restart++) {
            KMeans trial = new KMeans(points, width, clusters);
            trial.seed(random);
            trial.settle();
            if (best == null || trial.inertia < best.inertia) {
                best = trial;
            }
        }
        return best.centres;
    }

    /**
     * The centre that is nearest to a point, the lowest of equally near ones.
     *
     * @param points [n][width]
     * @param point which one
     * @param centres [clusters][width]
     */
    public static int nearest(float[] points, int point, float[] centres, int width) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < centres.length / width; c++) {
            double distance = squaredDistance(points, point, centres, c, width);
            if (distance < least) {
                least = distance;
                best = c;
            }
        }
        return best;
    }

    /** Draws the first centres, each point with probability in proportion to its distance. */
    private void seed(RandomStream random) {
        copyPoint(random.below(count), 0);
        double[] distances = new double[count];
        for (int next = 1; next < clusters; next++) {
            double sum = 0;
            for (int i = 0; i < count; i++) {
                double distance = squaredDistance(points, i, centres, next - 1, width);
                distances[i] = next == 1 ? distance : Math.min(distances[i], distance);
                sum += distances[i];
            }
            double left = random.uniform() * sum;
            int chosen = 0;
            while (chosen < count - 1 && left >= distances[chosen]) {
                left -= distances[chosen++];
            }
            copyPoint(chosen, next);
        }
    }

    private void settle() {
        boolean moved = true;
        for (int round = 0; round < MAX_ROUNDS && moved; round++) {
            moved = assign() || round == 0;
            average();
        }
        assign();
    }

    /** Finds every point's nearest centre; tells whether any changed. */
    private boolean assign() {
        boolean moved = false;
        inertia = 0;
        for (int i = 0; i < count; i++) {
            int best = nearest(points, i, centres, width);
            inertia += squaredDistance(points, i, centres, best, width);
            moved |= nearest[i] != best;
            nearest[i] = best;
        }
        return moved;
    }

    /** Moves every centre to the mean of its points; one without points stays. */
    private void average() {
        double[] sums = new double[clusters * width];
        int[] members = new int[clusters];
        for (int i = 0; i < count; i++) {
            members[nearest[i]]++;
            for (int d = 0; d < width; d++) {
                sums[nearest[i] * width + d] += points[i * width + d];
            }
        }
        for (int i = 0; i < sums.length; i++) {
            if (members[i / width] > 0) {
                centres[i] = (float) (sums[i] / members[i / width]);
            }
        }
    }

    private void copyPoint(int point, int centre) {
        System.arraycopy(points, point * width, centres, centre * width, width);
    }

    private static double squaredDistance(
            float[] points, int point, float[] centres, int centre, int width) {
        double sum = 0;
        for (int d = 0; d < width; d++) {
            double difference = points[point * width + d] - centres[centre * width + d];
            sum += difference * difference;
        }
        return sum;
    }
}
