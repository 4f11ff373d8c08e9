package dev.memo.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What is shown of modes, by the colours of pixels. */
class ModePainterTest {
    private static final int[] TIMES = {0, 10, 20, 30};
    private static final float[] RISING = {0, 1, 2, 3};
    private static final int[] FIRST = {0, 0, 0, 0};
    private static final int[] SECOND = {1, 1, 1, 1};

    @Test
    void lanesHaveTheColourOfTheModeAndTheStripThatOfTheCode() throws IOException {
        ModePainter.Lane lane = new ModePainter.Lane("speed", "0 to 3", 0, 3, RISING);
        BufferedImage image = image(ModePainter.lanes(List.of(lane), TIMES, FIRST, SECOND));

        assertThat(count(image, Palette.mode(0))).isGreaterThan(500);
        // 340 wide and 10 high, with two dots per pixel.
        assertThat(count(image, Palette.mode(1))).isGreaterThan(4 * 340 * 9);
    }

    @Test
    void aLaneChangesItsColourWhereTheModeChanges() throws IOException {
        ModePainter.Lane lane = new ModePainter.Lane("speed", "0 to 3", 0, 3, RISING);
        int[] changing = {0, 0, 2, 2};
        BufferedImage image = image(ModePainter.lanes(List.of(lane), TIMES, changing, SECOND));

        // Two of three pieces, and one.
        double share = (double) count(image, Palette.mode(0)) / count(image, Palette.mode(2));
        assertThat(share).isBetween(1.6, 2.4);
    }

    @Test
    void anEpisodeOfOneStepOrWithoutChangeIsDrawn() throws IOException {
        ModePainter.Lane still = new ModePainter.Lane("speed", "1 to 1", 1, 1, new float[] {1});
        int[] once = {0};
        assertThat(
                        count(
                                image(ModePainter.lanes(List.of(still), once, once, once)),
                                Palette.mode(0)))
                .isPositive();
    }

    @Test
    void aPlaneHasAMarkForEveryRow() throws IOException {
        float[] x = {-1, 0, 1, 2, 3, 4};
        int[] modes = {0, 1, 2, 3, 4, 5};
        BufferedImage image = image(ModePainter.plane("first", "second", x, x, modes));

        for (int mode : modes) {
            assertThat(count(image, onGround(Palette.mode(mode), 0.75)))
                    .as("mode " + mode)
                    .isGreaterThan(10);
        }
    }

    @Test
    void aPathIsBroadInItsModeAndThinInItsCode() throws IOException {
        Picture picture = ModePainter.path(new View(1.5, 1.5, 2), RISING, RISING, FIRST, SECOND);
        long broad = count(image(picture), onGround(Palette.mode(0), 0.35));
        long thin = count(image(picture), Palette.mode(1));

        assertThat(thin).isGreaterThan(500);
        assertThat(broad).isGreaterThan(thin);
    }

    private static Color onGround(Color color, double opacity) {
        return Palette.mixIntoGround(color, opacity);
    }

    private static long count(BufferedImage image, Color color) {
        long count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                Color found = new Color(image.getRGB(x, y));
                boolean near =
                        Math.abs(found.getRed() - color.getRed()) <= 2
                                && Math.abs(found.getGreen() - color.getGreen()) <= 2
                                && Math.abs(found.getBlue() - color.getBlue()) <= 2;
                count += near ? 1 : 0;
            }
        }
        return count;
    }

    private static BufferedImage image(Picture picture) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(picture.png()));
    }
}
