package dev.memo.app.report;

import dev.memo.base.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The page about a run: {@code report.html}. */
public final class Report {
    private Report() {}

    /**
     * Writes the page.
     *
     * @param folder the run's folder, which is read and not changed
     * @param file where the page goes
     * @throws dev.memo.base.InputException if the folder holds no run, or a file of it is broken
     */
    public static void write(Path folder, Path file) {
        AtomicFiles.writeText(file, page(RunFolder.read(folder)));
    }

    /** The sections stand in the order in which a reader asks. */
    private static String page(RunFolder run) {
        Html html = new Html();
        String name = run.folder().toAbsolutePath().normalize().getFileName().toString();
        html.open("html", "lang", "en").open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.element("title", "MEMO: " + name);
        html.style(styleSheet());
        html.close().open("body").open("main");
        html.element("h1", "MEMO: " + name);
        SummarySection.write(html, run);
        PathsSection.write(html, run);
        ConfusionSection.write(html, run);
        SteeringSection.write(html, run);
        TrainingSection.write(html, run);
        CodebookSection.write(html, run);
        OriginSection.write(html, run);
        html.close().close().close();
        return html.page();
    }

    private static String styleSheet() {
        try (InputStream in = Report.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
