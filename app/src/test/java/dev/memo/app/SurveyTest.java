package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.app.report.Finding;
import dev.memo.app.report.Report;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.kernels.jvm.JvmDevice;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.guarantee.Guarantees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Smoke: everything that a demonstration finds out about its run, for a small one. */
class SurveyTest {
    private static final List<Finding<?>> COMMANDS =
            List.of(
                    Finding.CARDS,
                    Finding.STEERINGS,
                    Finding.SWITCHES,
                    Finding.CONTROL,
                    Finding.GENERALISATION,
                    Finding.NOVELTY);

    @TempDir Path folder;

    private static void memo(Object... words) {
        Invocation memo =
                Invocation.of(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
        assertThat(memo.code()).as(memo.err()).isZero();
    }

    /** A small run. */
    private Path trained() {
        Path data = folder.resolve("data");
        memo(
                "collect",
                "open",
                "--experts",
                "goal,circle",
                "--episodes",
                8,
                "--steps",
                300,
                "--quiet",
                "--out",
                data);
        Path run = folder.resolve("run");
        memo(
                "train",
                "memo",
                "--data",
                data,
                "--modes",
                2,
                "--epochs",
                2,
                "--iterations",
                20,
                "--batch",
                64,
                "--hidden",
                16,
                "--autoencoder-hidden",
                8,
                "--quiet",
                "--out",
                run);
        return run;
    }

    @Test
    void findsWhatItsCommandsWithTheirDefaultsFindAndTheReportShowsIt() throws IOException {
        Path run = trained();
        try (ThreadTeam team = new ThreadTeam(2);
                Device device = new JvmDevice(team)) {
            Laboratory laboratory = new Laboratory(team, device, Progress.SILENT);
            new Survey(laboratory, LearnedRun.open(run, device)).make();
        }
        String guarantees = Guarantees.read(RunFolder.open(run)).orElseThrow().toString();
        Map<Path, String> found = new TreeMap<>();
        for (Finding<?> finding : COMMANDS) {
            found.put(finding.file(run), Files.readString(finding.file(run)));
        }
        String people = Files.readString(Finding.PEOPLE.file(run));
        Path page = folder.resolve("report.html");
        Report.write(run, page);
        assertThat(page)
                .content()
                .contains("id=\"guarantees\"", "id=\"steerings\"", "id=\"switches\"")
                .contains("id=\"control\"", "id=\"people\"")
                .contains("id=\"generalisation\"", "id=\"novelty\"", "id=\"cards\"");

        for (Finding<?> finding : COMMANDS) {
            memo(finding.name(), run, "--quiet");
        }
        memo("prefer", run, "--simulate", "all", "--people", "looks", "--repeats", 200, "--quiet");
        memo("calibrate", run, "--quiet");
        for (Map.Entry<Path, String> one : found.entrySet()) {
            assertThat(one.getKey()).hasContent(one.getValue());
        }
        assertThat(Guarantees.read(RunFolder.open(run)).orElseThrow()).hasToString(guarantees);
        assertThat(people).isEqualTo(Files.readString(Finding.PEOPLE.file(run)));

        // What was found is about the run as it was.
        Files.writeString(
                run.resolve("metrics.jsonl"), "{\"epoch\": 3}\n", StandardOpenOption.APPEND);
        Report.write(run, page);
        assertThat(page).content().doesNotContain("id=\"switches\"", "id=\"cards\"");
    }

    @Test
    void everyPartStopsWhenAPersonAsksAndKeepsNothing() throws IOException {
        Path run = trained();
        byte[] checkpoint = Files.readAllBytes(run.resolve("checkpoint.safetensors"));
        try (ThreadTeam team = new ThreadTeam(2);
                Device device = new JvmDevice(team)) {
            Laboratory laboratory = new Laboratory(team, device, new QuietProgress(() -> true));
            List<Runnable> parts = new Survey(laboratory, LearnedRun.open(run, device)).parts();
            assertThat(parts).hasSize(COMMANDS.size() + 2);
            for (Runnable part : parts) {
                assertThatThrownBy(part::run).isInstanceOf(CancellationException.class);
            }
        }
        for (Finding<?> finding : COMMANDS) {
            assertThat(finding.file(run)).doesNotExist();
        }
        assertThat(Finding.PEOPLE.file(run)).doesNotExist();
        assertThat(run.resolve("checkpoint.safetensors")).hasBinaryContent(checkpoint);
    }
}
