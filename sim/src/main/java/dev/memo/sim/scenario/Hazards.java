package dev.memo.sim.scenario;

import java.util.List;

/**
 * Flat discs that the robot can enter, at a cost.
 *
 * @param count how many; default 0
 * @param radius in m, at most 100, the same for all of a layout; default 0.2
 * @param keepout distance in m that a centre keeps from other objects, on top of their own; default
 *     0.18, less than the radius, so hazards may overlap each other
 * @param positions where they stand, as many as {@code count}; empty, the default, draws them
 */
public record Hazards(Quantity count, Quantity radius, Quantity keepout, List<Position> positions) {
    private static final int MOST = 1000;

    /** m: near a larger one's edge, distances in float32 would decide the cost. */
    private static final double MOST_RADIUS = 100;

    public Hazards {
        positions = List.copyOf(positions);
        Rules.count("$.hazards.count", count, MOST, positions.size());
        Rules.positive("$.hazards.radius", radius);
        Rules.atMost("$.hazards.radius", radius, MOST_RADIUS);
        Rules.notNegative("$.hazards.keepout", keepout);
    }
}
