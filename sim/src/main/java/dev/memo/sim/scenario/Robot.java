package dev.memo.sim.scenario;

import java.util.Locale;
import java.util.Optional;

/**
 * The Point robot of Safety Gym (point.xml): a sphere of radius 0.1 m with a box ahead of it.
 *
 * @param keepout distance in m that drawn objects keep from its centre, on top of their own;
 *     default 0.4
 * @param yaw how the yaw servo answers; default {@link Yaw#AS_SHIPPED}
 * @param thrust factor on the thrust force (1 is at most 0.015 N), at most 100; default 1
 * @param damping factor on the damping of both slides and of the yaw hinge, at most 100; default 1
 * @param start where every episode begins; empty, the default, draws place and heading
 */
public record Robot(
        Quantity keepout, Yaw yaw, Quantity thrust, Quantity damping, Optional<Pose> start) {
    /** How the yaw servo answers. */
    public enum Yaw {
        /**
         * Chatters between its force limits as in Safety Gym, whose time step is too long for it.
         */
        AS_SHIPPED,
        /** The servo's law without the chatter: at damping 1, min(3, 3.158 |action|) rad/s. */
        IDEAL;

        /** Its name in scenario files, e.g. {@code as-shipped}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final double MOST_FACTOR = 100;

    public Robot {
        Rules.notNegative("$.robot.keepout", keepout);
        Rules.positive("$.robot.thrust", thrust);
        Rules.atMost("$.robot.thrust", thrust, MOST_FACTOR);
        Rules.notNegative("$.robot.damping", damping);
        Rules.atMost("$.robot.damping", damping, MOST_FACTOR);
    }
}
