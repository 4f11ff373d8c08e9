package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Smoke: what a person sees of a scenario file. */
class ScenarioCommandTest {
    private static final Path PAGE = Path.of("../docs/scenarios.md");

    @TempDir Path folder;

    @Test
    void saysAndDrawsEveryScenarioOfTheDocumentation() throws IOException {
        String page = Files.readString(PAGE);
        List<String> blocks =
                Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
                        .matcher(page)
                        .results()
                        .map(block -> block.group(1))
                        .toList();
        StringBuilder said = new StringBuilder();
        for (String json : blocks) {
            Path file = Files.writeString(folder.resolve("my.json"), json);
            Path png = folder.resolve("my.png");
            Invocation memo =
                    Invocation.of("scenario", "check", file.toString(), "--out", png.toString());
            assertThat(memo.code()).as(memo.err()).isZero();
            assertThat(colours(ImageIO.read(png.toFile()))).isGreaterThan(10);
            said.append(memo.out());
        }
        List<String> quoted =
                page.lines()
                        .filter(line -> line.matches(" {4}(The robot|The goal|Hazards:|A step) .*"))
                        .map(String::strip)
                        .toList();
        assertThat(quoted).hasSize(4);
        assertThat(said.toString().lines()).containsAll(quoted);
    }

    private static long colours(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
        return Arrays.stream(pixels).distinct().count();
    }

    @Test
    void namesTheRuleThatAFileBreaks() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("my.json"),
                        "{\"name\": \"my\", \"description\": \"Mine.\", \"extent\": 1e6}");

        Invocation memo = Invocation.of("scenario", "check", file.toString());

        assertThat(memo.code()).isNotZero();
        assertThat(memo.err())
                .isEqualTo("memo: " + file + ": $.extent: 1000000: must be at most 1000\n");
    }
}
