package dev.memo.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.sim.env.Scene;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ScenePainterTest {
    private static final Scene SCENE =
            new Scene(
                    2,
                    new Scene.Pose(0, -1, 0),
                    new Scene.Disc(1.3, 1.3, 0.3),
                    List.of(new Scene.Disc(-1.3, 1.3, 0.2)),
                    List.of(new Scene.Box(-1, -1, 0.3, 0.1)));

    @Test
    void paintsThingsWhereTheyStand() throws IOException {
        List<Track> still = List.of(Track.of(List.of(SCENE)));
        View view = View.of(still);
        BufferedImage image = image(ScenePainter.paint(view, still));

        assertAlike(at(image, view, 1.3, 1.3), halfWay(Palette.GROUND, Palette.GOAL));
        assertAlike(at(image, view, -1.3, 1.3), halfWay(Palette.GROUND, Palette.HAZARD));
        assertAlike(at(image, view, -1, -1), Palette.VASE);
        assertAlike(at(image, view, 0, -1), Palette.INK);
        assertAlike(at(image, view, 1.3, -1.7), Palette.GROUND);
    }

    @Test
    void coloursAPathFromEarlyToLate() throws IOException {
        List<Track> tracks = List.of(Track.of(driven(0, 0.01, 200)));
        View view = View.of(tracks);
        BufferedImage image = image(ScenePainter.paint(view, tracks));

        assertAlike(at(image, view, 0, -0.5), Palette.alongPath(0.25));
        assertAlike(at(image, view, 0, 0.5), Palette.alongPath(0.75));
    }

    @Test
    void drawsASecondPathOverTheFirst() throws IOException {
        Track straight = Track.of(driven(0, 0.01, 200));
        Track slanting = Track.of(driven(0.005, 0.01, 200));
        View view = View.of(List.of(straight, slanting));
        Picture picture = ScenePainter.paintOver(view, "one", straight, "other", slanting);
        BufferedImage image = image(picture);

        assertAlike(at(image, view, 0, 0.5), Palette.alongPath(0.75));
        assertThat(whitest(image, view, 0.5, 0)).isGreaterThan(200);
        assertThat(whitest(image, view, -0.5, 0)).isLessThan(120);
    }

    @Test
    void picturesStandAboveEachOther() throws IOException {
        List<Track> still = List.of(Track.of(List.of(SCENE)));
        Picture one = ScenePainter.paint(View.of(still), still);
        Picture other = ScenePainter.paint(new View(0, 0, 1), still);
        Picture both = one.above(other);

        assertThat(both.height()).isEqualTo(one.height() + other.height());
        BufferedImage image = image(both);
        int edge = image(one).getHeight();
        for (int i = 0; i < edge; i += 7) {
            assertThat(image.getRGB(i, i)).isEqualTo(image(one).getRGB(i, i));
            assertThat(image.getRGB(i, edge + i)).isEqualTo(image(other).getRGB(i, i));
        }
    }

    @Test
    void aPathThatLeavesForGoodDoesNotShrinkTheRest() {
        Track stays = Track.of(driven(0, 0.01, 200));
        Track leaves = Track.of(driven(0.03, 0, 1000));

        assertThat(View.of(List.of(stays, leaves))).isEqualTo(View.of(List.of(stays)));
    }

    @Test
    void aCircleAtFullThrustIsShownWhole() {
        Track wide = Track.of(driven(0.022, 0, 200));

        assertThat(View.of(List.of(wide)).shows(4.4, -1)).isTrue();
    }

    @Test
    void marksWhereAPathLeavesTheView() throws IOException {
        List<Track> tracks = List.of(Track.of(driven(0.03, 0, 1000)));
        View view = View.of(tracks);
        BufferedImage image = image(ScenePainter.paint(view, tracks));

        assertAlike(at(image, view, view.x() + view.half() * 0.97, -1), Palette.INK);
    }

    /** From the start on, so many metres per step along each axis. */
    private static List<Scene> driven(double dx, double dy, int steps) {
        List<Scene> scenes = new ArrayList<>();
        for (int t = 0; t <= steps; t++) {
            Scene.Pose robot = new Scene.Pose(dx * t, -1 + dy * t, 0);
            scenes.add(
                    new Scene(SCENE.extent(), robot, SCENE.goal(), SCENE.hazards(), SCENE.vases()));
        }
        return scenes;
    }

    private static BufferedImage image(Picture picture) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(picture.png()));
    }

    private static Color at(BufferedImage image, View view, double x, double y) {
        double scale = image.getWidth() / (2 * view.half());
        int column = (int) ((x - view.x()) * scale + image.getWidth() / 2.0);
        int row = (int) ((view.y() - y) * scale + image.getHeight() / 2.0);
        return new Color(image.getRGB(column, row));
    }

    /** The least channel of the whitest dot around a place: a hair's line is blurred. */
    private static int whitest(BufferedImage image, View view, double x, double y) {
        int whitest = 0;
        double dot = 2 * view.half() / image.getWidth();
        for (int i = -3; i <= 3; i++) {
            Color color = at(image, view, x + i * dot, y);
            int least = Math.min(color.getRed(), Math.min(color.getGreen(), color.getBlue()));
            whitest = Math.max(whitest, least);
        }
        return whitest;
    }

    /** Up to rounding, and to half a step along a path. */
    private static void assertAlike(Color found, Color wanted) {
        assertThat(Math.abs(found.getRed() - wanted.getRed())).isLessThanOrEqualTo(3);
        assertThat(Math.abs(found.getGreen() - wanted.getGreen())).isLessThanOrEqualTo(3);
        assertThat(Math.abs(found.getBlue() - wanted.getBlue())).isLessThanOrEqualTo(3);
    }

    private static Color halfWay(Color a, Color b) {
        return new Color(
                (a.getRed() + b.getRed()) / 2,
                (a.getGreen() + b.getGreen()) / 2,
                (a.getBlue() + b.getBlue()) / 2);
    }
}
