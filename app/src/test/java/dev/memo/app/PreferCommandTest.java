package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.learner.preference.FlipRates;
import dev.memo.learner.preference.Preference;
import dev.memo.learner.preference.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PreferCommandTest {
    private static final int MODES = 3;

    @TempDir static Path folder;
    private static Path run;

    @TempDir Path empty;

    @BeforeAll
    static void train() {
        Path data = folder.resolve("data");
        run = folder.resolve("run");
        String[] collect = {
            "collect", "goal1", "--experts", "goal,forward", "--episodes", "4", "--steps", "200"
        };
        String[] train = {
            "train", "memo", "--modes", "3", "--epochs", "1", "--iterations", "10", "--batch", "32"
        };
        assertThat(Invocation.of(with(collect, "--out", data, "--quiet")).code()).isZero();
        String[] where = with(train, "--data", data, "--out", run, "--quiet");
        assertThat(Invocation.of(where).code()).isZero();
    }

    private static String[] with(String[] words, Object... more) {
        List<String> all = new ArrayList<>(List.of(words));
        Arrays.stream(more).map(Object::toString).forEach(all::add);
        return all.toArray(String[]::new);
    }

    private static String[] prefer(Object... more) {
        return with(new String[] {"prefer", run.toString(), "--seconds", "0.4"}, more);
    }

    private static String[] simulate(Object... more) {
        return with(new String[] {"prefer", run.toString()}, more);
    }

    private static List<JsonNode> lines(String text) {
        return text.lines().map(JsonMapper.shared()::readTree).toList();
    }

    private static String round(Path run, int round, String modes, String answer) {
        return """
        {"run":"%s","round":%d,"scenario":"goal1","layout":7,"modes":[%s],"answer":"%s"}
        """
                .formatted(run, round, modes, answer);
    }

    @Test
    void showsEachRoundKeepsEachAnswerAndSaysWhatFollows() throws IOException {
        Path out = empty.resolve("answers");

        Invocation memo =
                Invocation.answering(
                        "l\nx\ns\nr\n",
                        prefer("--answers", "pairs", "--out", out, "--json", "--quiet"));

        assertThat(memo.code()).isZero();
        assertThat(memo.err()).isEqualTo("memo: 'x': must be one of l, r, s, q\n");
        List<JsonNode> events = lines(memo.out());
        assertThat(events.stream().map(event -> event.path("event").asString()))
                .containsExactly(
                        "asked",
                        "answered",
                        "asked",
                        "answered",
                        "asked",
                        "answered",
                        "asked",
                        "ended");
        for (int round = 1; round <= 4; round++) {
            Path picture = out.resolve("round-0" + round + ".png");
            assertThat(events.get(2 * round - 2).path("picture").asString())
                    .isEqualTo(picture.toString());
            assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G');
        }
        assertThat(events.getFirst().has("modes")).isFalse();
        List<JsonNode> kept = lines(Files.readString(out.resolve("answers.jsonl")));
        assertThat(kept.stream().map(round -> round.path("answer").asString()))
                .containsExactly("left", "skip", "right");
        Preference expected = new Preference(MODES, FlipRates.UNKNOWN);
        for (JsonNode round : List.of(kept.getFirst(), kept.getLast())) {
            expected.add(
                    new Question.Pair(
                            round.path("modes").path(0).asInt(),
                            round.path("modes").path(1).asInt()),
                    round.path("answer").asString().equals("left"));
        }
        JsonNode last = events.get(5);
        for (int mode = 0; mode < MODES; mode++) {
            assertThat(last.path("posterior").path(mode).asDouble())
                    .isCloseTo(expected.posterior()[mode], within(1e-12));
        }
        assertThat(last.path("flips").asDouble()).isCloseTo(expected.flips(), within(1e-12));
        assertThat(events.getLast().path("certain").asBoolean()).isFalse();
        assertThat(events.getLast().path("answers").asInt()).isEqualTo(2);
    }

    @Test
    void whatIsStoppedAndResumedAsksAsIfItHadGoneOn() throws IOException {
        Path once = empty.resolve("once");
        Path twice = empty.resolve("twice");

        Invocation.answering("y\nn\nn\nn\n", prefer("--out", once));
        Invocation begun = Invocation.answering("y\nn\nq\ny\n", prefer("--out", twice));
        Invocation.answering("n\nn\n", prefer("--out", twice, "--resume"));

        assertThat(begun.out())
                .contains(
                        "Is this what you want?",
                        "Not certain yet",
                        "Go on with: ./memo prefer " + run,
                        " --out " + twice + " --resume");
        assertThat(Files.readString(once.resolve("answers.jsonl")).lines()).hasSize(4);
        assertThat(Files.readString(twice.resolve("answers.jsonl")))
                .isEqualTo(Files.readString(once.resolve("answers.jsonl")));
        assertThat(Files.readAllBytes(twice.resolve("round-03.png")))
                .isEqualTo(Files.readAllBytes(once.resolve("round-03.png")));
    }

    @Test
    void namesTheModeThatIsCertainAndHowToSteerToIt() throws IOException {
        String thumbs =
                IntStream.rangeClosed(1, 8)
                        .mapToObj(round -> round(run, round, "2", "yes"))
                        .collect(Collectors.joining());
        Files.writeString(empty.resolve("answers.jsonl"), thumbs);

        Invocation memo = Invocation.of(prefer("--out", empty, "--resume"));

        assertThat(memo.code()).isZero();
        assertThat(memo.out())
                .contains(
                        "You want mode 2, ",
                        "after 8 answers",
                        "./memo watch " + run + " --mode 2",
                        "./memo record " + run + " --mode 2");
    }

    @Test
    void whoAsksToStopIsAskedNothingMore() throws IOException {
        Invocation memo = Invocation.stopped(() -> true, prefer("--out", empty));

        assertThat(memo.code()).isZero();
        assertThat(memo.out()).contains("Not certain yet");
        assertThat(empty.resolve("answers.jsonl")).doesNotExist();
        // Nothing was said: there is nothing to lose, and the folder will do to go on.
        assertThat(Invocation.of(prefer("--out", empty, "--resume")).code()).isZero();
    }

    @Test
    void refusesToMixAnswers() throws IOException {
        Path answers = empty.resolve("answers.jsonl");
        Files.writeString(answers, round(Path.of("/other"), 1, "0, 1", "left"));

        assertThat(Invocation.of(prefer("--out", empty)).err())
                .contains("exists already", "--resume");
        assertThat(Invocation.of(prefer("--out", empty, "--resume")).err())
                .contains("answers.jsonl, line 1: is of the run /other");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 0, 3 | left", "1 | 0, 0 | left", "1 | 0 | left", "1 | 0, 1 | yes",
                "2 | 0, 1 | left", "1 | 0, 1, 2 | left", "1 | | skip", "1 | 0 | maybe"
            })
    void refusesAnswersThatNobodyGave(int number, String modes, String answer) throws IOException {
        String line = round(run, number, modes == null ? "" : modes, answer);
        Files.writeString(empty.resolve("answers.jsonl"), line);

        Invocation memo = Invocation.of(prefer("--out", empty, "--resume"));

        assertThat(memo.code()).isEqualTo(1);
        assertThat(memo.err()).contains(empty.resolve("answers.jsonl") + ", line 1: ");
    }

    @Test
    void simulatedPeopleAreATableOfModesAndRates() {
        String[] args = simulate("--simulate", "all", "--repeats", "40", "--json", "--quiet");

        Invocation memo = Invocation.of(args);

        List<JsonNode> rows = lines(memo.out());
        assertThat(rows).hasSize(4 * (MODES + 1));
        JsonNode neverWrong = rows.get(MODES);
        assertThat(neverWrong.path("flips").asDouble()).isZero();
        assertThat(neverWrong.path("wanted").isNull()).isTrue();
        assertThat(neverWrong.path("people").asInt()).isEqualTo(MODES * 40);
        assertThat(neverWrong.path("right").asDouble()).isEqualTo(1);
        assertThat(neverWrong.path("median").asInt())
                .isBetween(2, rows.getLast().path("median").asInt() - 1);
        assertThat(Invocation.of(args).out()).isEqualTo(memo.out());
    }

    @Test
    void simulatedPeopleWhoWantOneModeAreOneLine() {
        Invocation memo = Invocation.of(simulate("--simulate", "1", "--repeats", "40", "--quiet"));

        assertThat(memo.out().lines()).hasSize(2);
        assertThat(memo.out().lines().toList().getLast()).matches("thumbs +order +20 % +1 .* 40");
    }

    @Test
    void simulatedPeopleCanJudgeByWhatTheySee() {
        String[] looks = {"--simulate", "0", "--people", "looks", "--repeats", "20", "--json"};

        Invocation memo = Invocation.of(prefer((Object[]) with(looks, "--quiet")));

        assertThat(memo.code()).isZero();
        JsonNode row = lines(memo.out()).getFirst();
        assertThat(row.path("kind").asString()).isEqualTo("looks");
        assertThat(row.path("people").asInt()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--simulate 3            | --simulate 3: must be a mode from 0 to 2, or all",
                "--simulate nobody       | --simulate nobody: must be",
                "--simulate 1 --flips 0.6 | --flips 0.6: must be from 0 to 0.5",
                "--simulate 1 --resume   | --resume: simulated people",
                "--flips 0.2             | --flips: only simulated people",
                "--seconds 1000          | --seconds 1000.0: must be from one step"
            })
    void refusesFlagsThatMeanNothing(String args, String message) {
        Invocation memo =
                Invocation.of(
                        with(
                                new String[] {"prefer", run.toString()},
                                (Object[]) args.strip().split(" ")));

        assertThat(memo.code()).isEqualTo(2);
        assertThat(memo.err()).contains(message);
    }
}
