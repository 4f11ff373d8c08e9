package dev.memo.app;

import dev.memo.app.MemoStudy.Case;
import dev.memo.base.AtomicFiles;
import dev.memo.learner.metrics.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
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

    private static final Map<String, String> NOTES =
            Map.of(
                    MemoStudy.SEPARATION,
                    "As many modes as experts; whether MEMO would choose that number is the next table. The fifth of five is square, which turns by the clock: no policy without memory can do that. In five-spin it is spin.",
                    MemoStudy.ABLATIONS,
                    "Each line changes one thing in MEMO's default, on goal, goal-safe, forward and circle.",
                    MemoStudy.BASELINES,
                    "On the same data with as many gradient steps; cloning and labelled are the floor and the ceiling themselves. An expert without a mode counts as not told apart; its fidelity is missing.");

    /** Share of an expert's rows from which on they share a code. */
    private static final double MOST = 0.9;

    /** ARI below which codes do not tell experts apart. */
    private static final double SEPARATED = 0.5;

    /** A difference in nats per step that is worth a sentence. */
    private static final double NOTABLE = 0.1;

    private final MemoStudy study;
    private final MemoStudyFiles files;
    private final StringBuilder text = new StringBuilder();

    private MemoResults(MemoStudy study, MemoStudyFiles files) {
        this.study = study;
        this.files = files;
    }

    /**
     * Writes the page from what has been measured so far.
     *
     * @return its file
     */
    static Path write(MemoStudy study, String command, Path out) {
        MemoStudyFiles files = new MemoStudyFiles(out);
        MemoResults page = new MemoResults(study, files);
        page.head(command);
        page.original();
        page.comparison();
        page.text.append(new MemoPictures(study, files).markdown());
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
                "Everything is measured on episodes that were not learned from, and on %d layouts that nobody learned on; mean and 95 %% interval over seeds. Floor to ceiling: where the log density of held-out actions, given the mode that fits their episode best, lies between cloning without modes (0) and cloning that is told who acts (1). Processor s: what learning took of all cores together."
                        .formatted(study.layouts()));
        line("");
        missing();
    }

    /** Of a study that is not finished, how far it is. */
    private void missing() {
        int all = 0;
        int done = 0;
        for (Case one : study.cases()) {
            for (int seed = 0; seed < one.seeds(); seed++) {
                for (int epoch : one.stages(seed)) {
                    all++;
                    done += Files.exists(files.row(one, seed, epoch)) ? 1 : 0;
                }
            }
        }
        if (done < all) {
            line("**Not finished: %d of %d measurements are there.**".formatted(done, all));
            line("");
        }
    }

    private void original() {
        line("## The original");
        line("");
        line(
                "| experts, codes, step | epochs | seeds | of 100 rows, by code, seed 0 | in the posts | purity | ARI per episode | modes in use | largest fidelity |");
        line("|---|---:|---:|---|---|---|---|---|---|");
        for (Case one : section(MemoStudy.ORIGINAL)) {
            for (int epoch : one.stages()) {
                List<JsonNode> rows = rows(one, epoch);
                if (!rows.isEmpty() && epoch > 1) {
                    line(
                            "| %s | %d | %d | %s | %s | %s | %s | %s | %s |"
                                    .formatted(
                                            one.name(),
                                            epoch,
                                            rows.size(),
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

    /** What agrees with the posts, what does not, and why. */
    private void comparison() {
        List<JsonNode> rows = new ArrayList<>();
        int compared = 0;
        int together = 0;
        int spread = 0;
        for (Case one : section(MemoStudy.ORIGINAL)) {
            if (!POSTS.containsKey(one.name())) {
                continue;
            }
            for (JsonNode row : rows(one, firstToCompare(one))) {
                rows.add(row);
                compared++;
                together += largestShare(row.path("confusion_step").path(1)) >= MOST ? 1 : 0;
                spread += largestShare(row.path("confusion_step").path(0)) < MOST ? 1 : 0;
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        line("### What agrees, what does not, and why");
        line("");
        line(
                "- Forward shares one code (at least %.0f of 100 rows) in all 8 tables of the posts, and here in %d of %d runs. Goal-seeking is spread over several codes in all 8, and here in %d of %d. (The posts' tables are of 1,000 epochs.)"
                        .formatted(100 * MOST, together, compared, spread, compared));
        double ari = mean(rows, row -> row.path("ari_episode").asDouble());
        line(
                "- The ARI per episode is %s.%s"
                        .formatted(
                                interval(rows, row -> row.path("ari_episode").asDouble()),
                                ari < SEPARATED
                                        ? " Where a goal-seeker drives straight, a difference over one or five steps is forward's too."
                                        : ""));
        double own = mean(rows, row -> row.at("/likelihood/own").asDouble());
        double steered = mean(rows, row -> row.at("/likelihood/steering").asDouble());
        double use = mean(rows, row -> row.path("context_use").asDouble());
        line(
                "- What steering does: a held-out action has a log density of %.2f nats a step given its own distances, %.2f given the naught-hot context of its episode's code, and the right mode instead of a random one is worth %.2f.%s%s"
                        .formatted(
                                own,
                                steered,
                                use,
                                own - steered > NOTABLE
                                        ? " Steering leaves what the policy has learned from: in training the winning distance is never 0, nor are the others b."
                                        : "",
                                use < NOTABLE
                                        ? " The policy hardly heeds its context: velocity and gyro tell it who acts, so every mode does what the state suggests."
                                        : ""));
        line(
                "- Different here: physics and experts are our own, records are built within episodes (the posts' code repeats the first one), log deviations are cut off at -3, and a batch is used for 5 gradient steps, there for 50 to 200.");
        line("");
    }

    /** The posts' tables are of 1,000 epochs. */
    private static int firstToCompare(Case one) {
        return one.stages().stream().filter(epoch -> epoch > 1).findFirst().orElseThrow();
    }

    private static double largestShare(JsonNode counts) {
        double[] all = numbers(counts);
        return Arrays.stream(all).max().orElseThrow() / Arrays.stream(all).sum();
    }

    private static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private void table(String section, String title) {
        line("## " + title);
        line("");
        line(NOTES.get(section));
        line("");
        line(
                "| | ARI per episode | per step | purity | NMI per episode | modes in use | floor to ceiling | context use | largest fidelity | told apart: experts | modes | processor s |");
        line("|---|---|---|---|---|---|---|---|---|---|---|---:|");
        for (Case one : section(section)) {
            List<JsonNode> rows = rows(one, one.stages().getLast());
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
                                            .mapToDouble(
                                                    row -> row.path("processor_seconds").asDouble())
                                            .average()
                                            .orElseThrow()));
        }
        line("");
    }

    private void selection() {
        if (section(MemoStudy.SELECTION).isEmpty()) {
            return;
        }
        line("## How many modes");
        line("");
        line(
                "| experts | modes | log-likelihood, nats per step | gain over fewer | agreement of seeds, ARI | |");
        line("|---|---:|---:|---|---:|---|");
        for (Case one : section(MemoStudy.SELECTION)) {
            for (JsonNode row : rows(one, one.stages().getLast())) {
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
            Path file = files.row(one, seed, epoch);
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
            double[] all = numbers(counts);
            double sum = Arrays.stream(all).sum();
            experts.add(
                    IntStream.range(0, all.length)
                            .mapToObj(code -> Long.toString(Math.round(100 * all[code] / sum)))
                            .collect(Collectors.joining("/")));
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

    /** Mean and interval over seeds; where some have no such number, of how many it is. */
    private static String interval(List<JsonNode> rows, ToDoubleFunction<JsonNode> value) {
        double[] values = rows.stream().mapToDouble(value).filter(Double::isFinite).toArray();
        if (values.length == 0) {
            return "-";
        }
        Interval interval = Interval.of(values);
        String text =
                values.length == 1
                        ? String.format(Locale.ROOT, "%.2f", interval.mean())
                        : interval.text();
        return values.length == rows.size()
                ? text
                : text + " (%d of %d seeds)".formatted(values.length, rows.size());
    }

    private static double mean(List<JsonNode> rows, ToDoubleFunction<JsonNode> value) {
        return rows.stream().mapToDouble(value).average().orElseThrow();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
