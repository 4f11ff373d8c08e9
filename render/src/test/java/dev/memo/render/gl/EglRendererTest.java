package dev.memo.render.gl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.render.Difference;
import dev.memo.render.OpenGl;
import dev.memo.render.canvas.Canvas;
import dev.memo.render.canvas.ImageRenderer;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

/** OpenGL against Java2D: one drawing, two ways. */
class EglRendererTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 200;

    private static void draw(Canvas canvas) {
        canvas.rectangle(0, 0, canvas.width(), canvas.height(), 0xFF20233A);
        canvas.disc(60, 60, 40, 0x804060FF, 2, 0xFF4060FF);
        canvas.disc(90, 70, 40, 0x8040C060);
        canvas.box(180, 60, 30, 15, 0.5, 0, 0xFF35D0E0, 0, 0);
        canvas.box(250, 60, 30, 20, -0.3, 8, 0xFFE0E0E0, 3, 0xFFD7263D);
        canvas.line(20, 120, 140, 150, 4, 0xFFFFE066);
        canvas.line(20, 180, 20, 180, 6, 0xFFFFE066);
        canvas.clip(160, 110, 60, 60);
        canvas.disc(180, 140, 40, 0xFFE69F00, 4, 0xFFFFFFFF);
        canvas.text("clipped text", 150, 160, 18, 0xFF000000);
        canvas.clipNothing();
        canvas.text("return 12.5, cost 3", 160, 190, 13, 0xC0FFFFFF);
    }

    @Test
    void drawsWhatJava2dDraws() {
        for (double density : new double[] {1, 2}) {
            int width = (int) (WIDTH * density);
            int height = (int) (HEIGHT * density);
            BufferedImage gl;
            try (EglRenderer renderer = OpenGl.renderer(width, height, density)) {
                gl = renderer.render(EglRendererTest::draw);
            }
            BufferedImage plain =
                    new ImageRenderer(width, height, density).render(EglRendererTest::draw);
            Difference difference = Difference.of(gl, plain);
            assertThat(difference.share(48)).as("pixels that differ visibly").isLessThan(1e-3);
            assertThat(difference.mean()).isLessThan(0.3);
        }
    }

    @Test
    void drawsTheSamePictureTwice() {
        try (EglRenderer renderer = OpenGl.renderer(WIDTH, HEIGHT, 1)) {
            BufferedImage first = renderer.render(EglRendererTest::draw);
            assertThat(Difference.of(first, renderer.render(EglRendererTest::draw)).share(0))
                    .isZero();
        }
    }

    @Test
    void manyShapesArriveInTheirOrder() {
        try (EglRenderer renderer = OpenGl.renderer(WIDTH, HEIGHT, 1)) {
            BufferedImage image =
                    renderer.render(
                            canvas -> {
                                for (int i = 0; i < 10_000; i++) {
                                    canvas.rectangle(0, 0, WIDTH, HEIGHT, 0xFF000000 | i);
                                }
                            });
            assertThat(image.getRGB(WIDTH / 2, HEIGHT / 2) & 0xFFFFFF).isEqualTo(9_999);
        }
    }
}
