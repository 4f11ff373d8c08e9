package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Smoke: a small run in changed worlds, and beside experts that it did not learn from. */
class OtherWorldsTest {
    @TempDir Path folder;

    private Path at(String name) {
        return folder.resolve(name);
    }

    private static Invocation memo(String words, Object... more) {
        List<String> all = new ArrayList<>(List.of(words.split(" ")));
        Arrays.stream(more).map(Object::toString).forEach(all::add);
        return Invocation.of(all.toArray(String[]::new));
    }

    private static void succeeds(Invocation memo) {
        assertThat(memo.code()).as(memo.err()).isZero();
    }

    private static JsonNode onlyLine(Invocation memo) {
        succeeds(memo);
        assertThat(memo.out().lines()).hasSize(1);
        return JsonMapper.shared().readTree(memo.out());
    }

    @BeforeEach
    void learn() {
        succeeds(
                memo(
                        "collect open --experts goal,circle --episodes 20 --steps 40 --noise 0.3"
                                + " --quiet --out",
                        at("data")));
        succeeds(
                memo(
                        "train memo --modes 2 --epochs 2 --iterations 20 --batch 32 --hidden 16"
                                + " --autoencoder-hidden 8 --step 5 --quiet --data",
                        at("data"),
                        "--out",
                        at("run")));
    }

    @Test
    void changedWorldsAreMeasuredDrawnAndReported() throws IOException {
        Invocation measured =
                memo("generalise --episodes 3 --quiet --json --out", at("worlds.png"), at("run"));
        JsonNode figures = onlyLine(measured);
        Path file = at("run").resolve("generalise.json");
        assertThat(Files.readString(file)).contains(measured.out().strip());
        assertThat(figures.path("episodes").asInt()).isEqualTo(3);
        assertThat(figures.path("measures").valueStream().map(JsonNode::asString))
                .contains("return", "cost", "path_length", "mean_speed");
        assertThat(
                        figures.path("worlds")
                                .valueStream()
                                .filter(world -> world.path("change").asString().equals("hazards"))
                                .map(world -> world.path("value").asInt()))
                .containsExactly(4, 6, 8, 10, 12);
        for (JsonNode world : figures.path("worlds")) {
            assertThat(world.path("refusal").isNull()).as(world.toString()).isTrue();
            assertThat(world.path("outcomes")).hasSize(2);
            for (JsonNode one : world.path("outcomes")) {
                assertThat(one.path("fidelity")).hasSize(5);
                assertThat(one.path("fidelity_interval").path("cost")).hasSize(2);
                assertThat(one.path("kept").asBoolean())
                        .isEqualTo(
                                one.path("largest").isNumber()
                                        && one.path("largest").asDouble() <= 1);
                assertThat(one.path("mode_near").asDouble()).isBetween(0.0, 1.0);
            }
        }
        BufferedImage picture = ImageIO.read(at("worlds.png").toFile());
        assertThat(picture.getWidth()).isGreaterThan(picture.getHeight());

        succeeds(memo("report", at("run")));
        assertThat(Files.readString(at("run").resolve("report.html")))
                .containsSubsequence(
                        "id=\"steering\"",
                        "id=\"generalisation\"",
                        "of 25 worlds",
                        "fidelity distance of every mode over observation noise",
                        "number of hazards: 4, as it is");
    }

    @Test
    void threadsDoNotChangeWhatIsMeasured() throws IOException {
        succeeds(memo("generalise --episodes 2 --quiet --threads 1", at("run")));
        succeeds(memo("novelty --episodes 5 --quiet --threads 1", at("run")));
        byte[] worlds = Files.readAllBytes(at("run").resolve("generalise.json"));
        byte[] novelty = Files.readAllBytes(at("run").resolve("novelty.json"));
        succeeds(memo("generalise --episodes 2 --quiet --threads 2", at("run")));
        succeeds(memo("novelty --episodes 5 --quiet --threads 2", at("run")));
        assertThat(at("run").resolve("generalise.json")).hasBinaryContent(worlds);
        assertThat(at("run").resolve("novelty.json")).hasBinaryContent(novelty);
    }

