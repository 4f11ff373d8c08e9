package dev.memo.render.scene;

import dev.memo.render.canvas.Canvas;
import dev.memo.render.canvas.Colors;
import dev.memo.sim.env.Scene;
import dev.memo.sim.env.SceneLidar;
import dev.memo.sim.scenario.Scenario;
import java.util.List;
import java.util.Optional;

/**
 * Draws one world into a panel that shows the floor: the path, objects, the robot and its lidars.
 */
final class WorldPainter {
    /** Radius of the robot's sphere, and of the box that shows where it looks, m (point.xml). */
    private static final double ROBOT_RADIUS = 0.1;

    private static final double POINTER_HALF = 0.05;

    private static final double OBJECT_OPACITY = 0.35;
    private static final double OBJECT_BORDER = 1.5;

    private static final double PATH_WIDTH = 2.5;

    /** A path's pieces are at least so long, in points. */
    private static final double PIECE = 2;

    /** Smaller panels show nothing that can be seen. */
    private static final double LEAST = 4;

    /** Panels below these sides, in points, show neither lidars, nor paths, nor outlines. */
    private static final double LEAST_FOR_LIDAR = 200;

    private static final double LEAST_FOR_PATH = 48;
    private static final double LEAST_FOR_OUTLINES = 90;

    private static final double AWAY_TEXT = 13;

    /** The innermost ring of lidar readings, and how far apart rings are, m. */
    private static final double HALO = 0.24;

    private static final double HALO_GAP = 0.07;
    private static final double HALO_DOT = 0.027;

    /** A reading of 0 can still be seen. */
    private static final double HALO_FAINT = 0.12;

    private final Canvas canvas;
    private final Theme theme;
    private final SceneLidar lidar;
    private final Scenario scenario;

    WorldPainter(Canvas canvas, Theme theme, Scenario scenario, SceneLidar lidar) {
        this.canvas = canvas;
        this.theme = theme;
        this.scenario = scenario;
        this.lidar = lidar;
    }

    /**
     * Draws the world.
     *
     * @param share of the shot's step that has passed
     * @param field what a standing camera sees; empty for one that follows the robot
     */
    void paint(Panel panel, Shot shot, double share, Optional<Field> field) {
        if (panel.least() < LEAST) {
            return;
        }
        Scene scene = shot.at(share);
        Camera camera =
                field.map(seen -> Camera.of(panel, seen))
                        .orElseGet(() -> Camera.following(panel, scene));
        boolean outlines = panel.least() >= LEAST_FOR_OUTLINES;
        canvas.clip(panel.left(), panel.top(), panel.width(), panel.height());
        if (outlines) {
            drawGrid(camera, scene.extent());
        }
        if (panel.least() >= LEAST_FOR_PATH) {
            drawPath(camera, shot, scene.robot());
        }
        drawObjects(camera, scene, outlines ? OBJECT_BORDER : 0);
        if (panel.least() >= LEAST_FOR_LIDAR) {
            drawLidars(camera, scene);
        }
        drawRobot(camera, scene.robot(), shot.costs(), outlines ? 1.5 : 0);
        if (shot.costs()) {
            canvas.box(
                    panel.middleX(),
                    panel.middleY(),
                    panel.width() / 2,
                    panel.height() / 2,
                    0,
                    0,
                    0,
                    Math.clamp(panel.least() / 100, 1, 4),
                    theme.cost());
        }
        canvas.clipNothing();
    }

    /** Lines every metre, and the square in which objects are placed. */
    private void drawGrid(Camera camera, double extent) {
        Panel panel = camera.panel();
        double half = panel.width() / 2 / camera.scale();
        for (double x = Math.ceil(camera.x() - half); x <= camera.x() + half; x++) {
            canvas.rectangle(camera.left(x) - 0.5, panel.top(), 1, panel.height(), theme.grid());
        }
        half = panel.height() / 2 / camera.scale();
        for (double y = Math.ceil(camera.y() - half); y <= camera.y() + half; y++) {
            canvas.rectangle(panel.left(), camera.top(y) - 0.5, panel.width(), 1, theme.grid());
        }
        double side = extent * camera.scale();
        canvas.box(camera.left(0), camera.top(0), side, side, 0, 0, 0, 1, theme.border());
    }

    /** Opaque, and under the objects: pieces overlap where they meet. */
    private void drawPath(Camera camera, Shot shot, Scene.Pose robot) {
        int oldest = shot.oldestShown();
        int color = shot.mode() == Shot.NO_MODE ? theme.robot() : theme.mode(shot.mode());
        double width = Math.clamp(camera.panel().least() / 100, 1, PATH_WIDTH);
        double x = camera.left(shot.trail().x(oldest));
        double y = camera.top(shot.trail().y(oldest));
        for (int i = oldest + 1; i <= shot.step(); i++) {
            boolean last = i == shot.step();
            double nextX = camera.left(last ? robot.x() : shot.trail().x(i));
            double nextY = camera.top(last ? robot.y() : shot.trail().y(i));
            if (last || Math.hypot(nextX - x, nextY - y) >= PIECE) {
                double age = (double) (shot.step() - i) / Shot.SHOWN;
                int faded = Colors.mix(color, theme.floor(), 0.15 + 0.85 * age);
                canvas.line(x, y, nextX, nextY, width, faded);
                x = nextX;
                y = nextY;
            }
        }
    }

