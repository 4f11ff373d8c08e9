package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.app.report.RunFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MainTest {
    @TempDir Path folder;

    @Test
    void aloneSaysWhatItCanDoWithAnExamplePerCommand() {
        Invocation memo = Invocation.of();

        assertThat(memo.code()).isZero();
        assertThat(memo.err()).isEmpty();
        assertThat(memo.out().lines())
                .anyMatch(line -> line.matches(" *memo report runs/demo +Writes .*"))
                .anyMatch(line -> line.matches(" *memo scenario check goal1.* +Checks .*"))
                .anyMatch(line -> line.matches(" *memo test +Runs all tests.*"));
    }

    @Test
    void versionNamesVersionAndCommit() {
        assertThat(Invocation.of("--version").out())
                .matches("memo \\d+\\.\\d+\\.\\d+ \\(commit \\w+\\)\\R");
    }

    static List<List<String>> commands() {
        List<List<String>> commands = new ArrayList<>();
        collect(Invocation.commandLine(), List.of(), commands);
        return commands;
    }

    private static void collect(CommandLine line, List<String> path, List<List<String>> into) {
        into.add(path);
        line.getSubcommands()
                .forEach(
                        (name, child) -> {
                            List<String> longer = new ArrayList<>(path);
                            longer.add(name);
                            collect(child, longer, into);
                        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelp(List<String> command) {
        List<String> args = new ArrayList<>(command);
        args.add("--help");

        Invocation memo = Invocation.of(args.toArray(String[]::new));

        assertThat(memo.code()).isZero();
        assertThat(memo.err()).isEmpty();
        if (Invocation.worksItself(command)) {
            assertThat(memo.out())
                    .contains("Usage: memo " + String.join(" ", command), "Example:")
                    .contains("--seed", "--threads", "--device", "--heap", "--out", "--resume")
                    .contains("--check-numerics", "--quiet", "--verbose", "--json", "--version");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "report                       | RUN           | memo report --help",
                "report a b                   | 'b'           | memo report --help",
                "report a --thread 2          | --threads     | memo report --help",
                "report a --threads 0         | 0: must be a whole number from 1 on | memo report --help",
                "report a --threads two       | two: must be  | memo report --help",
                "report a --seed 1.5          | 1.5: must be a whole number | memo report --help",
                "report a --heap lots         | lots: must be | memo report --help",
                "report a --device gpu        | 'gpu'         | memo report --help",
                "evalute a                    | did you mean evaluate | memo --help",
                "evaluate a --seed 1          | --seed: layouts follow | memo evaluate --help",
                "evaluate a --out b           | --out: results | memo evaluate --help",
                "evaluate a --resume          | --resume:     | memo evaluate --help",
                "report a --seed 1            | --seed:       | memo report --help",
                "report a --resume            | --resume:     | memo report --help",
                "export a --seed 1            | --seed: nothing | memo export --help",
                "export a --resume            | --resume:     | memo export --help",
                "export a --format tflite     | 'tflite'      | memo export --help",
                "replay a.json --seed 1      | --seed: nothing | memo replay --help",
                "replay a.json --resume      | --resume:     | memo replay --help",
                "replay a.json --out b       | --out: the picture | memo replay --help",
                "verify --resume              | --resume:     | memo verify --help",
                "scenario check goal1 --resume | --resume:    | memo scenario check --help",
                "rollout goal1 --policy goal --mode 1 | --mode: only a run | memo rollout --help",
                "rollout goal1 --policy nobody | --policy nobody: must be | memo rollout --help",
                "rollout goal1 --policy goal,spin | --policy goal,spin: a rollout | memo rollout --help",
                "record nobody --out a        | nobody: must be random | memo record --help",
                "record goal                  | --out: name   | memo record --help",
                "record goal --out a --mode 1 | --mode: only a run | memo record --help",
                "record goal --out a --mode x | --mode x: must be | memo record --help",
                "record goal --out a --resume | --resume:     | memo record --help",
                "prefer a --repeats 0         | 0: must be a whole number from 1 on | memo prefer --help",
                "prefer a --answers maybe     | 'maybe'       | memo prefer --help",
                "bench sim --policy nobody    | --policy nobody: must be | memo bench sim --help",
                "bench sim --resume           | --resume:     | memo bench sim --help",
                "bench sim --out a            | --out: figures | memo bench sim --help",
                "bench sim --warm-up -1       | --warm-up -1.0: must be | memo bench sim --help",
                "bench kernels --resume       | --resume:     | memo bench kernels --help",
                "bench kernels --out a        | --out: figures | memo bench kernels --help",
                "bench kernels --seconds -1   | --seconds -1.0: must be | memo bench kernels --help",
                "bench kernels --batch 8,0    | 0: must be a whole | memo bench kernels --help",
                "bench kernels --work mlp     | mlp: must be of [mlp-forward | memo bench kernels --help",
                "doctor --seed 1              | --seed: the checks | memo doctor --help",
                "doctor --out a               | --out: what is found | memo doctor --help",
                "doctor --resume              | --resume:     | memo doctor --help",
                "bench                        | subcommand    | memo bench --help",
                "collect open --experts nobody | nobody       | memo collect --help",
                "collect open --experts goal --noise -1 | -1  | memo collect --help",
                "train memo                   | --data: the folder | memo train memo --help",
                "train memo --data a --batch 0 | --batch 0: must be | memo train memo --help",
                "train memo --data a --held-out 2 | --held-out 2.0 | memo train memo --help",
                "scenario                     | subcommand    | memo scenario --help",
            })
    void refusesAWrongCommandLineInTwoLines(String args, String named, String help) {
        Invocation memo = Invocation.of(args.strip().split(" +"));

        assertThat(memo.code()).isEqualTo(2);
        assertThat(memo.out()).isEmpty();
        assertThat(memo.err().lines()).hasSize(2);
        assertThat(memo.err()).startsWith("memo: ").contains(named).endsWith("see " + help + "\n");
    }

    @Test
    void aFailedRunSaysSoInOneLineAndExitsWithOne() {
        Invocation memo = Invocation.of("report", folder.resolve("missing").toString());

        assertThat(memo.code()).isEqualTo(1);
        assertThat(memo.out()).isEmpty();
        assertThat(memo.err().lines())
                .containsExactly(
                        "memo: "
                                + folder.resolve("missing")
                                + ": not a run's folder: it has no config.json");
    }

    @Test
    void verboseShowsWhereItFailed() {
        Invocation memo = Invocation.of("report", folder.toString(), "--verbose");

        assertThat(memo.code()).isEqualTo(1);
        assertThat(memo.err()).contains("InputException", "\tat dev.memo.app.report.Report");
    }

    @Test
    void anErrorOfOurOwnIsOneLineThatPointsToVerbose() {
        Invocation memo = Invocation.of(new Broken(), "broken");

        assertThat(memo.code()).isEqualTo(1);
        assertThat(memo.err().lines()).hasSize(1);
        assertThat(memo.err()).contains("memo: ", "the reason", "--verbose");
        assertThat(Invocation.of(new Broken(), "broken", "--verbose").err())
                .contains("\tat dev.memo.app.MainTest");
    }

    @Test
    void aFullHeapSaysHowToGiveMore() {
        Invocation memo = Invocation.of(new Greedy(), "greedy");

        assertThat(memo.code()).isEqualTo(1);
        assertThat(memo.err()).containsPattern("heap of \\d+ MiB is full.*--heap \\d+m");
    }

    @Test
    void aStopIsNoFailure() {
        Invocation memo = Invocation.of(new Stopped(), "stopped", "--verbose");

        assertThat(memo.code()).isEqualTo(Interrupt.EXIT_CODE);
        assertThat(memo.err().lines()).containsExactly("memo: stopped");
    }

    @Test
    void wordsAreQuotedForAShellWhereTheyNeedIt() {
        assertThat(CommonOptions.quoted("--out=runs/a-1.b")).isEqualTo("--out=runs/a-1.b");
        assertThat(CommonOptions.quoted("my run")).isEqualTo("'my run'");
        assertThat(CommonOptions.quoted("it's")).isEqualTo("'it'\\''s'");
        assertThat(CommonOptions.quoted("")).isEqualTo("''");
    }

    @Test
    void reportWritesItsPageIntoTheRunsFolder() throws IOException {
        Path run = RunFixture.foreign(folder.resolve("run"));

        Invocation memo = Invocation.of("report", run.toString());

        assertThat(memo.code()).isZero();
        assertThat(memo.out()).contains(run.resolve("report.html").toString());
        assertThat(Files.readString(run.resolve("report.html"))).startsWith("<!DOCTYPE html>");
    }

    @Test
    void scenarioCheckSaysWhatItMeansAndDrawsIt() throws IOException {
        Path png = folder.resolve("goal2.png");

        Invocation memo = Invocation.of("scenario", "check", "goal2", "--out", png.toString());

        assertThat(memo.code()).isZero();
        assertThat(memo.out()).contains("goal2: ", png.toString());
        assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void scenarioCheckRefusesAnUnknownKeyByPlaceAndName() throws IOException {
        Path file = folder.resolve("mine.json");
        Files.writeString(
                file, "{\"name\": \"mine\", \"description\": \"d\", \"extent\": 2, \"hazard\": 1}");

        Invocation memo = Invocation.of("scenario", "check", file.toString());

        assertThat(memo.code()).isEqualTo(1);
        assertThat(memo.out()).isEmpty();
        assertThat(memo.err()).contains(file.toString(), "hazard");
    }

    @ParameterizedTest
    @CsvSource({"report RUN --json", "scenario check goal1 --json --out PNG"})
    void jsonPutsJsonLinesAndNothingElseOnStandardOutput(String args) {
        String run = RunFixture.foreign(folder.resolve("run")).toString();
        String png = folder.resolve("layout.png").toString();

        Invocation memo = Invocation.of(args.replace("RUN", run).replace("PNG", png).split(" "));

        assertThat(memo.code()).isZero();
        assertThat(memo.out().lines()).isNotEmpty();
        assertThat(memo.out().lines())
                .allSatisfy(
                        line -> {
                            JsonNode node = JsonMapper.shared().readTree(line);
                            assertThat(node.isObject()).isTrue();
                        });
    }

    @Command(name = "broken", footer = "memo broken")
    static final class Broken implements Runnable {
        @Mixin private CommonOptions common;

        @Override
        public void run() {
            throw new IllegalStateException("the reason");
        }
    }

    @Command(name = "stopped", footer = "memo stopped")
    static final class Stopped implements Runnable {
        @Mixin private CommonOptions common;

        @Override
        public void run() {
            throw new CancellationException("a test");
        }
    }

    @Command(name = "greedy", footer = "memo greedy")
    static final class Greedy implements Runnable {
        @Mixin private CommonOptions common;

        @Override
        public void run() {
            throw new OutOfMemoryError("a test");
        }
    }
}
