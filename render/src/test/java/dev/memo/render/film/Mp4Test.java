package dev.memo.render.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.memo.base.InputException;
import dev.memo.render.Difference;
import dev.memo.render.canvas.ImageRenderer;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Videos by ffmpeg where it is installed; how it can fail, by scripts in its place. */
class Mp4Test {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final int SECONDS = 20;

    /** Writes some bytes where a video should be, and stays. */
    private static final String STAYS =
            """
            for last; do :; done
            echo half > "$last"
            exec sleep 60
            """;

    @TempDir Path folder;

    @AfterEach
    void leavesNoProcess() {
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    private static void assumeFfmpeg() {
        assumeThat(Stream.of("ffmpeg", "ffprobe"))
                .as("ffmpeg is not installed")
                .allMatch(
                        program ->
                                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                        .anyMatch(
                                                path ->
                                                        Files.isExecutable(
                                                                Path.of(path, program))));
    }

    private static BufferedImage picture(int width, int height, int number) {
        return new ImageRenderer(width, height, 1)
                .render(
                        canvas -> {
                            canvas.rectangle(0, 0, width, height, 0xFFF4F4F0);
                            canvas.box(20, 30, 12, 12, 0, 0, 0xFF4060FF, 0, 0);
                            canvas.disc(60 + number, 30, 16, 0xFFD7263D);
                        });
    }

    private static void make(Path file, int width, int height, double rate, int pictures) {
        try (Film film = Film.open(file, width, height, rate)) {
            for (int i = 0; i < pictures; i++) {
                film.add(picture(width, height, i));
            }
            film.finish();
        }
    }

    private static byte[] output(String... command) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.onExit().join().exitValue()).isZero();
        return output;
    }

    private static List<String> probed(Path file) throws IOException {
        byte[] output =
                output(
                        "ffprobe",
                        "-v",
                        "error",
                        "-count_frames",
                        "-show_entries",
                        "stream=codec_name,width,height,pix_fmt,color_space,r_frame_rate,nb_read_frames",
                        "-of",
                        "default=noprint_wrappers=1",
                        file.toString());
        return new String(output, StandardCharsets.UTF_8).lines().toList();
    }

    private static BufferedImage decoded(Path file, int number, int width, int height)
            throws IOException {
        byte[] bytes =
                output(
                        "ffmpeg",
                        "-i",
                        file.toString(),
                        "-vf",
                        "select=eq(n\\," + number + ")",
                        "-frames:v",
                        "1",
                        "-f",
                        "rawvideo",
                        "-pix_fmt",
                        "rgb24",
                        "-");
        assertThat(bytes).hasSize(3 * width * height);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            int color =
                    (bytes[3 * i] & 0xFF) << 16
                            | (bytes[3 * i + 1] & 0xFF) << 8
                            | bytes[3 * i + 2] & 0xFF;
            image.setRGB(i % width, i / width, color);
        }
        return image;
    }

    private Path script(String text) throws IOException {
        Path script = Files.writeString(folder.resolve("ffmpeg.sh"), "#!/bin/sh\n" + text);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    private Film open(Path script) {
        return Film.open(folder.resolve("a.mp4"), WIDTH, HEIGHT, 10, script.toString());
    }

    private void assertOnlyTheScriptIsThere() {
        assertThat(folder.toFile().list()).containsExactly("ffmpeg.sh");
    }

    @Test
    void hasThePicturesTheirSizeAndTheirRate() throws IOException {
        assumeFfmpeg();
        Path file = folder.resolve("a.mp4");
        make(file, WIDTH, HEIGHT, 12.5, 9);
        assertThat(probed(file))
                .containsExactlyInAnyOrder(
                        "codec_name=h264",
                        "width=96",
                        "height=64",
                        "pix_fmt=yuv420p",
                        "color_space=bt709",
                        "r_frame_rate=25/2",
                        "nb_read_frames=9");
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes.indexOf("moov"))
                .as("begins before all is there")
                .isLessThan(bytes.indexOf("mdat"));
        assertThat(folder.toFile().list()).containsExactly("a.mp4");
    }

    @Test
    void showsThePictures() throws IOException {
        assumeFfmpeg();
        Path file = folder.resolve("a.mp4");
        make(file, WIDTH, HEIGHT, 10, 9);
        for (int number : new int[] {0, 8}) {
            Difference difference =
                    Difference.of(
                            decoded(file, number, WIDTH, HEIGHT), picture(WIDTH, HEIGHT, number));
            // Colours have half the resolution, so edges differ.
            assertThat(difference.mean()).isLessThan(4);
            assertThat(difference.share(16)).isLessThan(0.05);
        }
    }

    @Test
    void anOddSideRepeatsItsEdge() throws IOException {
        assumeFfmpeg();
        Path file = folder.resolve("odd.mp4");
        make(file, 95, 63, 10, 2);
        BufferedImage decoded = decoded(file, 0, 96, 64);
        Difference difference =
                Difference.of(copy(decoded.getSubimage(0, 0, 95, 63)), picture(95, 63, 0));
        assertThat(difference.mean()).isLessThan(4);
        BufferedImage corner = copy(decoded.getSubimage(88, 56, 8, 8));
        BufferedImage ground = copy(picture(95, 63, 0).getSubimage(80, 50, 8, 8));
        assertThat(Difference.of(corner, ground).share(8)).isZero();
    }

    private static BufferedImage copy(BufferedImage part) {
        BufferedImage image =
                new BufferedImage(part.getWidth(), part.getHeight(), BufferedImage.TYPE_INT_RGB);
        image.createGraphics().drawImage(part, 0, 0, null);
        return image;
    }

    @Test
    void anAbandonedFilmLeavesNothing() {
        assumeFfmpeg();
        assertThatThrownBy(
                        () -> {
                            try (Film film =
                                    Film.open(folder.resolve("a.mp4"), WIDTH, HEIGHT, 10)) {
                                film.add(picture(WIDTH, HEIGHT, 0));
                                throw new IllegalStateException("the picture after it failed");
                            }
                        })
                .hasMessage("the picture after it failed");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysWhatToDoWithoutFfmpeg() {
        Path absent = folder.resolve("no-ffmpeg");
        assertThatThrownBy(() -> open(absent))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a.mp4: a video needs ffmpeg, which does not start")
                .hasMessageContaining(absent.toString())
                .hasMessageEndingWith("or take .gif or .png");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFailureAtOnceIsToldInFfmpegsWords() throws IOException {
        Path script = script("echo \"Unknown encoder 'libx264'\" >&2\nexit 3\n");
        assertThatThrownBy(
                        () -> {
                            try (Film film = open(script)) {
                                for (int i = 0; i < 100; i++) {
                                    film.add(picture(WIDTH, HEIGHT, i));
                                }
                            }
                        })
                .isInstanceOf(InputException.class)
                .hasMessage(
                        folder.resolve("a.mp4")
                                + ": ffmpeg failed with status 3: Unknown encoder 'libx264'");
        assertOnlyTheScriptIsThere();
    }

    @Test
    void aFailureAtTheEndIsToldHoweverMuchWasSaidBefore() throws IOException {
        // More than a pipe holds, before it reads the first picture.
        Path script =
                script(
                        """
                        for last; do :; done
                        yes "a warning" | head -c 1000000 >&2
                        cat > "$last"
                        echo "No space left on device" >&2
                        exit 1
                        """);
        assertThatThrownBy(
                        () -> {
                            try (Film film = open(script)) {
                                for (int i = 0; i < 20; i++) {
                                    film.add(picture(WIDTH, HEIGHT, i));
                                }
                                film.finish();
                            }
                        })
                .isInstanceOf(InputException.class)
                .hasMessageContaining("ffmpeg failed with status 1: ")
                .hasMessageEndingWith("No space left on device")
                .extracting(Throwable::getMessage)
                .satisfies(message -> assertThat(message.length()).isLessThan(5_000));
        assertOnlyTheScriptIsThere();
    }

    @Test
    void aProgramThatWritesNoFileIsAFailure() throws IOException {
        try (Film film = open(script("cat > /dev/null\n"))) {
            film.add(picture(WIDTH, HEIGHT, 0));
            assertThatThrownBy(film::finish)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("a.mp4: cannot be written");
        }
        assertOnlyTheScriptIsThere();
    }

    @Test
    void anInterruptionLeavesNothing() throws IOException {
        try (Film film = open(script(STAYS))) {
            film.add(picture(WIDTH, HEIGHT, 0));
            Thread.currentThread().interrupt();
            assertThatThrownBy(film::finish)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertOnlyTheScriptIsThere();
    }

    @Test
    void theEndOfTheJvmLeavesNothing() throws Exception {
        Process jvm =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-Xmx64m",
                                "-Djava.awt.headless=true",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Work.class.getName(),
                                folder.resolve("a.mp4").toString(),
                                script(STAYS).toString())
                        .start();
        assertThat(jvm.inputReader().readLine()).isEqualTo("half");
        List<ProcessHandle> ffmpeg = jvm.descendants().toList();
        assertThat(ffmpeg).hasSize(1);

        jvm.destroy();

        assertThat(jvm.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        ffmpeg.getFirst().onExit().get(SECONDS, TimeUnit.SECONDS);
        assertOnlyTheScriptIsThere();
    }

    /** Begins a film and waits for its end. */
    static final class Work {
        private Work() {}

        public static void main(String[] args) throws Exception {
            Path file = Path.of(args[0]);
            Film.open(file, WIDTH, HEIGHT, 10, args[1]);
            Path part = file.resolveSibling(file.getFileName() + ".part");
            while (!Files.exists(part) || Files.size(part) == 0) {
                Thread.sleep(5);
            }
            System.out.print(Files.readString(part));
            System.out.flush();
            Thread.sleep(TimeUnit.SECONDS.toMillis(SECONDS));
        }
    }
}
