package dev.memo.sim.scenario;

/**
 * The pseudo-lidar of Safety Gym (engine.py, obs_lidar_pseudo): one for the goal, one for hazards
 * and one for vases. The latter two are observed only where {@link Scenario#maxHazards} or {@link
 * Scenario#maxVases} is above 0, as in Safety-Gymnasium.
 *
 * @param bins sectors of the full circle, counter-clockwise from straight ahead; default 16
 * @param range distance in m at which an object's reading falls to 0; default 3
 * @param alias whether neighbouring bins share a reading by its place within the bin; default true
 */
public record Lidar(int bins, double range, boolean alias) {
    private static final int MOST_BINS = 360;

    public Lidar {
        Rules.within("$.lidar.bins", bins, 1, MOST_BINS);
        Rules.positive("$.lidar.range", range);
    }
}
