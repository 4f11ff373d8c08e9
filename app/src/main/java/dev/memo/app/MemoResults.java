package dev.memo.app;

import dev.memo.app.MemoStudy.Case;
import dev.memo.base.AtomicFiles;
import dev.memo.learner.metrics.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a {@link MemoStudy} found, as a page in Markdown. */
final class MemoResults {
    /**
     * Rows of 100 in the posts' tables, after 1,000 epochs: of the expert that seeks goals, then of
     * the one that drives forward, by code.
     */
    private static final Map<String, String> POSTS =
            Map.of(
                    "goal-forward, k = 2, step 1", "57/43; 100/0",
                    "goal-forward, k = 3, step 1", "25/8/67; 0/0/100",
                    "goal-forward, k = 4, step 1", "13/37/8/42; 100/0/0/0",
                    "goal-forward, k = 5, step 1", "41/4/2/52/0; 0/97/1/0/2",
                    "goal-forward, k = 2, step 5", "57/43; 100/0",
                    "goal-forward, k = 3, step 5", "44/7/49; 0/100/0",
                    "goal-forward, k = 4, step 5", "0/50/7/43; 0/0/100/0",
                    "goal-forward, k = 5, step 5", "47/3/3/47/0; 0/99/0/1/0");

    private final MemoStudy study;
    private final MemoStudyRun run;
    private final StringBuilder text = new StringBuilder();

    private MemoResults(MemoStudy study, MemoStudyRun run) {
        this.study = study;
        this.run = run;
    }

    /**
     * Writes the page from what has been measured so far.
     *
     * @return its file
     */
    static Path write(MemoStudy study, MemoStudyRun run, String command, Path out) {
        MemoResults page = new MemoResults(study, run);
        page.head(command);
        page.original();
        page.table(MemoStudy.SEPARATION, "Separating and steering experts");
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
                        .formatted(study.layouts()));
        line("");
    }

    private void original() {
        line("## The original");
        line("");
        line(
                "| experts, codes, step | epochs | of 100 rows, by code | in the posts | purity | ARI per episode | modes in use | largest fidelity |");
        line("|---|---:|---|---|---|---|---|---|");
        for (Case one : section(MemoStudy.ORIGINAL)) {
            for (int epoch : MemoStudyRun.stages(one)) {
                List<JsonNode> rows = rows(one, epoch);
                if (!rows.isEmpty() && epoch > 1) {
                    line(
                            "| %s | %d | %s | %s | %s | %s | %s | %s |"
                                    .formatted(
                                            one.name(),
                                            epoch,
                                            shares(rows.getFirst()),
                                            POSTS.getOrDefault(one.name(), "-"),
                                            interval(rows, row -> row.path("purity").asDouble()),
                                            interval(
                                                    rows,
                                                    row -> row.path("ari_episode").asDouble()),
                                            interval(
                                                    rows, row -> row.path("perplexity").asDouble()),
                                            interval(rows, MemoResults::largestFidelity)));
                }
            }
        }
        line("");
    }

    private void table(String section, String title) {
        line("## " + title);
        line("");
        line(
                "| | ARI per episode | per step | purity | NMI per episode | modes in use | floor to ceiling | context use | largest fidelity | told apart: experts | modes | s |");
        line("|---|---|---|---|---|---|---|---|---|---|---|---:|");
        for (Case one : section(section)) {
            List<JsonNode> rows = rows(one, MemoStudyRun.stages(one).getLast());
            if (rows.isEmpty()) {
                continue;
            }
            line(
                    "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %.0f |"
                            .formatted(
                                    one.name(),
                                    interval(rows, row -> row.path("ari_episode").asDouble()),
                                    interval(rows, row -> row.path("ari_step").asDouble()),
                                    interval(rows, row -> row.path("purity").asDouble()),
                                    interval(rows, row -> row.path("nmi_episode").asDouble()),
                                    interval(rows, row -> row.path("perplexity").asDouble()),
                                    interval(
                                            rows,
                                            row ->
                                                    row.at("/likelihood/fraction")
                                                            .asDouble(Double.NaN)),
                                    interval(rows, row -> row.path("context_use").asDouble()),
                                    interval(rows, MemoResults::largestFidelity),
                                    interval(
                                            rows,
                                            row ->
                                                    row.at("/distinguishability/experts")
                                                            .asDouble(Double.NaN)),
                                    interval(
                                            rows,
                                            row ->
                                                    row.at("/distinguishability/modes")
                                                            .asDouble(Double.NaN)),
                                    rows.stream()
                                            .mapToDouble(row -> row.path("seconds").asDouble())
                                            .average()
                                            .orElseThrow()));
        }
        line("");
    }

    private void selection() {
        line("## How many modes");
        line("");
        line(
                "| experts | modes | log-likelihood, nats per step | gain over one fewer | agreement of seeds, ARI | |");
        line("|---|---:|---:|---|---:|---|");
        for (Case one : section(MemoStudy.SELECTION)) {
            for (JsonNode row : rows(one, MemoStudyRun.stages(one).getLast())) {
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

    private List<Case> section(String name) {
        return study.cases().stream().filter(one -> one.section().equals(name)).toList();
    }

    /** What was measured of a case after some epoch, seed by seed. */
    private List<JsonNode> rows(Case one, int epoch) {
        List<JsonNode> rows = new ArrayList<>();
        for (int seed = 0; seed < one.seeds(); seed++) {
            Path file = run.row(one, seed, epoch);
            if (Files.exists(file)) {
                try {
                    rows.add(JsonMapper.shared().readTree(Files.readString(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return rows;
    }

    /** Of 100 rows of each expert, how many have each code. */
    private static String shares(JsonNode row) {
        List<String> experts = new ArrayList<>();
        for (JsonNode counts : row.path("confusion_step")) {
            double[] all =
                    StreamSupport.stream(counts.spliterator(), false)
                            .mapToDouble(JsonNode::asDouble)
                            .toArray();
            double sum = java.util.Arrays.stream(all).sum();
            experts.add(
                    IntStream.range(0, all.length)
                            .mapToObj(code -> Long.toString(Math.round(100 * all[code] / sum)))
                            .collect(java.util.stream.Collectors.joining("/")));
        }
        return String.join("; ", experts);
    }

    /** The largest fidelity of all experts in return, cost, path length and speed. */
    private static double largestFidelity(JsonNode row) {
        double largest = 0;
        for (JsonNode expert : row.path("experts")) {
            for (String measure : List.of("return", "cost", "path_length", "mean_speed")) {
                double value =
                        expert.path("fidelity").path(measure).asDouble(Double.POSITIVE_INFINITY);
                largest = Math.max(largest, value);
            }
        }
        return largest;
    }

    private static String interval(List<JsonNode> rows, ToDoubleFunction<JsonNode> value) {
        double[] values = rows.stream().mapToDouble(value).filter(Double::isFinite).toArray();
        if (values.length == 0) {
            return "-";
        }
        Interval interval = Interval.of(values);
        return values.length == 1
                ? String.format(Locale.ROOT, "%.2f", interval.mean())
                : String.format(
                        Locale.ROOT,
                        "%.2f [%.2f, %.2f]",
                        interval.mean(),
                        interval.low(),
                        interval.high());
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
