package dev.memo.app;

import dev.memo.app.Demonstration.Size;
import dev.memo.app.report.Report;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.evaluation.Evaluation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The main job: data by several experts, their behaviours found, one policy steered to each. */
@Command(
        name = "demo",
        description = "From experts' data to a policy that a person steers, and a report.",
        footerHeading = "%nExample:%n",
        footer = "  memo demo")
final class DemoCommand implements Runnable {
    @Mixin private CommonOptions common;

    @Override
    public void run() {
        Path out = common.out(common.resume() ? Path.of("runs", "demo") : firstFree());
        Demonstration demonstration =
                common.resume()
                        ? Demonstration.open(
                                out, common.givenSeed(), Size.FULL, common.commandLine())
                        : Demonstration.create(out, common.seed(), Size.FULL, common.commandLine());
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            Laboratory laboratory = new Laboratory(team, device, common.progress());
            Optional<Evaluation> evaluation = demonstration.run(laboratory);
            if (evaluation.isEmpty()) {
                common.say(
                        "Stopped. Go on with: ./memo demo --resume --out "
                                + CommonOptions.quoted(out.toString()));
                return;
            }
            Path page = out.resolve("report.html");
            Report.write(out, page);
            Verdict.lines(evaluation.get()).forEach(common::say);
            common.say("The report: " + page.toAbsolutePath());
            common.figures(evaluation.get().summary());
        }
    }

    /** runs/demo, or the first of runs/demo-2, runs/demo-3, ... that is free. */
    private static Path firstFree() {
        Path folder = Path.of("runs", "demo");
        for (int i = 2; Files.exists(folder); i++) {
            folder = Path.of("runs", "demo-" + i);
        }
        return folder;
    }
}
