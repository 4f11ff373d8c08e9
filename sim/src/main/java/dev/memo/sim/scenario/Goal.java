package dev.memo.sim.scenario;

import java.util.List;

/**
 * The disc to reach: the robot's centre must come within its radius. It moves when reached.
 *
 * @param radius in m; default 0.3
 * @param keepout distance in m that its centre keeps from other objects, on top of their own;
 *     default 0.305
 * @param positions the places it takes in turn, over and over, beginning anew with each episode;
 *     empty, the default, draws each
 */
public record Goal(Quantity radius, Quantity keepout, List<Position> positions) {
    public Goal {
        positions = List.copyOf(positions);
        Rules.positive("$.goal.radius", radius);
        Rules.notNegative("$.goal.keepout", keepout);
        for (int i = 0; i < positions.size(); i++) {
            Position next = positions.get((i + 1) % positions.size());
            Rules.require(
                    positions.get(i).distanceTo(next) > radius.max(),
                    "$.goal.positions[" + i + "]",
                    positions.get(i),
                    "the next goal must be further away than the radius, " + radius);
        }
    }
}
