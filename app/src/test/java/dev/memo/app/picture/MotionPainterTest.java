package dev.memo.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.learner.explanation.CodeTransitions;
import dev.memo.learner.explanation.MeanMotion;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Motions and changes of codes, by the colours of pixels. */
class MotionPainterTest {
    @Test
    void aheadIsUpAndLeftIsLeft() throws IOException {
        // Ahead, then to the left.
        float[] x = {0, 1, 1};
        float[] y = {0, 0, 1};
        MeanMotion motion = new MeanMotion(x, y, new float[][] {x}, new float[][] {y});
        double reach = MotionPainter.reach(List.of(motion));
        BufferedImage image = image(MotionPainter.paint(reach, 2, motion));

        int middle = image.getWidth() / 2;
        assertThat(count(image, 2, 0, 0, middle - 20, middle)).isGreaterThan(200);
        assertThat(count(image, 2, middle - 20, 0, middle + 20, middle)).isGreaterThan(200);
        assertThat(count(image, 2, middle + 20, 0, image.getWidth(), image.getHeight())).isZero();
        assertThat(count(image, 2, 0, middle + 20, image.getWidth(), image.getHeight())).isZero();
    }

    @Test
    void anArrowLeadsWhereChangesGoUnlessTheyAreRare() throws IOException {
        // From 0 to 1, never from 0 to 2; 1 and 2 never change. Code 0 is above, 1 below right.
        BufferedImage image =
                image(
                        TransitionPainter.paint(
                                new CodeTransitions(
                                        new double[] {0.4, 0.3, 0.3},
                                        new double[][] {{0.9, 0.098, 0.002}, {0, 1, 0}, {0, 0, 1}},
                                        new double[] {10, 100, 100})));
        int middle = image.getWidth() / 2;
        int between = (int) (0.42 * image.getHeight());
        int below = (int) (0.58 * image.getHeight());
        assertThat(count(image, 0, middle + 10, between, image.getWidth(), below)).isPositive();
        // The arrow's share, in its colour, stands on the side to which it is bent.
        assertThat(count(image, 0, middle - 40, between, middle, below)).isPositive();
        assertThat(count(image, 0, 0, between, middle - 40, below)).isZero();
        assertThat(count(image, 1, 0, between, middle, image.getHeight())).isZero();
    }

    @Test
    void oneCodeOrManyAreDrawn() throws IOException {
        for (int codes : new int[] {1, 16}) {
            double[][] next = new double[codes][codes];
            double[] share = new double[codes];
            for (int from = 0; from < codes; from++) {
                next[from][from] = codes == 1 ? 1 : 0.5;
                next[from][(from + 5) % codes] += codes == 1 ? 0 : 0.5;
                share[from] = 1.0 / codes;
            }
            BufferedImage image =
                    image(TransitionPainter.paint(new CodeTransitions(share, next, share)));
            for (int code = 0; code < codes; code++) {
                assertThat(count(image, code, 0, 0, image.getWidth(), image.getHeight()))
                        .isGreaterThan(300);
            }
        }
    }

    @Test
    void threeCodesFillThePictureFromTopToBottom() throws IOException {
        double third = 1.0 / 3;
        double[][] next = {{0.9, 0.05, 0.05}, {0.05, 0.9, 0.05}, {0.05, 0.05, 0.9}};
        BufferedImage image =
                image(
                        TransitionPainter.paint(
                                new CodeTransitions(
                                        new double[] {third, third, third},
                                        next,
                                        new double[] {10, 10, 10})));
        int fifth = image.getHeight() / 5;
        int below = image.getHeight() - fifth;
        assertThat(count(image, 0, 0, 0, image.getWidth(), fifth)).isGreaterThan(1000);
        for (int code = 1; code < 3; code++) {
            assertThat(count(image, code, 0, below, image.getWidth(), image.getHeight()))
                    .isGreaterThan(1000);
        }
    }

    private static BufferedImage image(Picture picture) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(picture.png()));
    }

    /** Dots of a mode's colour in a part of a picture. */
    private static int count(BufferedImage image, int mode, int left, int top, int right, int low) {
        Color color = Palette.mode(mode);
        int count = 0;
        for (int x = left; x < right; x++) {
            for (int y = top; y < low; y++) {
                count += new Color(image.getRGB(x, y)).equals(color) ? 1 : 0;
            }
        }
        return count;
    }
}
