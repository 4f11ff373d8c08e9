package dev.memo.render.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.render.Difference;
import dev.memo.render.OpenGl;
import dev.memo.render.canvas.ImageRenderer;
import dev.memo.render.canvas.Renderer;
import dev.memo.sim.recording.Recording;
import dev.memo.sim.scenario.Scenario;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fixed recordings against committed pictures that a person has looked at. */
class StillsTest {
    private static final Path STILLS = Path.of("src/test/resources/stills");
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final double SECONDS = 4;

    private static List<Shot> shots() {
        return Stream.of(1, 3)
                .map(
                        mode -> {
                            Path file = STILLS.resolve("mode-" + mode + ".safetensors");
                            Clip clip = new Clip(Recording.read(file), mode);
                            return clip.shot((int) (SECONDS / Scenario.STEP_SECONDS));
                        })
                .toList();
    }

    private static void looksAsCommitted(Renderer renderer, View view) throws IOException {
        Theme theme = view == View.MOSAIC ? Theme.LIGHT : Theme.DARK;
        Screen screen = new Screen(Scenario.load("goal1"), theme);
        BufferedImage drawn =
                renderer.render(
                        canvas -> screen.paint(canvas, view, false, shots(), 1, Optional.empty()));
        BufferedImage committed = ImageIO.read(STILLS.resolve(view + ".png").toFile());
        Difference difference = Difference.of(drawn, committed);
        assertThat(difference.share(40)).as("pixels that differ visibly").isLessThan(1e-3);
        assertThat(difference.mean()).as("mean difference of 255").isLessThan(0.5);
    }

    @ParameterizedTest
    @EnumSource(View.class)
    void openGlDrawsWhatIsCommitted(View view) throws IOException {
        try (Renderer renderer = OpenGl.renderer(WIDTH, HEIGHT, 1)) {
            looksAsCommitted(renderer, view);
        }
    }

    @ParameterizedTest
    @EnumSource(View.class)
    void java2dDrawsWhatIsCommitted(View view) throws IOException {
        try (Renderer renderer = new ImageRenderer(WIDTH, HEIGHT, 1)) {
            looksAsCommitted(renderer, view);
        }
    }
}
