package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Smoke: small runs described through the command line and in the report. */
class CardsTest {
    /** Made by Python; the learner's tests have it. */
    private static final Path FOREIGN =
            Path.of("../learner/src/test/resources/golden/minari-foreign");

    private static final String TRAIN =
            "train memo --modes 2 --epochs 2 --iterations 20 --batch 32 --hidden 16"
                    + " --autoencoder-hidden 8 --step 5 --quiet";

    @TempDir Path folder;

    private Path at(String name) {
        return folder.resolve(name);
    }

    private static Invocation memo(String words, Object... more) {
        List<String> all = new ArrayList<>(List.of(words.split(" ")));
        Arrays.stream(more).map(Object::toString).forEach(all::add);
        Invocation memo = Invocation.of(all.toArray(String[]::new));
        assertThat(memo.code()).as(memo.err()).isZero();
        return memo;
    }

    private JsonNode cards(Object... flags) {
        Invocation memo = memo("cards " + at("run") + " --quiet --json", flags);
        return JsonMapper.shared().readTree(memo.out());
    }

    private String report() throws IOException {
        memo("report", at("run"));
        return Files.readString(at("run").resolve("report.html"));
    }

    @Test
    void aRunIsDescribedByRolloutsAndItsNearestEpisodes() throws IOException {
        memo(
                "collect open --experts forward,circle --episodes 20 --steps 120 --quiet --out",
                at("data"));
        memo(TRAIN, "--data", at("data"), "--out", at("run"));
        JsonNode cards = cards();

        Path file = at("run").resolve("cards.json");
        assertThat(JsonMapper.shared().readTree(Files.readString(file)).path("found"))
                .isEqualTo(cards);
        assertThat(cards.path("rollouts").asInt()).isEqualTo(100);
        assertThat(cards.path("modes")).hasSize(2);
        double usage = 0;
        for (JsonNode mode : cards.path("modes")) {
            usage += mode.path("share_of_steps").asDouble();
            assertThat(mode.path("means")).hasSameSizeAs(cards.path("descriptors"));
            assertThat(mode.at("/motion/x")).hasSize(101);
            for (JsonNode episode : mode.path("nearest")) {
                // Where the data's own seed puts the robot, its recorded path begins.
                assertThat(episode.at("/start/robot/x").asDouble())
                        .isCloseTo(episode.at("/x/0").asDouble(), within(0.001));
                assertThat(episode.at("/start/hazards")).isNotEmpty();
            }
        }
        assertThat(usage).isCloseTo(1, within(1e-12));
        assertThat(cards.at("/modes/0/nearest")).isNotEmpty();
        assertThat(cards.at("/fidelity/segments").asInt()).isEqualTo(100);
        assertThat(cards.at("/fidelity_in_data/segments").asInt()).isEqualTo(8);
        assertThat(cards.at("/transitions/probabilities/1")).hasSize(2);

        // Steered modes, told apart.
        assertThat(memo("cards --quiet", at("run")).out())
                .contains("mode 0: ", "a tree that tells the modes apart:", "[", "stays ");
        assertThat(report())
                .contains("What each mode is", "alt=\"Where mode 1 takes the robot in two seconds")
                .contains("alt=\"Paths of real episodes of mode 0", "Changes from code to code");
    }

    @Test
    void theSameBytesWithoutKnowingWhoActedAndWithAnyThreads() throws IOException {
        memo(
                "collect open --experts goal,circle --episodes 6 --steps 60 --quiet --out",
                at("data"));
        memo(TRAIN, "--data", at("data"), "--out", at("run"));
        Path file = at("run").resolve("cards.json");
        cards("--threads", 1);
        byte[] before = Files.readAllBytes(file);
        Files.delete(at("data").resolve("part-00000-v0/experts.json"));
        cards("--threads", 2);
        assertThat(file).hasBinaryContent(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pendulum-v0", "point-goal1-v0", "minimum-v0", "minimum-dict-v0"})
    void dataFromElsewhereAreDescribedByTheirColumns(String name) throws IOException {
        Path data = FOREIGN.resolve(name);
        memo(TRAIN, "--features", "observation", "--data", data, "--out", at("run"));
        JsonNode cards = cards();
        assertThat(cards.path("rollouts").asInt()).isZero();
        assertThat(cards.at("/descriptors/0/name").asString()).startsWith("mean of ");
        assertThat(cards.at("/modes/0/motion").isNull()).isTrue();
        for (JsonNode mode : cards.path("modes")) {
            assertThat(mode.path("traits")).isEmpty();
        }
        assertThat(report()).contains("What each mode is", "in the held-out episodes of the data");
    }

    @Test
    void onlyARunOfMemoHasModes() throws IOException {
        Files.createDirectories(at("run"));
        Files.writeString(at("run").resolve("config.json"), "{\"learner\": \"ppo\"}");
        Invocation refused = Invocation.of("cards", at("run").toString());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("learner \"ppo\": must be \"memo\"");
        assertThat(Invocation.of("cards", at("run").toString(), "--out", "x").err())
                .contains("--out: cards go into the run's folder");
    }
}
