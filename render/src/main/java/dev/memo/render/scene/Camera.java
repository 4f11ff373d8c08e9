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

    /** Sees all of a field. */
    static Camera of(Panel panel, Field field) {
        double scale =
                Math.min(
                        panel.width() / (field.right() - field.left()),
                        panel.height() / (field.high() - field.low()));
        double x = (field.left() + field.right()) / 2;
        double y = (field.low() + field.high()) / 2;
        return new Camera(x, y, panel, scale);
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
