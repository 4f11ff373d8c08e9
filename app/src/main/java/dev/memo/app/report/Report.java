package dev.memo.app.report;

import dev.memo.base.AtomicFiles;
import dev.memo.base.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The page about a run: {@code report.html}. */
public final class Report {
    private Report() {}

    /**
     * Writes the page.
     *
     * @param folder the run's folder, which is read and not changed
     * @param file where the page goes
     * @throws InputException if the folder holds no run, or is of an unknown learner, or a file of
     *     it is broken
     */
    public static void write(Path folder, Path file) {
        JsonNode config = RunFiles.config(folder);
        String learner = config.path("learner").asString("");
        Consumer<Html> sections =
                switch (learner) {
                    case "memo" -> memo(RunFolder.read(folder));
                    case "ppo" -> ppo(folder, PpoFolder.read(folder));
                    default ->
                            throw new InputException(
                                    "%s: learner \"%s\": must be \"memo\" or \"ppo\""
                                            .formatted(folder.resolve("config.json"), learner));
                };
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        AtomicFiles.writeText(file, page("MEMO: " + name, sections));
    }

    /** The sections stand in the order in which a reader asks. */
    private static Consumer<Html> memo(RunFolder run) {
        return html -> {
            SummarySection.write(html, run);
            PathsSection.write(html, run);
            CardsSection.write(html, run);
            ModesSection.write(html, run);
            ConfusionSection.write(html, run);
            SteeringSection.write(html, run);
            GuaranteesSection.write(html, run.folder());
            SteeringsSection.write(html, run);
            SwitchesSection.write(html, run);
            ControlSection.write(html, run);
            PeopleSection.write(html, run);
            GeneralisationSection.write(html, run);
            NoveltySection.write(html, run);
            TrainingSection.write(html, run);
            CodebookSection.write(html, run);
            OriginSection.write(html, run.config());
        };
    }

    private static Consumer<Html> ppo(Path folder, PpoFolder run) {
        return html -> {
            PpoSummarySection.write(html, run);
            PpoPathsSection.write(html, run);
            ReturnCostSection.write(html, run);
            GuaranteesSection.write(html, folder);
            SeedsSection.write(html, run);
            PpoTrainingSection.write(html, run);
            OriginSection.write(html, run.config());
        };
    }

    private static String page(String title, Consumer<Html> sections) {
        Html html = new Html();
        html.open("html", "lang", "en").open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.element("title", title);
        html.style(styleSheet());
        html.close().open("body").open("main");
        html.element("h1", title).contents();
        sections.accept(html);
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
