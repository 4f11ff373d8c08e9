package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Smoke: everything that a demonstration finds out about its run, for a small one. */
class SurveyTest {
    @TempDir Path folder;

    private static void memo(Object... words) {
        Invocation memo =
                Invocation.of(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
        assertThat(memo.code()).as(memo.err()).isZero();
    }

    @Test
    void findsWhatItsCommandsWithTheirDefaultsFindAndTheReportShowsIt() throws IOException {
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
        try (ThreadTeam team = new ThreadTeam(2);
                Device device = new JvmDevice(team)) {
            Laboratory laboratory = new Laboratory(team, device, Progress.SILENT);
            Survey.of(RunFolder.open(run), laboratory).make();
        }
        String guarantees = Guarantees.read(RunFolder.open(run)).orElseThrow().toString();
        String steerings = Files.readString(run.resolve("steer.json"));
        String switches = Files.readString(run.resolve("switches.json"));
        Path page = folder.resolve("report.html");
        Report.write(run, page);
        assertThat(page)
                .content()
                .contains("id=\"guarantees\"", "id=\"steerings\"", "id=\"switches\"")
                .contains("id=\"control\"", "id=\"people\"")
                .contains("id=\"generalisation\"", "id=\"novelty\"", "id=\"cards\"");

        memo("steer", run, "--quiet");
        memo("switches", run, "--quiet");
        memo("calibrate", run, "--quiet");
        assertThat(run.resolve("steer.json")).hasContent(steerings);
        assertThat(run.resolve("switches.json")).hasContent(switches);
        assertThat(Guarantees.read(RunFolder.open(run)).orElseThrow()).hasToString(guarantees);
        assertThat(Finding.PEOPLE.read(run).orElseThrow().rows()).hasSize(4 * 3);
    }
}
