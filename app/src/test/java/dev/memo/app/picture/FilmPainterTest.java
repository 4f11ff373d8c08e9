package dev.memo.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.render.scene.Clip;
import dev.memo.sim.env.Scene;
import dev.memo.sim.recording.Recording;
import dev.memo.sim.scenario.Scenario;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;

class FilmPainterTest {
    /** Pictures that stand at the end: 1.5 s. */
    private static final int PAUSE = 19;

    @Test
    void shortEpisodesPassInRealTimeAndLongOnesTwiceAsFastUpToALimit() throws IOException {
        FilmPainter brief = film(100);
        assertThat(brief.speed()).isEqualTo(1);
        assertThat(pictures(brief.paint(2).gif())).isEqualTo(100 / 4 + PAUSE);

        FilmPainter longer = film(600);
        assertThat(longer.speed()).isEqualTo(2);
        assertThat(pictures(longer.paint(2).gif())).isEqualTo(600 / 8 + PAUSE);

        FilmPainter cut = film(2000);
        assertThat(cut.seconds()).isEqualTo(16);
        assertThat(pictures(cut.paint(2).gif())).isEqualTo(800 / 8 + PAUSE);
    }

    @Test
    void theStillIsTheEndOfTheLongestEpisode() {
        assertThat(film(10, 100).paint(2).still().png())
                .isEqualTo(film(10, 100).paint(2).still().png())
                .isNotEqualTo(film(10, 50).paint(2).still().png());
    }

    @Test
    void rowsAreAsLongAsEachOther() {
        FilmPainter five = film(1, 1, 1, 1, 1);
        Picture three = five.paint(4).still();
        Picture two = five.paint(2).still();

        assertThat(three.width()).isEqualTo(film(1, 1, 1).paint(4).still().width());
        assertThat(three.height()).isEqualTo(film(1, 1, 1, 1).paint(2).still().height());
        assertThat(two.width()).isEqualTo(film(1, 1).paint(4).still().width());
        assertThat(two.height()).isGreaterThan(three.height());
    }

    /** Episodes of so many steps straight ahead. */
    private static FilmPainter film(int... steps) {
        return new FilmPainter(
                "film",
                Arrays.stream(steps).mapToObj(count -> new Clip(straight(count), 0)).toList());
    }

    private static Recording straight(int steps) {
        List<Scene> scenes = new ArrayList<>();
        for (int t = 0; t <= steps; t++) {
            Scene.Pose robot = new Scene.Pose(-1 + 0.01 * t, 0, 0);
            scenes.add(new Scene(2, robot, new Scene.Disc(1, 1, 0.3), List.of(), List.of()));
        }
        Recording.Step step = new Recording.Step(new float[2], new float[0], new float[0], 0, 0);
        return new Recording(
                Scenario.load("open"), "straight", 0, scenes, Collections.nCopies(steps, step));
    }

    private static int pictures(byte[] gif) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(gif))) {
            reader.setInput(in);
            return reader.getNumImages(true);
        } finally {
            reader.dispose();
        }
    }
}
