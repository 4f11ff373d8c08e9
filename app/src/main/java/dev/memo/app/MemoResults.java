package dev.memo.app;

import dev.memo.app.MemoStudy.Case;
import dev.memo.app.MemoStudy.Learner;
import dev.memo.base.AtomicFiles;
import dev.memo.learner.baseline.BaselineConfig;
import dev.memo.learner.memo.MemoConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a {@link MemoStudy} found, as a page in Markdown. */
final class MemoResults {
    private static final Map<String, String> NOTES =
            Map.of(
                    MemoStudy.SEPARATION,
                    "As many modes as experts.",
                    MemoStudy.ABLATIONS,
                    "On goal, goal-safe, forward and circle. Each line changes what it names in MEMO's default; lines that begin with \"half\" or \"the same\" also change how many rows get their own distances, GRU and attention see windows of rows over 5 steps each. The way of steering also chooses the codes of held-out episodes. Where all rows get the steering context of their episode's code, what changes only the codes leaves steering as it is.",
                    MemoStudy.BASELINES,
                    "On the data of the last table with as many gradient steps; cloning and labelled are the floor and the ceiling themselves. An expert without a mode counts as not told apart; its fidelity is missing.");

    private final MemoRows measured;
    private final StringBuilder text = new StringBuilder();

    private MemoResults(MemoRows measured) {
        this.measured = measured;
    }

    /**
     * Writes the page from what has been measured so far.
     *
     * @return its file
     */
    static Path write(MemoStudy study, String command, Path out) {
        MemoRows measured = new MemoRows(study, new MemoStudyFiles(out));
        MemoPictures pictures = new MemoPictures(measured);
        MemoResults page = new MemoResults(measured);
        page.head(command);
        page.text.append(new MemoOriginal(measured).markdown()).append(pictures.ofOriginal());
        page.table(MemoStudy.SEPARATION, "Separating and steering experts");
        page.text.append(pictures.ofSeparation());
        page.selection();
        page.table(MemoStudy.ABLATIONS, "What each upgrade is worth");
        page.table(MemoStudy.BASELINES, "Baselines");
        Path file = out.resolve("memo.md");
        AtomicFiles.writeText(file, page.text.toString());
        return file;
    }

    private void head(String command) {
        line("# MEMO: results");
        line("");
        line("    " + command);
        line("");
        line(
                "Everything is measured on episodes that were not learned from, and on %d layouts that nobody learned on; mean and 95 %% interval over seeds."
                        .formatted(measured.study().layouts()));
        line("");
        line("- Modes in use: the perplexity of the codes.");
        line(
                "- Floor to ceiling: the log density of held-out actions, given the mode that fits their episode best, on a scale on which cloning without modes has 0 and cloning that is told who acts has 1. A mode may know more than who acts, and a clone that is told may learn worse: more than 1 is possible.");
        line(
                "- Context use: what the right mode is worth over a random one, in nats a step of log density.");
        line(
                "- Largest fidelity: of all experts' modes and of return, cost, path length and speed, the largest difference from the expert on the same layouts, in the larger of the expert's standard deviation and 5 % of the range over experts. Up to 1 is alike.");
        line(
                "- Told apart: the share of rollouts, of experts or of the modes that are matched with them, that a classifier which has learned from other rollouts of the experts takes for the right expert's.");
        line("- Processor s: what learning took of all cores together.");
        line("");
        measured.missing()
                .ifPresent(
                        far -> {
                            line("**Not finished: %s.**".formatted(far));
                            line("");
                        });
    }

    /** What is to be said only where the study has it. */
    private String about(String section) {
        if (!section.equals(MemoStudy.SEPARATION)
                || measured.section(MemoStudy.SELECTION).isEmpty()) {
            return "";
        }
        return " Whether MEMO would choose that number is the next table. The fifth of five is square, which turns by the clock: no policy without memory can do that. In five-spin it is spin. Actions in the data have noise of 0.3, with less noise of 0.1.";
    }

