package dev.memo.sim.scenario;

/**
 * The pseudo-lidar of Safety Gym (engine.py, obs_lidar_pseudo): one for the goal, one for hazards
 * and one for vases. The latter two are observed only where {@link Scenario#maxHazards} or {@link
 * Scenario#maxVases} is above 0, as in Safety-Gymnasium.
 *
 * @param bins sectors of the full circle, counter-clockwise from straight ahead; default 16
 * @param range distance in m at which an object's reading falls to 0, from 1 mm to 1000 km; default
 *     3
 * @param alias whether neighbouring bins share a reading by its place within the bin; default true
 */
public record Lidar(int bins, double range, boolean alias) {
    private static final int MOST_BINS = 360;

    // Nearer, float32 readings become coarse; further, the world keeps what is not there.
    private static final double LEAST_RANGE = 1e-3;
    private static final double MOST_RANGE = 1e6;

    public Lidar {
        Rules.within("$.lidar.bins", bins, 1, MOST_BINS);
        Rules.within("$.lidar.range", range, LEAST_RANGE, MOST_RANGE);
    }
}
