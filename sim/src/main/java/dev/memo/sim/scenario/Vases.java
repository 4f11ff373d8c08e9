package dev.memo.sim.scenario;

import java.util.List;

/**
 * Light boxes with edges of 0.2 m that the robot can push.
 *
 * @param count how many; default 0
 * @param keepout distance in m that a centre keeps from other objects, on top of their own; default
 *     0.15
 * @param poses where they stand at first, as many as {@code count}; empty, the default, draws them
 */
public record Vases(Quantity count, Quantity keepout, List<Pose> poses) {
    /** Half a vase's edge in m (Safety Gym engine.py, vases_size). */
    public static final double HALF_SIDE = 0.1;

    private static final int MOST = 1000;

    /** Half the diagonal of a vase in m, rounded up: nearer together two may overlap. */
    private static final double REACH = 0.1415;

    public Vases {
        poses = List.copyOf(poses);
        Rules.count("$.vases.count", count, MOST, poses.size());
        Rules.require(
                keepout.min() >= REACH,
                "$.vases.keepout",
                keepout,
                "must be " + REACH + " or more, half a vase's diagonal");
    }
}