    private void drawObjects(Camera camera, Scene scene, double border) {
        for (Scene.Disc hazard : scene.hazards()) {
            drawDisc(camera, hazard, theme.hazard(), border);
        }
        drawDisc(camera, scene.goal(), theme.goal(), border);
        for (Scene.Box vase : scene.vases()) {
            double half = Math.max(1, vase.halfSide() * camera.scale());
            canvas.box(
                    camera.left(vase.x()),
                    camera.top(vase.y()),
                    half,
                    half,
                    vase.heading(),
                    0,
                    theme.vase(),
                    0,
                    0);
        }
    }

    private void drawDisc(Camera camera, Scene.Disc disc, int color, double border) {
        // Small discs without an edge would be faint.
        double opacity = border > 0 ? OBJECT_OPACITY : 2 * OBJECT_OPACITY;
        canvas.disc(
                camera.left(disc.x()),
                camera.top(disc.y()),
                disc.radius() * camera.scale(),
                Colors.withAlpha(color, opacity),
                border,
                color);
    }

    /** A ring of dots for each lidar: the nearer an object, the brighter. */
    private void drawLidars(Camera camera, Scene scene) {
        float[] readings = lidar.read(scene);
        int bins = lidar.bins();
        List<Integer> colors =
                scenario.maxHazards() > 0
                        ? List.of(theme.goal(), theme.hazard(), theme.vase())
                        : List.of(theme.goal(), theme.vase());
        for (int i = 0; i < readings.length; i++) {
            double radius = HALO + HALO_GAP * (i / bins);
            double angle = scene.robot().heading() + 2 * Math.PI * (i % bins + 0.5) / bins;
            double opacity = HALO_FAINT + (1 - HALO_FAINT) * readings[i];
            canvas.disc(
                    camera.left(scene.robot().x() + radius * Math.cos(angle)),
                    camera.top(scene.robot().y() + radius * Math.sin(angle)),
                    Math.max(1, HALO_DOT * camera.scale()),
                    Colors.withAlpha(colors.get(i / bins), opacity));
        }
    }

    /** The body, and a box that shows where it looks. Out of sight, it stands at the edge. */
    private void drawRobot(Camera camera, Scene.Pose robot, boolean costs, double outline) {
        Panel panel = camera.panel();
        double radius = Math.max(1.5, ROBOT_RADIUS * camera.scale());
        double x = camera.left(robot.x());
        double y = camera.top(robot.y());
        Panel inside = panel.inset(radius);
        double shownX = Math.clamp(x, inside.left(), inside.right());
        double shownY = Math.clamp(y, inside.top(), inside.bottom());
        if (Math.abs(shownX - x) > radius || Math.abs(shownY - y) > radius) {
            drawAway(shownX, shownY, x - shownX, y - shownY, radius, camera);
            return;
        }
        if (costs) {
            canvas.disc(x, y, 1.7 * radius, Colors.withAlpha(theme.cost(), 0.5));
        }
        double pointer = Math.max(1, POINTER_HALF * camera.scale());
        canvas.box(
                x + radius * Math.cos(robot.heading()),
                y - radius * Math.sin(robot.heading()),
                pointer + outline,
                pointer + outline,
                robot.heading(),
                0,
                theme.robot(),
                outline,
                theme.outline());
        canvas.disc(x, y, radius + outline, theme.robot(), outline, theme.outline());
    }

    /** An arrowhead at the edge towards a robot out of sight, and how far away it is. */
    private void drawAway(double x, double y, double dx, double dy, double radius, Camera camera) {
        double angle = Math.atan2(-dy, dx);
        double length = Math.clamp(radius, 4, 8);
        for (double side : new double[] {0.8 * Math.PI, -0.8 * Math.PI}) {
            canvas.line(
                    x,
                    y,
                    x + 2 * length * Math.cos(angle + side),
                    y - 2 * length * Math.sin(angle + side),
                    length / 2,
                    theme.robot());
        }
        if (camera.panel().least() < LEAST_FOR_LIDAR) {
            return;
        }
        String text = "%.1f m".formatted(Math.hypot(dx, dy) / camera.scale());
        double width = canvas.textWidth(text, AWAY_TEXT);
        Panel room = camera.panel().inset(radius + 2 * length + 4);
        canvas.text(
                text,
                Math.clamp(x - width / 2, room.left(), room.right() - width),
                Math.clamp(y + 5, room.top() + AWAY_TEXT, room.bottom()),
                AWAY_TEXT,
                theme.ink());
    }
}
