package dev.memo.kernels.jvm;

import java.util.Arrays;

/** The categorical projection. */
final class Projection {
    private Projection() {}

    /**
     * y[r] = the distribution p[r] of reward + discount z, split between the two atoms next to each
     * of its values. Places are float64: float32 cannot tell where between two of a hundred atoms a
     * value lies.
     *
     * @param p [R][M], not modified
     * @param reward [R][1], not modified
     * @param discount [R][1], not modified
     * @param y [R][M], modified in rows from .. to - 1
     */
    static void project(
            Buffer p,
            Buffer reward,
            Buffer discount,
            double low,
            double high,
            Buffer y,
            int from,
            int to) {
        int last = p.width - 1;
        double spacing = (high - low) / last;
        Arrays.fill(y.data, y.at(from), y.at(to), 0);
        for (int r = from; r < to; r++) {
            double shift = reward.data[reward.at(r)];
            double scale = discount.data[discount.at(r)];
            int in = p.at(r);
            int out = y.at(r);
            for (int m = 0; m <= last; m++) {
                double value = Math.clamp(shift + scale * (low + m * spacing), low, high);
                double place = (value - low) / spacing;
                int left = Math.min((int) place, last - 1);
                double right = Math.min(place - left, 1);
                float mass = p.data[in + m];
                y.data[out + left] += (float) (mass * (1 - right));
                y.data[out + left + 1] += (float) (mass * right);
            }
        }
    }
}