    /** How much the first case of a table learns, as all others of it do. */
    private String size(String section) {
        List<Case> cases = measured.section(section);
        if (cases.isEmpty()) {
            return "";
        }
        Case first = cases.getFirst();
        String form = "(%d epochs on batches of %d, %d seeds.)";
        return switch (first.learner()) {
            case Learner.Memo(MemoConfig config, List<Integer> _, int _) ->
                    form.formatted(config.epochs(), config.batch(), first.seeds());
            case Learner.Selection _ -> throw new IllegalArgumentException(section);
            case Learner.Baseline(BaselineConfig config) ->
                    form.formatted(config.epochs(), config.batch(), first.seeds());
        };
    }

    private void table(String section, String title) {
        line("## " + title);
        line("");
        line(NOTES.get(section) + about(section) + " " + size(section));
        line("");
        line(
                "| | ARI per episode | per step | purity | NMI per episode | modes in use | floor to ceiling | context use | largest fidelity | told apart: experts | modes | processor s |");
        line("|---|---|---|---|---|---|---|---|---|---|---|---:|");
        for (Case one : measured.section(section)) {
            List<JsonNode> rows = measured.of(one, one.stages().getLast());
            if (rows.isEmpty()) {
                continue;
            }
            line(
                    "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %.0f |"
                            .formatted(
                                    one.name(),
                                    MemoRows.interval(rows, MemoRows.EPISODE_ARI),
                                    MemoRows.interval(rows, row -> row.path("ari_step").asDouble()),
                                    MemoRows.interval(rows, MemoRows.PURITY),
                                    MemoRows.interval(
                                            rows, row -> row.path("nmi_episode").asDouble()),
                                    MemoRows.interval(rows, MemoRows.PERPLEXITY),
                                    MemoRows.interval(
                                            rows,
                                            row ->
                                                    row.at("/likelihood/fraction")
                                                            .asDouble(Double.NaN)),
                                    MemoRows.interval(rows, MemoRows.CONTEXT_USE),
                                    MemoRows.interval(rows, MemoRows::largestFidelity),
                                    MemoRows.interval(
                                            rows,
                                            row ->
                                                    row.at("/distinguishability/experts")
                                                            .asDouble(Double.NaN)),
                                    MemoRows.interval(
                                            rows,
                                            row ->
                                                    row.at("/distinguishability/modes")
                                                            .asDouble(Double.NaN)),
                                    MemoRows.mean(
                                            rows,
                                            row -> row.path("processor_seconds").asDouble())));
        }
        line("");
    }

    private void selection() {
        if (measured.section(MemoStudy.SELECTION).isEmpty()) {
            return;
        }
        line("## How many modes");
        line("");
        line(
                "What `memo train memo --choose-modes` finds: the log-likelihood of episodes that are held out of the training episodes, so that those of the other tables stay unseen.");
        line("");
        line(
                "| experts | modes | log-likelihood, nats per step | gain over the last number worth having | agreement of seeds, ARI | |");
        line("|---|---:|---:|---|---:|---|");
        for (Case one : measured.section(MemoStudy.SELECTION)) {
            for (JsonNode row : measured.of(one, one.stages().getLast())) {
                for (JsonNode tried : row.path("candidates")) {
                    JsonNode gain = tried.path("gain");
                    line(
                            "| %s | %d | %.3f | %.3f [%.3f, %.3f] | %.2f | %s |"
                                    .formatted(
                                            one.name(),
                                            tried.path("modes").asInt(),
                                            tried.path("likelihood").asDouble(),
                                            gain.path("mean").asDouble(),
                                            gain.path("low").asDouble(),
                                            gain.path("high").asDouble(),
                                            tried.path("stability").asDouble(),
                                            tried.path("modes").asInt() == row.path("modes").asInt()
                                                    ? "recommended"
                                                    : ""));
                }
            }
        }
        line("");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