    @Test
    void changesThatThereAreNotAreSaidAndAnotherScenarioLeavesNoFile() throws IOException {
        Files.writeString(
                at("fixed.json"),
                """
                {"name": "fixed", "description": "A hazard that stands.", "extent": 2,
                 "episode_steps": 20, "hazards": {"positions": [[1, 1]]}}
                """);
        Invocation fixed =
                memo("generalise --episodes 2 --quiet --scenario", at("fixed.json"), at("run"));
        succeeds(fixed);
        assertThat(fixed.out())
                .containsPattern("hazards +6 +there is none: fixed: \\$.hazards")
                .containsPattern("thrust +1.3 +goal");
        assertThat(at("run").resolve("generalise.json")).doesNotExist();
        Invocation other = memo("generalise --episodes 2 --scenario goal0", at("run"));
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).contains("scenario 'goal0' has observations of 28");
    }

    @Test
    void expertsThatWereNotLearnedFromAreHeldAgainstTheRun() throws IOException {
        Invocation measured = memo("novelty --episodes 10 --quiet --json", at("run"));
        JsonNode figures = onlyLine(measured);
        Path file = at("run").resolve("novelty.json");
        assertThat(Files.readString(file)).contains(measured.out().strip());
        assertThat(figures.path("known_episodes").asInt()).isEqualTo(8);
        assertThat(figures.path("noise").asDouble()).isEqualTo(0.3);
        // Those that were learned from as a check; ram has no vases to look for.
        assertThat(figures.path("experts").valueStream().map(one -> one.path("expert").asString()))
                .containsExactly(
                        "goal",
                        "circle",
                        "goal-safe",
                        "forward",
                        "spin",
                        "left",
                        "square",
                        "back-forth",
                        "three-turn",
                        "six-turn",
                        "random");
        for (JsonNode one : figures.path("experts")) {
            boolean learned = List.of("goal", "circle").contains(one.path("expert").asString());
            assertThat(one.path("learned").asBoolean()).isEqualTo(learned);
            assertThat(one.path("modes").valueStream().mapToInt(JsonNode::asInt).sum())
                    .isEqualTo(10);
            assertThat(one.path("scores").propertyNames())
                    .containsExactly("likelihood", "code_distance", "neighbours");
            JsonNode score = one.path("scores").path("likelihood");
            assertThat(score.path("auroc").propertyNames()).containsExactly("mean", "low", "high");
            assertThat(score.path("fpr95").asDouble()).isBetween(0.0, 1.0);
        }

        succeeds(memo("report", at("run")));
        assertThat(Files.readString(at("run").resolve("report.html")))
                .containsSubsequence("id=\"novelty\"", "AUROC by three scores", "back forth");
    }

    @Test
    void aFolderOfDataIsHeldAgainstTheRunExpertByExpert() {
        succeeds(
                memo(
                        "collect open --experts spin,goal --episodes 3 --steps 40 --quiet --out",
                        at("more")));
        JsonNode figures = onlyLine(memo("novelty --quiet --json", at("run"), at("more")));
        assertThat(figures.path("scenario").isNull()).isTrue();
        assertThat(
                        figures.path("experts")
                                .valueStream()
                                .map(
                                        one ->
                                                one.path("expert").asString()
                                                        + one.path("learned").asBoolean()))
                .containsExactly("spinfalse", "goaltrue");
        Invocation text = memo("novelty --quiet", at("run"), at("more"));
        succeeds(text);
        assertThat(text.out()).containsPattern("spin +no +mode \\d 100 %");
    }

    @Test
    void refusesInWords() throws IOException {
        Invocation nobody = memo("novelty --quiet", at("run"), "nobody");
        assertThat(nobody.code()).isEqualTo(2);
        assertThat(nobody.err()).contains("nobody: must be random, experts (goal,");
        assertThat(memo("novelty --noise -1", at("run")).err()).contains("noise -1.0: must be");
        assertThat(memo("novelty --seed 1", at("run")).err()).contains("the run's own seed");
        assertThat(memo("novelty", at("data")).err()).contains("not the folder of a run");
        assertThat(memo("generalise", at("data")).err()).contains("not the folder of a run");
        assertThat(memo("generalise --seed 1", at("run")).err()).contains("the run's own seed");
        Invocation ram = memo("novelty --quiet", at("run"), "ram");
        assertThat(ram.code()).isEqualTo(1);
        assertThat(ram.err()).contains("vases_lidar");

        // Nobody knows who acted.
        Files.delete(at("data").resolve("part-00000-v0").resolve("experts.json"));
        Invocation unknown = memo("generalise --quiet --episodes 2", at("run"));
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("name no experts that can act");
        succeeds(memo("novelty --quiet --episodes 3", at("run"), "spin"));
    }
}
