package dev.memo.learner.expert;

import dev.memo.base.InputException;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;

/**
 * Rams vases: for measuring and checking contacts, which other policies seldom have. It turns to
 * the sector of the vases' lidar that reads most, the first of equals, and drives when that lies
 * ahead; with no vase in sight it drives in circles. With fewer than four sectors none lies ahead,
 * and it turns on the spot.
 *
 * <pre>
 *   error = bearing of the sector's middle, in [-pi, pi]
 *   yaw = clip(error, -1, 1),   thrust = 1 if |error| &lt; AHEAD, else 0
 * </pre>
 */
final class RamLaw implements Law {
    private static final String LIDAR = "vases_lidar";

    /** Below this bearing a vase lies ahead, rad. */
    private static final double AHEAD = 1;

    private final int stride;
    private final EnvSpec.Slice lidar;

    // [bins] The action for the sector that reads most.
    private final double[] thrust;
    private final double[] yaw;

    RamLaw(EnvSpec spec) {
        stride = spec.observationStride();
        lidar =
                spec.observation().stream()
                        .filter(slice -> slice.name().equals(LIDAR))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new InputException(
                                                ("scenario '%s': the expert ram needs the"
                                                                + " observation %s, which is there"
                                                                + " only with vases")
                                                        .formatted(spec.name(), LIDAR)));
        thrust = new double[lidar.length()];
        yaw = new double[lidar.length()];
        for (int bin = 0; bin < lidar.length(); bin++) {
            double bearing = 2 * Math.PI * (bin + 0.5) / lidar.length();
            double error = Math.IEEEremainder(bearing, 2 * Math.PI);
            thrust[bin] = Math.abs(error) < AHEAD ? 1 : 0;
            yaw[bin] = Math.clamp(error, -1, 1);
        }
    }

    @Override
    public void act(EnvBatch state, int[] steps, int from, int to, float[] actions) {
        for (int env = from; env < to; env++) {
            int at = env * stride + lidar.offset();
            int most = 0;
            for (int bin = 1; bin < lidar.length(); bin++) {
                most = state.observations[at + bin] > state.observations[at + most] ? bin : most;
            }
            Law.write(actions, env, thrust[most], yaw[most]);
        }
    }
}
