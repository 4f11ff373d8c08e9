package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Smoke: what a person and a program see of a replay. */
class ReplayCommandTest {
    /** Recorded from Safety-Gymnasium; the world's tests have it. */
    private static final Path GOLDEN = Path.of("../sim/src/test/resources/golden");

    private static final Path CIRCLE = GOLDEN.resolve("motion-circle.json");
    private static final Path EPISODE = GOLDEN.resolve("episode-goal2-0.json");

    @TempDir Path folder;

    @Test
    void showsATablePerPartAndWhereThePathsPart() {
        Invocation memo = Invocation.of("replay", EPISODE.toString());

        assertThat(memo.code()).as(memo.err()).isZero();
        assertThat(memo.out().lines())
                .contains(
                        "episode: " + EPISODE,
                        "given the recorded states",
                        "given the recorded states, while the robot touches a vase",
                        "one step from each recorded state",
                        "open loop, every step",
                        "open loop, the paths are 10 cm apart at no step")
                .anyMatch(line -> line.matches(" +reward +1000 .* 2.0e-06 +\\d+ % .* within"))
                .anyMatch(line -> line.matches(" +goal_met +1000 +0 +0 +exact +within"))
                .anyMatch(line -> line.matches(" +vases \\(m\\) .* not judged"))
                .anyMatch(line -> line.matches("open loop, cost_hazards in \\d+ steps; .* 32"));
    }

    @Test
    void drawsBothPathsAndTheirDistance() throws IOException {
        Path png = folder.resolve("circle.png");

        Invocation memo = Invocation.of("replay", CIRCLE.toString(), "--plot", png.toString());

        assertThat(memo.code()).as(memo.err()).isZero();
        assertThat(memo.out()).endsWith("Both paths are drawn in " + png + "\n");
        assertThat(ImageIO.read(png.toFile()).getHeight()).isEqualTo(2 * (360 + 260));
    }

    @Test
    void aChangedNumberFailsTheRunAndIsNamed() throws IOException {
        String json = Files.readString(EPISODE);
        assertThat(json).contains("0.1555008");
        Path file = folder.resolve("changed.json");
        Files.writeString(file, json.replace("0.1555008", "0.1556008"));

        Invocation memo = Invocation.of("replay", file.toString());

        assertThat(memo.code()).isEqualTo(1);
        assertThat(memo.out()).contains("OUTSIDE");
        assertThat(memo.err())
                .isEqualTo(
                        "memo: "
                                + file
                                + ": outside the tolerance: reward given the recorded states;"
                                + " position one step from each recorded state\n");
        JsonNode figures = figures(Invocation.of("replay", file.toString(), "--json"));
        assertThat(figures.path("within").asBoolean()).isFalse();
    }

    @Test
    void givesAProgramEveryFigure() {
        Invocation memo = Invocation.of("replay", CIRCLE.toString(), "--json");

        assertThat(memo.code()).as(memo.err()).isZero();
        JsonNode figures = figures(memo);
        assertThat(figures.path("kind").asString()).isEqualTo("motion");
        assertThat(figures.path("within").asBoolean()).isTrue();
        JsonNode reward =
                figures.path("quantities")
                        .valueStream()
                        .filter(q -> q.path("quantity").asString().equals("reward"))
                        .findFirst()
                        .orElseThrow();
        assertThat(reward.path("part").asString()).isEqualTo("given_states");
        assertThat(reward.path("tolerance").asDouble()).isEqualTo(2e-6);
        assertThat(reward.path("largest").asDouble()).isBetween(1e-7, 2e-6);
        assertThat(reward.path("verdict").asString()).isEqualTo("within");
        JsonNode last = figures.path("quantities").get(figures.path("quantities").size() - 1);
        assertThat(last.path("part").asString()).isEqualTo("open_loop");
        assertThat(last.path("tolerance").isNull()).isTrue();
    }

    private static JsonNode figures(Invocation memo) {
        assertThat(memo.out().lines()).hasSize(1);
        return JsonMapper.shared().readTree(memo.out());
    }

    @Test
    void momentsHaveNoPathToDraw() {
        Path lidar = GOLDEN.resolve("lidar.json");

        Invocation memo = Invocation.of("replay", lidar.toString(), "--plot", "lidar.png");

        assertThat(memo.code()).isEqualTo(2);
        assertThat(memo.err()).startsWith("memo: --plot: " + lidar + " has single moments");
        assertThat(Invocation.of("replay", lidar.toString()).code()).isZero();
    }
}
