package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.app.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Smoke: modes under control through the command line. */
class ControlCommandTest {
    @TempDir Path folder;

    private Path at(String name) {
        return folder.resolve(name);
    }

    private static Invocation memo(String words, Object... more) {
        List<String> all = new ArrayList<>(List.of(words.split(" ")));
        for (Object one : more) {
            all.add(one.toString());
        }
        return Invocation.of(all.toArray(String[]::new));
    }

    private static JsonNode figures(Invocation memo) {
        assertThat(memo.code()).as(memo.err()).isZero();
        assertThat(memo.out().lines()).hasSize(1);
        return JsonMapper.shared().readTree(memo.out());
    }

    private Path run() {
        Invocation collected =
                memo(
                        "collect open --experts goal,circle --episodes 4 --steps 40 --quiet --out",
                        at("data"));
        assertThat(collected.code()).as(collected.err()).isZero();
        Invocation trained =
                memo(
                        "train memo --modes 2 --epochs 1 --iterations 5 --batch 32 --hidden 16"
                                + " --autoencoder-hidden 8 --step 5 --quiet --data",
                        at("data"),
                        "--out",
                        at("run"));
        assertThat(trained.code()).as(trained.err()).isZero();
        return at("run");
    }

    @Test
    void aRunIsControlledAndItsReportShowsIt() throws IOException {
        Path run = run();
        Report.write(run, at("before.html"));
        assertThat(Files.readString(at("before.html"))).doesNotContain("id=\"control\"");

        String control = "control --episodes 30 --calibration 20 --cost-limit 1,2 --quiet --json";
        JsonNode figures = figures(memo(control, run));
        assertThat(figures.path("scenario").asString()).isEqualTo("open");
        assertThat(figures.path("modes")).hasSize(2);
        JsonNode limits = figures.path("limits");
        assertThat(limits.valueStream().map(at -> at.path("cost_limit").asDouble()))
                .containsExactly(1.0, 2.0);
        assertThat(limits.path(0).path("rule").propertyNames())
                .containsExactly("what", "episode_return", "episode_cost", "share", "way");

        // What is printed is what is kept, whatever the threads.
        Path file = run.resolve("control.json");
        assertThat(JsonMapper.shared().readTree(Files.readString(file)).path("found"))
                .isEqualTo(figures);
        assertThat(figures(memo(control + " --threads 1", run))).isEqualTo(figures);

        Report.write(run, at("after.html"));
        assertThat(Files.readString(at("after.html")))
                .containsSubsequence(
                        "id=\"steering\"",
                        "id=\"control\"",
                        "data:image/png;base64",
                        "At a mean cost of at most 1.00",
                        "oracle",
                        "bandit, second half",
                        "At a mean cost of at most 2.00",
                        "id=\"training\"");
    }

    @Test
    void anotherWorldIsNotTheRunsOwn() throws IOException {
        Files.writeString(
                at("short.json"),
                """
                {"name": "short", "description": "Over soon.", "extent": 1, "episode_steps": 20,
                 "hazards": {"count": 1}}
                """);
        Path run = run();
        Invocation memo =
                memo("control --episodes 5 --calibration 5 --quiet", run, at("short.json"));
        assertThat(memo.code()).as(memo.err()).isZero();
        assertThat(memo.out())
                .contains("5 layouts of short", "at a mean cost of at most", "oracle");
        assertThat(run.resolve("control.json")).doesNotExist();
    }

    @Test
    void saysWhereNothingCanKeepTheLimit() throws IOException {
        Files.writeString(
                at("full.json"),
                """
                {"name": "full", "description": "A hazard everywhere.", "extent": 1,
                 "episode_steps": 20, "hazards": {"count": 1, "radius": 5, "keepout": 0}}
                """);
        Invocation memo =
                memo(
                        "control circle,forward --episodes 4 --calibration 4 --cost-limit 3 --quiet",
                        at("full.json"));
        assertThat(memo.code()).as(memo.err()).isZero();
        assertThat(memo.out())
                .contains(
                        "best mode    keeps it by no choice", "oracle       keeps it by no choice")
                .contains("the cheapest plan of the rule costs 20.00: it can keep no lower limit");
    }

    @Test
    void refusesWhatCannotBeControlled() {
        assertThat(memo("control goal").err()).contains("control needs two");
        assertThat(memo("control goal,circle --cost-limit -1").err())
                .contains("cost limit -1.0: must be a number from 0 on");
        assertThat(memo("control goal,circle --cost-limit 3,x").err()).contains("--cost-limit");
        assertThat(memo("control goal,circle --near 0").err())
                .contains("near 0.0 m: must be above 0");
        assertThat(memo("control nobody").err()).contains("nobody: must be random, experts (");
        assertThat(memo("control goal,circle --resume").err()).contains("starts anew");
        assertThat(memo("control goal,circle --out x").err()).contains("see --json");
    }
}
