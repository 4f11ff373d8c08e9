package dev.memo.app;

import dev.memo.app.report.Report;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes a run's report. */
@Command(
        name = "report",
        description = "Writes the page about a run, from the files in its folder.",
        footerHeading = "%nExample:%n",
        footer = "  memo report runs/demo")
final class ReportCommand implements Runnable {
    @Mixin private CommonOptions common;

    @Parameters(
            paramLabel = "RUN",
            description = "The run's folder; the page goes into it unless --out names a file.")
    private Path run;

    @Override
    public void run() {
        common.refuse("--seed", common.givenSeed().isPresent(), "nothing in a report is random");
        common.refuse("--resume", common.resume(), "a report is written anew");
        Path page = common.out(run.resolve("report.html"));
        Report.write(run, page);
        common.say("The report is " + page);
        common.figures(Map.of("report", page.toString()));
    }
}
