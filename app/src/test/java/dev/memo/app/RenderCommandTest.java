package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Smoke: pictures of recordings through the command line, and what is refused. */
class RenderCommandTest {
    @TempDir Path folder;

    private Path recordings;

    @BeforeEach
    void record() throws IOException {
        Path scenario = folder.resolve("short.json");
        Files.writeString(scenario, Scenario.load("goal1").withEpisodeSteps(25).toJson());
        recordings = folder.resolve("recordings");
        Invocation memo =
                Invocation.of(
                        "record",
                        "goal,circle",
                        "--scenario",
                        scenario.toString(),
                        "--out",
                        recordings.toString(),
                        "--quiet");
        assertThat(memo.code()).as(memo.err()).isZero();
    }

    private Invocation render(Object... more) {
        List<String> words = new ArrayList<>(List.of("render"));
        for (Object word : more) {
            words.add(word.toString());
        }
        words.add("--quiet");
        return Invocation.of(words.toArray(String[]::new));
    }

    private Path at(String name) {
        return folder.resolve(name);
    }

    @Test
    void aStillShowsAllRecordingsOfAFolder() throws IOException {
        Invocation memo = render(recordings, "--out", at("a.png"), "--size", "320x180", "--json");
        assertThat(memo.code()).as(memo.err()).isZero();
        JsonNode figures = JsonMapper.shared().readTree(memo.out());
        assertThat(figures.propertyNames())
                .containsExactly("out", "frames", "width", "height", "renderer", "seconds");
        assertThat(ImageIO.read(at("a.png").toFile()).getWidth()).isEqualTo(320);
    }

    @Test
    void anAnimationLastsAsLongAsItWasTold() throws IOException {
        Path one = recordings.resolve("goal.0.safetensors");
        Invocation memo =
                render(one, "--out", at("a.gif"), "--size", "64x64", "--to", 0.4, "--speed", 0.5);
        assertThat(memo.code()).as(memo.err()).isZero();
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(ImageIO.createImageInputStream(at("a.gif").toFile()));
        // 0.8 s at 20 pictures a second, and the one at the end.
        assertThat(reader.getNumImages(true)).isEqualTo(17);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --out a.png --to 9          | within the recordings' 0.50 s
                    --out a.gif --from 0.4 --to 0.1 | must be in order
                    --out a.png --from 0.1      | a still shows one moment
                    --out a.png --fps 10        | a still shows one moment
                    --out a.png --view arena    | there are 2 recordings
                    --out a.png --view above    | must be one of arena, follow, mosaic, modes
                    --out a.png --speed 1e-9    | from 0.0625 to 64.0
                    --out a.png --size 9x9      | width and height in pixels
                    --out a.png --scale 1000    | from 0.25 to 8.0
                    --out a.png --theme red     | must be dark or light
                    --out a.bmp                 | .png
                    --out /                     | /
                    --view modes                | --out""")
    void whatCannotBeIsRefused(String flags, String why) {
        List<Object> words = new ArrayList<>(List.of(recordings));
        for (String word : flags.strip().split(" +")) {
            words.add(word.startsWith("a.") ? at(word) : word);
        }
        Invocation memo = render(words.toArray());
        assertThat(memo.code()).as(memo.err()).isEqualTo(2);
        assertThat(memo.err()).contains(why);
        assertThat(at("a.png")).doesNotExist();
        assertThat(at("a.gif")).doesNotExist();
    }

    @Test
    void benchRenderMeasuresEveryView() {
        Invocation memo =
                Invocation.of(
                        "bench",
                        "render",
                        "--size",
                        "160x90",
                        "--seconds",
                        "0.01",
                        "--repeat",
                        "1",
                        "--scenario",
                        "goal0",
                        "--json",
                        "--quiet");
        assertThat(memo.code()).as(memo.err()).isZero();
        assertThat(memo.out().lines().map(JsonMapper.shared()::readTree))
                .extracting(line -> line.path("view").asString())
                .contains("arena", "follow", "modes", "mosaic");
        assertThat(memo.out()).contains("Java2D");
    }
}
