package dev.memo.render.scene;

import java.util.List;

/**
 * A rectangle of the world that is seen, in m.
 *
 * @param left its least x
 * @param low its least y
 * @param right its largest x
 * @param high its largest y
 */
record Field(double left, double low, double right, double high) {
    /** Room around the square of objects, as a share of it, and around paths, m. */
    private static final double MARGIN = 1.12;

    private static final double PATH_MARGIN = 0.35;

    /**
     * Paths are shown whole up to this distance from the square of objects, m: what goes farther
     * would shrink everything else to a dot.
     */
    private static final double NEAR = 4;

    /** Where objects are placed. */
    static Field arena(Shot shot) {
        double half = MARGIN * shot.after().extent();
        return new Field(-half, -half, half, half);
    }

    /** Likewise, and the paths of all of them that are seen. */
    static Field arenaAndPaths(List<Shot> shots) {
        Field field = arena(shots.getFirst());
        for (Shot shot : shots) {
            double arena = MARGIN * shot.after().extent() - PATH_MARGIN;
            field = field.with(-arena, -arena).with(arena, arena);
            double most = shot.after().extent() + NEAR;
            for (int i = shot.oldestShown(); i <= shot.step(); i++) {
                field =
                        field.with(
                                Math.clamp(shot.trail().x(i), -most, most),
                                Math.clamp(shot.trail().y(i), -most, most));
            }
        }
        return field;
    }

    private Field with(double x, double y) {
        boolean inside =
                x >= left + PATH_MARGIN
                        && x <= right - PATH_MARGIN
                        && y >= low + PATH_MARGIN
                        && y <= high - PATH_MARGIN;
        return inside
                ? this
                : new Field(
                        Math.min(left, x - PATH_MARGIN),
                        Math.min(low, y - PATH_MARGIN),
                        Math.max(right, x + PATH_MARGIN),
                        Math.max(high, y + PATH_MARGIN));
    }
}
