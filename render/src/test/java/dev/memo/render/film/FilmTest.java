package dev.memo.render.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import dev.memo.render.Difference;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilmTest {
    private static final int WIDTH = 9;
    private static final int HEIGHT = 7;

    @TempDir Path folder;

    private static BufferedImage picture() {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            picture.setRGB(i % WIDTH, i / WIDTH, i * 0x030507);
        }
        return picture;
    }

    @Test
    void aPngIsThePicture() throws IOException {
        Path file = folder.resolve("still.png");
        try (Film film = Film.open(file, WIDTH, HEIGHT, 1)) {
            film.add(picture());
            film.finish();
        }
        BufferedImage read = ImageIO.read(file.toFile());
        assertThat(Difference.of(read, picture()).share(0)).isZero();
        assertThat(folder.toFile().list()).containsExactly("still.png");
    }

    @Test
    void aPngHoldsOnePicture() {
        try (Film film = Film.open(folder.resolve("still.png"), WIDTH, HEIGHT, 1)) {
            film.add(picture());
            assertThatThrownBy(() -> film.add(picture()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a PNG holds one picture");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"film.webm", "film", "gif", "film.gif.zip"})
    void refusesOtherEndings(String name) {
        Path file = folder.resolve(name);
        assertThatThrownBy(() -> Film.open(file, WIDTH, HEIGHT, 10))
                .isInstanceOf(InputException.class)
                .hasMessage(file + ": a film's name ends in .mp4, .gif or .png");
    }

    @ParameterizedTest
    @CsvSource({"0, 7", "9, -1", "16385, 7", "9, 16385"})
    void refusesSizes(int width, int height) {
        assertThatThrownBy(() -> Film.open(folder.resolve("a.mp4"), width, height, 10))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "a.mp4: %d x %d pixels: a side has 1 to 16384".formatted(width, height));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 0.009, 1000.1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesRates(double rate) {
        assertThatThrownBy(() -> Film.open(folder.resolve("a.mp4"), WIDTH, HEIGHT, rate))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(rate + " pictures per second: must be 0.01 to 1000");
    }

    @Test
    void refusesPlacesWhereNoFileCanBe() throws IOException {
        Path below = folder.resolve("none/a.gif");
        assertThatThrownBy(() -> Film.open(below, WIDTH, HEIGHT, 10))
                .isInstanceOf(InputException.class)
                .hasMessage(below + ": there is no folder " + below.getParent());
        Path directory = Files.createDirectory(folder.resolve("a.gif"));
        assertThatThrownBy(() -> Film.open(directory, WIDTH, HEIGHT, 10))
                .isInstanceOf(InputException.class)
                .hasMessage(directory + ": is a folder");
    }

    @Test
    void refusesPicturesOfAnotherSizeOrType() {
        try (Film film = Film.open(folder.resolve("a.gif"), WIDTH, HEIGHT, 10)) {
            assertThatThrownBy(
                            () ->
                                    film.add(
                                            new BufferedImage(
                                                    HEIGHT, WIDTH, BufferedImage.TYPE_INT_RGB)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("7 x 9 pixels");
            assertThatThrownBy(
                            () ->
                                    film.add(
                                            new BufferedImage(
                                                    WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("type INT_RGB");
        }
    }

    @Test
    void aFilmThatIsNotFinishedLeavesWhatWasThere() throws IOException {
        Path file = Files.writeString(folder.resolve("a.gif"), "before");
        try (Film film = Film.open(file, WIDTH, HEIGHT, 10)) {
            film.add(picture());
        }
        assertThat(file).hasContent("before");
        assertThat(folder.toFile().list()).containsExactly("a.gif");
    }

    @Test
    void afterItsEndItTakesNothing() {
        Film film = Film.open(folder.resolve("a.gif"), WIDTH, HEIGHT, 10);
        assertThatThrownBy(film::finish)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a film needs a picture");
        film.add(picture());
        film.finish();
        film.close();
        assertThatThrownBy(() -> film.add(picture())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(film::finish).isInstanceOf(IllegalStateException.class);
        assertThat(folder.resolve("a.gif")).exists();
    }
}
