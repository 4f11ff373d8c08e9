package dev.memo.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.app.picture.Palette;
import dev.memo.base.InputException;
import dev.memo.learner.evaluation.SwitchReport;
import dev.memo.learner.explanation.CodeTransitions;
import dev.memo.learner.explanation.DescribedSegments.Difference;
import dev.memo.learner.explanation.Descriptor;
import dev.memo.learner.explanation.MeanMotion;
import dev.memo.learner.explanation.ModeTree;
import dev.memo.learner.explanation.Trait;
import dev.memo.learner.metrics.Interval;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    /** Holds the demonstration and its page, which is made once. */
    @TempDir private static Path shared;

    /** That page, without the bytes of its pictures. */
    private static String demonstration;

    @TempDir Path folder;

    @BeforeAll
    static void writeThePageOfTheDemonstration() throws IOException {
        demonstration = report(RunFixture.demonstration(shared));
    }

    @Test
    void sectionsStandInTheOrderInWhichAReaderAsks() {
        assertThat(demonstration)
                .containsSubsequence(
                        "id=\"summary\"",
                        "id=\"paths\"",
                        "id=\"modes\"",
                        "id=\"confusion\"",
                        "id=\"steering\"",
                        "id=\"training\"",
                        "id=\"codebook\"",
                        "id=\"origin\"");
    }

    @Test
    void saysWhatTheFilesSay() {
        assertThat(demonstration)
                .contains("misses goal in return (1.10)")
                .containsSubsequence("mode 0</strong>", "matches goal", "mode 2</strong>")
                .containsSubsequence("mode 3</strong>", "matches no expert")
                .contains("alt=\"Paths of the expert forward from above\"")
                .contains("--share: 0.90\">90 %")
                .contains("class=\"bad\">off", "class=\"good\">alike")
                .contains(
                        "memo demo --seed 0 --out runs/demo", "0123456789ab", "memo.learning_rate");
    }

    @Test
    void saysWhomAClassifierTakesModesFor() {
        assertThat(demonstration)
                .contains("95 % of those of modes", "98 % of the rollouts of experts")
                .contains("left out of this: mode 3.", "modes taken for their experts")
                .containsSubsequence("Rollouts of modes", "0 (goal)", "--share: 0.88\">88 %")
                .containsSubsequence("Rollouts of experts", "--share: 0.98\">98 %");
    }

    @Test
    void saysHowFarTheLikelihoodComesFromFloorToCeiling() {
        assertThat(demonstration)
                .contains("comes 90 % of the way from the floor to the ceiling")
                .contains("likelihood, floor to ceiling")
                .containsSubsequence("floor: ", "−0.35", "ceiling: ", "2.10", "worth", "5.25");
    }

    @Test
    void ofAnEarlierEvaluationItShowsWhatThereIs() throws IOException {
        String page = report(RunFixture.earlierDemonstration(folder));
        assertThat(page)
                .contains("misses goal in return (1.10)", "NMI per episode")
                .doesNotContain("floor", "classifier", "null");
        Pages.requireWellFormed(page);
    }

    @Test
    void warnsOfCodesThatHaveCollapsed() throws IOException {
        RunFixture.foreign(folder);
        assertThat(report(folder)).doesNotContain("collapsed");
        Path file = folder.resolve("evaluation.json");
        Files.writeString(
                file,
                Files.readString(file).replace("\"perplexity\": 2.41", "\"perplexity\": 1.08"));

        assertThat(report(folder))
                .containsSubsequence("id=\"summary\"", "The codes have collapsed: 1.08 of 3")
                .containsSubsequence("id=\"codebook\"", "The codes have collapsed: 1.08 of 3")
                .contains("--k-means-start");
    }

    @Test
    void escapesWhatItReads() {
        assertThat(demonstration)
                .contains("2 cores &lt;amd64&gt;, Linux")
                .doesNotContain("<amd64>");
    }

    @Test
    void isOnePageThatNeedsNothingElse() {
        assertThat(demonstration)
                .doesNotContain("http:", "https:", "<script", "<link", "@import", "url(")
                .contains("src=\"data:image/png;base64,\"");
    }

    @Test
    void isWellFormed() {
        Pages.requireWellFormed(demonstration);
    }

    @Test
    void saysWhatItCannotShowOfDataFromElsewhere() throws IOException {
        assertThat(report(RunFixture.foreign(folder)))
                .contains("MEMO has no world for it")
                .contains("does not say which expert made which episode")
                .contains("Loss over 40 epochs", "Share of held-out steps per mode")
                .doesNotContain("from above\"", "<picture>", "image/gif", "null", "NaN");
    }

    @Test
    void showsAllModesInMotionSideBySide() throws IOException {
        List<List<BufferedImage>> animations = Pages.animations(shared);

        assertThat(animations).as("for phones and for desks").hasSize(2);
        for (List<BufferedImage> pictures : animations) {
            assertThat(pictures).hasSizeGreaterThan(75);
            for (int mode = 0; mode < 4; mode++) {
                assertThat(count(pictures.getFirst(), Palette.mode(mode)))
                        .as("the mark by the name of mode " + mode)
                        .isGreaterThan(50);
            }
        }
        BufferedImage phone = animations.getFirst().getFirst();
        BufferedImage desk = animations.getLast().getFirst();
        assertThat(phone.getHeight()).as("two rows of two").isGreaterThan(phone.getWidth());
        assertThat(desk.getWidth()).as("a row of four").isGreaterThan(3 * desk.getHeight());
    }

    @Test
    void showsAStillToPeopleWhoDoNotWantMotion() {
        String still = "<source media=\"(prefers-reduced-motion: reduce)";
        String png = "\" srcset=\"data:image/png;base64,\"";
        assertThat(demonstration)
                .containsSubsequence(
                        "under every mode, side by side and in step for 6 s in real time.",
                        "<picture>",
                        still + " and (max-width: 600px)" + png,
                        still + png,
                        "<source media=\"(max-width: 600px)\" srcset=\"data:image/gif",
                        "<img src=\"data:image/gif;base64,\"",
                        "alt=\"Animation of one start, from above: mode 0 matches goal; mode 1"
                                + " matches forward; mode 2 matches circle; mode 3 matches no"
                                + " expert\"",
                        "</picture>");
    }

    @Test
    void showsTheModesInDataWithoutAWorldOverTimeAndInAPlane() throws IOException {
        assertThat(report(RunFixture.foreign(folder)))
                .containsSubsequence(
                        "mode 0, 75 % of the steps",
                        "mode 2, 0 % of the steps",
                        "alt=\"Columns of episode 17, which belongs to mode 0\"",
                        "episode 17, nearest to its code in 75 % of the steps",
                        "alt=\"Columns of episode 29",
                        "first is mostly gyro[0] and −gyro[2], the second gyro[1].",
                        "0.50 ± 0.25",
                        "−1.00 ± 0.13",
                        ">–<");
    }

    @Test
    void showsTheModesAsPathsWherePosesAreKnown() {
        assertThat(demonstration)
                .contains("alt=\"Path of episode 17, which belongs to mode 0\"")
                .doesNotContain("alt=\"Columns of");
    }

    @Test
    void saysHowARunComesToASampleOfItsModes() throws IOException {
        RunFixture.foreign(folder);
        Files.delete(folder.resolve("modes.json"));

        assertThat(report(folder)).contains("no sample of its modes. memo evaluate takes one.");
    }

    @Test
    void refusesASampleOfAnotherVersionOrWithoutANumber() throws IOException {
        Path file = RunFixture.foreign(folder).resolve("modes.json");
        String text = Files.readString(file);
        Files.writeString(file, text.replace("\"version\":2", "\"version\":1"));
        assertThatThrownBy(() -> report(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("modes.json", "version 1", "must be 2");

        Files.writeString(file, text.replace("\"episode\":17,", ""));
        assertThatThrownBy(() -> report(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("modes.json", "not a sample of modes", "episode");
    }

    /** Straight on or back. */
    private static MeanMotion motion(float... ahead) {
        float[] aside = new float[ahead.length];
        return new MeanMotion(ahead, aside, new float[][] {ahead}, new float[][] {aside});
    }

    @Test
    void showsCardsOfModesWithWhatIsKnown() throws IOException {
        RunFixture.foreign(folder);
        assertThat(report(folder)).doesNotContain("id=\"cards\"");
        Descriptor angle = new Descriptor("mean of angle", "", "over the steps", "more", "less");
        Difference more = new Difference(angle, 0.5, -0.25, 3);
        ModeTree one = new ModeTree(null, null, null, null, new int[] {9, 1, 0});
        ModeTree two = new ModeTree(null, null, null, null, new int[] {0, 8, 0});
        ModeCards.RealEpisode episode = new ModeCards.RealEpisode(17, 0.5, null, null, null, null);
        ModeCards cards =
                new ModeCards(
                        0,
                        List.of(angle),
                        List.of(
                                ModeCards.Card.of(
                                        List.of(),
                                        0.75,
                                        3,
                                        new double[] {0.5},
                                        List.of(more),
                                        1,
                                        List.of(more),
                                        motion(0, 0.01f, -1),
                                        List.of(episode)),
                                ModeCards.Card.of(
                                        List.of(new Trait("circles", "turns <a lot>")),
                                        0.25,
                                        1,
                                        new double[] {-0.25},
                                        List.of(),
                                        0,
                                        List.of(),
                                        motion(0, 1, -1),
                                        List.of()),
                                ModeCards.Card.of(
                                        List.of(), 0, 0, null, List.of(), null, List.of(), null,
                                        List.of())),
                        new ModeTree(angle, 0.125, two, one, new int[] {9, 9, 0}),
                        new ModeTree.Fidelity(20, new Interval(0.95, 0.75, 0.999), 0.5),
                        null,
                        new CodeTransitions(
                                new double[] {0.75, 0.25, 0},
                                new double[][] {{0.9, 0.1, 0}, {1, 0, 0}, {0, 0, 0}},
                                new double[] {10, 1, 0}));
        Finding.CARDS.write(folder, cards);

        assertThat(report(folder))
                .containsSubsequence("id=\"paths\"", "id=\"cards\"", "id=\"modes\"")
                .contains("mode 0: more than the others", "mode 1: circles", "is not in use")
                .contains("turns &lt;a lot&gt;", "more: 0.5, not −0.25")
                // Mode 0 reverses; mode 1 drives ahead and turns.
                .containsOnlyOnce("thick the mean, thin single ones; it drives backwards")
                .containsOnlyOnce("thick the mean, thin single ones<")
                .contains("In the data nearest to its code: episodes 17.")
                .containsSubsequence("mean of angle &gt; 0.125?", "yes: ", "mode 0 (9 of 10)")
                .contains("95.0 % [75.0, 99.9] of 20 held-out segments")
                .contains("alt=\"Changes from code to code\"", "0.9000")
                .doesNotContain("NaN", "null");
    }

    @Test
    void showsHowARunWasTrainedThatWasNotEvaluatedYet() throws IOException {
        RunFixture.foreign(folder);
        Files.delete(folder.resolve("evaluation.json"));

        assertThat(report(folder)).contains("not evaluated yet", "Loss over 40 epochs");
    }

    @Test
    void equalRunsGiveEqualPages() throws IOException {
        Path again = folder.resolve("again.html");
        Report.write(shared, again);

        assertThat(again).hasSameBinaryContentAs(shared.resolve("report.html"));
    }

    @Test
    void refusesAnEvaluationOfAnotherVersion() throws IOException {
        RunFixture.foreign(folder);
        Path file = folder.resolve("evaluation.json");
        Files.writeString(file, Files.readString(file).replace("\"version\": 1", "\"version\": 2"));

        assertThatThrownBy(() -> report(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("evaluation.json", "version 2", "must be 1");
    }

    @Test
    void refusesAnEvaluationThatMissesANumberInOneLine() throws IOException {
        RunFixture.foreign(folder);
        Path file = folder.resolve("evaluation.json");
        Files.writeString(file, Files.readString(file).replace("\"modes\": 3,", ""));

        assertThatThrownBy(() -> report(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("evaluation.json", "modes")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void refusesBrokenMetricsByFileAndLine() throws IOException {
        RunFixture.foreign(folder);
        Files.writeString(folder.resolve("metrics.jsonl"), "{\"epoch\": 1}\n{\"epo");

        assertThatThrownBy(() -> report(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("metrics.jsonl:2: not JSON");
    }

    @Test
    void showsWhatCommandsFoundOutAboutTheRun() throws IOException {
        Path run = RunFixture.demonstration(folder);
        Interval some = new Interval(1.25, 1, 1.5);
        Finding.SWITCHES.write(
                run,
                new Switches(
                        "goal1",
                        30,
                        new SwitchReport(
                                100,
                                List.of(
                                        pair(0, 0, some, OptionalDouble.of(1)),
                                        pair(0, 2, some, OptionalDouble.of(0.97)),
                                        pair(2, 0, some, OptionalDouble.empty())))));
        Finding.STEERINGS.write(
                run,
                new Steerings(
                        "goal1",
                        List.of(
                                new Steerings.Way(
                                        "avoiding mode 1",
                                        20,
                                        some,
                                        some,
                                        3,
                                        new double[] {0.75, 0.25},
                                        new double[] {-2.5, -17.5},
                                        List.of()))));
        Finding.PEOPLE.write(
                run,
                new People(
                        List.of(
                                new People.Row("thumbs", "looks", 0.2, 0, 50, 1, 2, 3, 4),
                                new People.Row(
                                        "thumbs", "looks", 0.2, null, 100, 0.965, 8, null, 4))));

        String page = Pages.report(run);
        Pages.requireWellFormed(page);
        assertThat(page)
                .contains(
                        "On 30 layouts of goal1",
                        "mode 0, then 2",
                        "97 %",
                        "13 %",
                        "mode 2, then 0")
                .doesNotContain("mode 0, then 0")
                .contains("avoiding mode 1", "75 %", "−17.5")
                .contains("96.5 %", "not ended");
    }

    @Test
    void refusesAFindingThatMissesANumber() throws IOException {
        Path run = RunFixture.demonstration(folder);
        Files.writeString(
                run.resolve("switches.json"),
                "{\"epoch\": 40, \"found\": {\"scenario\": \"goal1\"}}");

        assertThatThrownBy(() -> Pages.report(run))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(run.resolve("switches.json").toString())
                .hasMessageContaining("not what memo switches writes");
    }

    private static SwitchReport.Pair pair(
            int from, int to, Interval cost, OptionalDouble recognised) {
        return new SwitchReport.Pair(
                from, to, cost, cost, recognised, OptionalDouble.of(0.125), OptionalDouble.empty());
    }

    @Test
    void refusesAnUnknownLearner() throws IOException {
        RunFixture.foreign(folder);
        Path file = folder.resolve("config.json");
        Files.writeString(
                file, Files.readString(file).replace("\"memo\", \"comm", "\"mpo\", \"comm"));

        assertThatThrownBy(() -> report(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("config.json", "learner \"mpo\"", "\"memo\" or \"ppo\"");
    }

    private static int count(BufferedImage image, Color color) {
        int count = 0;
        for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
            int found = image.getRGB(i % image.getWidth(), i / image.getWidth());
            count += found == color.getRGB() ? 1 : 0;
        }
        return count;
    }

    private static String report(Path run) throws IOException {
        return Pages.report(run);
    }
}
