package dev.memo.app.picture;

import dev.memo.sim.env.Scene;
import java.util.List;

/**
 * The square of the world that a panel shows. Panels that are compared share one.
 *
 * @param x its middle in m
 * @param y likewise
 * @param half half its edge in m
 */
public record View(double x, double y, double half) {
    /**
     * Paths that stay within this distance of the arena, in m, are shown whole: the circle that the
     * robot drives at full thrust is 4.5 m wide. What goes farther left for good, and would shrink
     * everything else to a dot.
     */
    private static final double NEAR = 5;

    /** Room around what is shown, as a share of its size. */
    private static final double MARGIN = 0.05;

    /** Shows the arenas, and whole every path that stays near them. */
    public static View of(List<Track> tracks) {
        Bounds bounds = new Bounds();
        for (Track track : tracks) {
            double extent = track.start().extent();
            bounds.include(-extent, -extent);
            bounds.include(extent, extent);
            if (staysNear(track)) {
                for (int i = 0; i < track.x().length; i++) {
                    bounds.include(track.x()[i], track.y()[i]);
                }
                for (Scene.Disc goal : track.goals()) {
                    bounds.include(goal.x() - goal.radius(), goal.y() - goal.radius());
                    bounds.include(goal.x() + goal.radius(), goal.y() + goal.radius());
                }
            }
        }
        return bounds.square();
    }

    private static boolean staysNear(Track track) {
        double limit = track.start().extent() + NEAR;
        for (int i = 0; i < track.x().length; i++) {
            if (Math.abs(track.x()[i]) > limit || Math.abs(track.y()[i]) > limit) {
                return false;
            }
        }
        return true;
    }

    /** Whether a place is in sight. */
    boolean shows(double px, double py) {
        return Math.abs(px - x) <= half && Math.abs(py - y) <= half;
    }

    private static final class Bounds {
        private double minX = Double.POSITIVE_INFINITY;
        private double minY = Double.POSITIVE_INFINITY;
        private double maxX = Double.NEGATIVE_INFINITY;
        private double maxY = Double.NEGATIVE_INFINITY;

        void include(double px, double py) {
            minX = Math.min(minX, px);
            minY = Math.min(minY, py);
            maxX = Math.max(maxX, px);
            maxY = Math.max(maxY, py);
        }

        View square() {
            double edge = Math.max(maxX - minX, maxY - minY);
            return new View((minX + maxX) / 2, (minY + maxY) / 2, edge * (0.5 + MARGIN));
        }
    }
}
