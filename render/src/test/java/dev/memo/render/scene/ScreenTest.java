package dev.memo.render.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.render.canvas.Colors;
import dev.memo.render.canvas.ImageRenderer;
import dev.memo.sim.env.Scene;
import dev.memo.sim.recording.Recording;
import dev.memo.sim.scenario.Scenario;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScreenTest {
    private static final Hud HUD =
            new Hud("a run", List.of("mode 0", "mode 1"), 1, "paused", "H help", List.of());

    private static Shot world(double extent) {
        Scene.Disc corner = new Scene.Disc(extent - 0.3, extent - 0.3, 0.3);
        return Shot.first(
                "mode 1",
                1,
                new Scene(extent, new Scene.Pose(0, 0, 0), corner, List.of(), List.of()));
    }

    private static BufferedImage draw(
            int width, int height, View view, List<Shot> shots, Optional<Hud> hud) {
        Screen screen = new Screen(Scenario.load("goal1"), Theme.DARK);
        return new ImageRenderer(width, height, 1)
                .render(canvas -> screen.paint(canvas, view, false, shots, 1, hud));
    }

    private static double share(BufferedImage image, int color) {
        long found = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                found += image.getRGB(x, y) == color ? 1 : 0;
            }
        }
        return (double) found / image.getWidth() / image.getHeight();
    }

    @Test
    void manyWorldsWithoutGapsAllHaveAFloor() {
        List<Shot> shots = Collections.nCopies(450, world(2));
        BufferedImage image = draw(500, 450, View.MOSAIC, shots, Optional.empty());
        assertThat(share(image, Theme.DARK.floor())).isGreaterThan(0.5);
        assertThat(share(image, Theme.DARK.ground())).isLessThan(0.05);
    }

    @ParameterizedTest
    @EnumSource(names = {"MOSAIC", "MODES"})
    void worldsOfDifferentExtentsAreAllSeen(View view) {
        // The far goal is in sight, though the first world is small.
        BufferedImage image = draw(800, 400, view, List.of(world(1.5), world(6)), Optional.empty());
        BufferedImage second = image.getSubimage(400, 0, 400, 400);
        int goal = Colors.mix(Theme.DARK.floor(), Theme.DARK.goal(), 0.35);
        assertThat(share(second, goal)).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void theSmallestPictureIsDrawn(View view) {
        assertThat(draw(16, 16, view, List.of(world(2)), Optional.of(HUD)).getWidth())
                .isEqualTo(16);
        assertThat(draw(100, 60, view, List.of(world(2)), Optional.of(HUD)).getWidth())
                .isEqualTo(100);
    }

    @Test
    void aClipThatIsOverStandsStill() {
        Shot still =
                Shot.first("goal", 0, world(2).after())
                        .next(
                                "goal",
                                0,
                                new Recording.Step(new float[2], new float[0], new float[0], 0, 1),
                                new Scene(
                                        2,
                                        new Scene.Pose(1, 0, 0),
                                        world(2).after().goal(),
                                        List.of(),
                                        List.of()))
                        .still();
        assertThat(still.at(0)).isEqualTo(still.at(1));
        assertThat(still.costs()).isFalse();
        assertThat(still.episodeCost()).isEqualTo(1);
    }
}
