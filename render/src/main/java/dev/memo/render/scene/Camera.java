package dev.memo.render.scene;

import dev.memo.sim.env.Scene;

/**
 * Where in a panel a place of the world is seen, from above, x to the right and y upwards.
 *
 * @param x place in the panel's middle, m
 * @param y likewise
 * @param panel where it looks from
 * @param scale points of a metre
 */
record Camera(double x, double y, Panel panel, double scale) {
    /** What a camera that follows a robot sees of the world in each direction, m. */
    private static final double NEAR = 1.6;

    /** Room around the square of objects, as a share of it. */
    private static final double MARGIN = 1.12;

    /** Sees all of the square in which objects are placed. */
    static Camera wide(Panel panel, Scene scene) {
        return new Camera(0, 0, panel, panel.least() / 2 / (scene.extent() * MARGIN));
    }

    /** Sees the surroundings of the robot. */
    static Camera following(Panel panel, Scene scene) {
        return new Camera(scene.robot().x(), scene.robot().y(), panel, panel.least() / 2 / NEAR);
    }

    double left(double worldX) {
        return panel.middleX() + (worldX - x) * scale;
    }

    double top(double worldY) {
        return panel.middleY() - (worldY - y) * scale;
    }
}
