package dev.memo.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PpoReportTest {
    @TempDir Path folder;

    @Test
    void sectionsStandInTheOrderInWhichAReaderAsks() throws IOException {
        assertThat(Pages.report(PpoFixture.group(folder)))
                .containsSubsequence(
                        "id=\"summary\"",
                        "id=\"paths\"",
                        "id=\"plane\"",
                        "id=\"seeds\"",
                        "id=\"training\"",
                        "id=\"origin\"");
    }

    @Test
    void isOnePageThatIsWellFormedAndNeedsNothingElse() throws IOException {
        String page = Pages.report(PpoFixture.group(folder));

        Pages.requireWellFormed(page);
        assertThat(page)
                .doesNotContain("http:", "https:", "<script", "<link", "<amd64>", "null", "NaN");
    }

    @Test
    void saysWhatARunLearned() throws IOException {
        assertThat(Pages.report(PpoFixture.run(folder, "goal1")))
                .contains("in the scenario goal1 for 4.5 million environment steps, with no limit")
                .contains("a return of 26.5 (95 % interval 25.5 to 27.5) at a cost of 52.3 (")
                .containsSubsequence("episode 2</strong>", " return 5.00, cost 50.0")
                .contains("Return per episode over training: return ends at 20.0")
                .contains("path length", "memo train ppo --scenario goal1", "scenario.goal.size")
                .doesNotContain("Multiplier of the cost", "Every seed", "cost hazards over");
    }

    @Test
    void aGroupShowsAllSeedsAndThePathsOfItsFirst() throws IOException {
        assertThat(Pages.report(PpoFixture.group(folder)))
                .contains("once with each of 3 seeds", "of seed 3 from above")
                .containsSubsequence("Every seed", ">3<", "22.5", ">4<", ">5<", "all, over seeds")
                .contains("Multiplier of the cost over training: multiplier ends at 0.99")
                .contains("Each point is the mean of 3 iterations", "bands their 95 % intervals");
    }

    @Test
    void saysWhetherTheCostLimitIsKept() throws IOException {
        Path file = PpoFixture.group(folder).resolve("evaluation.json");
        String cost = "\"cost\": {\"mean\": 24.50, \"low\": 23.50, \"high\": 25.50}";
        assertThat(Pages.report(folder))
                .contains("limit is kept on average (the interval reaches beyond it) with both");

        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst(
                                cost.replaceAll("[{}.]", "\\\\$0"),
                                "\"cost\": {\"mean\": 26, \"low\": 25.1, \"high\": 27}"));
        assertThat(Pages.report(folder))
                .contains("limit is missed with the mean action, and kept on");
    }

    @Test
    void showsPublishedResultsOnlyWhereTheyAreOfThatWorld() throws IOException {
        assertThat(Pages.report(PpoFixture.run(folder, "goal1")))
                .contains("TRPO-Lagrangian 18.5 at 23.0", "Ji et al., OmniSafe, 2023");
        assertThat(Pages.report(PpoFixture.run(folder, "goal2")))
                .contains("Return over cost of 1 run")
                .doesNotContain("TRPO", "OmniSafe");
    }

    @Test
    void showsEpisodesInMotionSideBySide() throws IOException {
        assertThat(Pages.report(PpoFixture.run(folder, "goal1")))
                .contains(
                        "media=\"(prefers-reduced-motion: reduce)\" srcset=\"data:image/png",
                        "alt=\"Animation of episode 1 and episode 2, from above\"");

        List<List<BufferedImage>> animations = Pages.animations(folder);
        assertThat(animations).as("two fit on phones too").hasSize(1);
        assertThat(animations.getFirst()).hasSizeGreaterThan(10);
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        PpoFixture.group(folder);
        for (String left :
                List.of("evaluation.json", "seed-5/metrics.jsonl", "seed-5/evaluation.json")) {
            Files.delete(folder.resolve(left));
        }
        for (int episode = 0; episode < 2; episode++) {
            Files.delete(
                    folder.resolve("seed-3/recordings/policy-mean." + episode + ".safetensors"));
        }

        assertThat(Pages.report(folder))
                .contains("Training has not ended: it stands at seed 5 after 0.")
                .contains(
                        "not evaluated yet", "holds no recordings", "<td class=\"number\">–</td>");
    }

    @Test
    void aRunWithoutAnythingButItsConfigurationIsAPage() throws IOException {
        PpoFixture.run(folder, "goal1");
        Files.delete(folder.resolve("evaluation.json"));
        Files.delete(folder.resolve("metrics.jsonl"));

        assertThat(Pages.report(folder))
                .contains("This run has no metrics", "Not evaluated yet")
                .doesNotContain("Return per episode over");
    }

    @Test
    void aRunThatHasJustBegunIsAPage() throws IOException {
        Path file = PpoFixture.run(folder, "goal1").resolve("metrics.jsonl");
        for (int iterations : new int[] {1, 2}) {
            Files.write(file, Files.readAllLines(file).subList(0, iterations));
            assertThat(Pages.report(folder)).contains("Cost per episode, at the rate of now over");
            PpoFixture.run(folder, "goal1");
        }
    }

    @Test
    void equalRunsGiveEqualPages() throws IOException {
        assertThat(Pages.report(PpoFixture.group(folder))).isEqualTo(Pages.report(folder));
    }

    @Test
    void refusesMetricsWithAGapByFileAndLine() throws IOException {
        Path file = PpoFixture.run(folder, "goal1").resolve("metrics.jsonl");
        Files.writeString(file, "{\"iteration\":1,\"steps\":5}\n{\"iteration\":3,\"steps\":15}\n");

        assertThatThrownBy(() -> Pages.report(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "metrics.jsonl:2: iteration 3, steps 15: must be iteration 2");
    }

    @Test
    void refusesAnEvaluationThatMissesAMeasureOrANumber() throws IOException {
        Path file = PpoFixture.run(folder, "goal1").resolve("evaluation.json");
        String whole = Files.readString(file);

        Files.writeString(file, whole.replace("\"cost\"", "\"price\""));
        assertThatThrownBy(() -> Pages.report(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("evaluation.json", "must be 1 with return and cost");

        Files.writeString(file, whole.replace("\"mean\": 24.1, ", ""));
        assertThatThrownBy(() -> Pages.report(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("evaluation.json", "mean");
    }

    @Test
    void refusesAConfigurationThatMissesWhatThePageIsAbout() throws IOException {
        Path file = PpoFixture.group(folder).resolve("config.json");
        String whole = Files.readString(file);

        Files.writeString(file, whole.replace("\"multiplier\"", "\"factor\""));
        assertThatThrownBy(() -> Pages.report(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("config.json: /config/multiplier", "must be text");

        Files.writeString(file, whole.replace("[3, 4, 5]", "[]"));
        assertThatThrownBy(() -> Pages.report(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("config.json: /seeds []: must be whole numbers");
    }
}
