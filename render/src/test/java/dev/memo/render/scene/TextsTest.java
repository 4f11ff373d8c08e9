package dev.memo.render.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.render.canvas.ImageRenderer;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void whatRoundsToZeroHasNoSign() {
        assertThat(Texts.number(-0.04, 1)).isEqualTo("0.0");
        assertThat(Texts.number(-0.4, 0)).isEqualTo("0");
        assertThat(Texts.number(-0.06, 1)).isEqualTo("-0.1");
        assertThat(Texts.number(-12.5, 2)).isEqualTo("-12.50");
    }

    @Test
    void whatIsTooLongEndsInDots() {
        new ImageRenderer(100, 100, 1)
                .render(
                        canvas -> {
                            String text = Texts.fitted(canvas, "a-run-of-many-modes", 14, 80);
                            assertThat(text).startsWith("a-run").endsWith("\u2026");
                            assertThat(canvas.textWidth(text, 14)).isLessThanOrEqualTo(80);
                            assertThat(Texts.fitted(canvas, "short", 14, 80)).isEqualTo("short");
                        });
    }
}
