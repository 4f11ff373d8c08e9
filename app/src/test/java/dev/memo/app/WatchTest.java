package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memo.render.scene.Theme;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The window from outside: its own process on a screen in memory (Xvfb), keys as a person presses
 * them (xdotool), and what the screen then shows (ffmpeg). Skipped where one of the three is
 * missing.
 */
@Timeout(300)
class WatchTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final long PATIENCE_SECONDS = 60;

    /**
     * The middle of the square in the colour of the mode that acts, from the right upper corner.
     */
    private static final int LABEL_LEFT = 170;

    private static final int LABEL_TOP = 51;

    @TempDir Path folder;

    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private Process screen;
    private Process window;
    private String display;

    @BeforeEach
    void openScreen() throws IOException {
        for (String tool : List.of("Xvfb", "xdotool", "ffmpeg")) {
            boolean found =
                    Stream.of(System.getenv("PATH").split(File.pathSeparator))
                            .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
            assumeTrue(found, tool + " is not installed: the window is not tested");
        }
        screen =
                new ProcessBuilder(
                                "Xvfb",
                                "-displayfd",
                                "1",
                                "-nolisten",
                                "tcp",
                                "-screen",
                                "0",
                                "1280x800x24")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        display = ":" + screen.inputReader().readLine();
    }

    @AfterEach
    void closeScreen() {
        Stream.of(window, screen)
                .filter(process -> process != null)
                .forEach(Process::destroyForcibly);
    }

    private Path trainedRun() {
        Path data = folder.resolve("data");
        Path run = folder.resolve("run");
        String[] collect = {
            "collect", "goal1", "--experts", "goal,forward", "--episodes", "4", "--steps", "400"
        };
        String[] train = {
            "train", "memo", "--modes", "2", "--epochs", "2", "--iterations", "20", "--batch", "64"
        };
        assertThat(Invocation.of(with(collect, "--out", data, "--quiet")).code()).isZero();
        String[] where = with(train, "--data", data, "--out", run, "--quiet");
        assertThat(Invocation.of(where).code()).isZero();
        return run;
    }

    private static String[] with(String[] words, Object... more) {
        List<String> all = new ArrayList<>(List.of(words));
        Arrays.stream(more).map(Object::toString).forEach(all::add);
        return all.toArray(String[]::new);
    }

    private void open(Path run) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-modules=jdk.incubator.vector",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Djava.awt.headless=true",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.memo.app.Main",
                                "watch",
                                run.toString(),
                                "--size",
                                WIDTH + "x" + HEIGHT,
                                "--out",
                                folder.toString(),
                                "--json"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(folder.resolve("window.err").toFile());
        builder.environment().put("DISPLAY", display);
        window = builder.start();
        Thread.ofPlatform().daemon().start(this::readEvents);
    }

    private void readEvents() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(window.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line; (line = lines.readLine()) != null; ) {
                events.add(JsonMapper.shared().readTree(line));
            }
        } catch (IOException _) {
            // The test is over.
        }
    }

    private JsonNode next(String name) throws Exception {
        JsonNode event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(event)
                .as("event %s; %s", name, Files.readString(folder.resolve("window.err")))
                .isNotNull();
        assertThat(event.path("event").asString()).isEqualTo(name);
        return event;
    }

    private void press(String key) throws Exception {
        run("xdotool", "key", key);
    }

    private void run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("DISPLAY", display);
        assertThat(builder.start().waitFor()).as(String.join(" ", command)).isZero();
    }

    private BufferedImage screenshot() throws Exception {
        Path file = folder.resolve("screen.png");
        run(
                "ffmpeg",
                "-loglevel",
                "error",
                "-y",
                "-f",
                "x11grab",
                "-draw_mouse",
                "0",
                "-i",
                display,
                "-frames:v",
                "1",
                file.toString());
        return ImageIO.read(file.toFile());
    }

    /** Looks at the screen until it shows what it should. */
    private static void await(String what, Callable<Boolean> seen) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!seen.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
        }
    }

    private void awaitColor(int x, int y, int color) throws Exception {
        String what = "%06x at %d, %d".formatted(color & 0xFFFFFF, x, y);
        await(what, () -> screenshot().getRGB(x, y) == color);
    }

    /** How much of the column beside one world has a colour. */
    private static double shareOnTheRight(BufferedImage image, int color) {
        int found = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = WIDTH - LABEL_LEFT; x < WIDTH; x++) {
                found += image.getRGB(x, y) == color ? 1 : 0;
            }
        }
        return (double) found / (LABEL_LEFT * HEIGHT);
    }

    private static boolean same(BufferedImage one, BufferedImage other) {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                if (one.getRGB(x, y) != other.getRGB(x, y)) {
                    return false;
                }
            }
        }
        return true;
    }

    @Test
    void keysChangeWhatTheScreenShows() throws Exception {
        open(trainedRun());
        assertThat(next("opened").path("view").asString()).isEqualTo("arena");
        awaitColor(WIDTH - LABEL_LEFT, LABEL_TOP, Theme.DARK.modes().get(0));

        press("1");
        assertThat(next("mode").path("mode").asInt()).isEqualTo(1);
        awaitColor(WIDTH - LABEL_LEFT, LABEL_TOP, Theme.DARK.modes().get(1));

        BufferedImage before = screenshot();
        assertThat(shareOnTheRight(before, Theme.DARK.floor())).isZero();
        await("worlds move", () -> !same(before, screenshot()));
        press("space");
        next("paused");
        await("worlds stand still", () -> same(screenshot(), screenshot()));
        BufferedImage paused = screenshot();
        press("Right");
        next("paused");
        await("one step is seen", () -> !same(paused, screenshot()));
        press("space");
        next("resumed");
        press("Up");
        assertThat(next("speed").path("speed").asDouble()).isEqualTo(2);
        press("n");
        assertThat(next("world").path("world").asInt()).isEqualTo(1);
        press("f");
        assertThat(next("view").path("view").asString()).isEqualTo("follow");
        press("f");
        assertThat(next("view").path("view").asString()).isEqualTo("arena");

        press("v");
        assertThat(next("view").path("view").asString()).isEqualTo("follow");
        press("v");
        assertThat(next("view").path("view").asString()).isEqualTo("mosaic");
        // Where the column beside one world was, there are worlds, and gaps between them.
        awaitColor(1, HEIGHT - 1, Theme.DARK.ground());
        await("worlds", () -> shareOnTheRight(screenshot(), Theme.DARK.floor()) > 0.3);

        press("s");
        String saved = next("saved").path("file").asString();
        BufferedImage picture = ImageIO.read(new File(saved));
        assertThat(picture.getWidth()).isEqualTo(WIDTH);
        assertThat(picture.getHeight()).isEqualTo(HEIGHT);

        run("xdotool", "search", "--name", "MEMO", "windowsize", "800", "600");
        press("v");
        assertThat(next("view").path("view").asString()).isEqualTo("modes");
        press("t");
        next("driving");
        run("xdotool", "keydown", "w");
        BufferedImage begin = screenshot();
        await("the driven world moves", () -> !same(begin, screenshot()));
        run("xdotool", "keyup", "w");
        press("t");
        next("steering");
        press("v");
        assertThat(next("view").path("view").asString()).isEqualTo("arena");
        awaitColor(800 - LABEL_LEFT, LABEL_TOP, Theme.DARK.modes().get(1));

        press("Escape");
        assertThat(next("closed").path("frames").asLong()).isPositive();
        assertThat(window.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(window.exitValue()).isZero();
    }

    @Test
    void withoutAScreenItSaysSoInOneLine() {
        assumeTrue(System.getenv("DISPLAY") == null && System.getenv("WAYLAND_DISPLAY") == null);
        Invocation memo = Invocation.of("watch", "goal");
        assertThat(memo.code()).isEqualTo(1);
        assertThat(memo.err().lines()).hasSize(1);
        assertThat(memo.err()).contains("no screen", "memo render");
    }
}
