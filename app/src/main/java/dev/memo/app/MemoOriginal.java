package dev.memo.app;

import dev.memo.app.MemoStudy.Case;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What a study found of the original, beside what the posts say, as a part of a page. */
final class MemoOriginal {
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

    /** Share of an expert's rows from which on they share a code. */
    private static final double MOST = 0.9;

    /** ARI from which on codes tell experts apart. */
    private static final double SEPARATED = 0.5;

    /** A difference in nats per step that is worth a sentence. */
    private static final double NOTABLE = 0.1;

    private final MemoRows measured;
    private final StringBuilder text = new StringBuilder();

    MemoOriginal(MemoRows measured) {
        this.measured = measured;
    }

    /** The table and what follows from it. */
    String markdown() {
        line("## The original");
        line("");
        line(
                "| experts, codes, step | epochs | seeds | of 100 rows, by code, seed 0 | in the posts | purity | ARI per episode | modes in use | largest fidelity |");
        line("|---|---:|---:|---|---|---|---|---|---|");
        for (Case one : measured.section(MemoStudy.ORIGINAL)) {
            for (int epoch : one.stages()) {
                List<JsonNode> rows = measured.of(one, epoch);
                if (!rows.isEmpty() && epoch > 1) {
                    line(row(one, epoch, rows));
                }
            }
        }
        line("");
        comparison();
        return text.toString();
    }

    private static String row(Case one, int epoch, List<JsonNode> rows) {
        return "| %s | %d | %d | %s | %s | %s | %s | %s | %s |"
                .formatted(
                        one.name(),
                        epoch,
                        rows.size(),
                        shares(rows.getFirst()),
                        epoch == firstToCompare(one) ? POSTS.getOrDefault(one.name(), "-") : "-",
                        MemoRows.interval(rows, MemoRows.PURITY),
                        MemoRows.interval(rows, MemoRows.EPISODE_ARI),
                        MemoRows.interval(rows, MemoRows.PERPLEXITY),
                        MemoRows.interval(rows, MemoRows::largestFidelity));
    }

    /** What agrees with the posts, what does not, and why. */
    private void comparison() {
        List<JsonNode> rows = new ArrayList<>();
        for (Case one : measured.section(MemoStudy.ORIGINAL)) {
            if (POSTS.containsKey(one.name())) {
                rows.addAll(measured.of(one, firstToCompare(one)));
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        line("### What agrees, what does not, and why");
        line("");
        long together = count(rows, row -> largestShare(row.path("confusion_step").path(1)));
        long alike = count(rows, row -> largestShare(row.path("confusion_step").path(0)));
        line(
                "- Forward shares one code (at least %.0f of 100 rows) in all 8 tables of the posts, and here in %d of %d runs. Goal-seeking is spread over several codes in all 8, and here in %d of %d. (The posts' tables are of 1,000 epochs.)"
                        .formatted(
                                100 * MOST,
                                together,
                                rows.size(),
                                rows.size() - alike,
                                rows.size()));
        long separated =
                rows.stream()
                        .filter(row -> MemoRows.EPISODE_ARI.applyAsDouble(row) >= SEPARATED)
                        .count();
        long shared =
                rows.stream()
                        .map(row -> row.path("confusion_step"))
                        .filter(counts -> commonest(counts.path(0)) == commonest(counts.path(1)))
                        .count();
        line(
                "- The ARI per episode is %.1f or more in %d of these %d runs. In %d of them the commonest code of goal-seeking is that of forward; a likely cause is that a goal-seeker that drives straight moves over one or five steps as forward does."
                        .formatted(SEPARATED, separated, rows.size(), shared));
        steering(rows);
        line(
                "- Different here: physics and experts are our own, records are built within episodes (the posts' code repeats the first one), log deviations are cut off at -3, and a batch is used for 5 gradient steps, there for 50 to 200.");
        line("");
    }

    private void steering(List<JsonNode> rows) {
        double own = MemoRows.mean(rows, row -> row.at("/likelihood/own").asDouble());
        double steered = MemoRows.mean(rows, row -> row.at("/likelihood/steering").asDouble());
        double use = MemoRows.mean(rows, MemoRows.CONTEXT_USE);
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
                                        ? " Which mode that context names hardly matters to the policy: this is why modes were unclear. It need not ask, as velocity and gyro can tell it who acts; then every mode does what the state suggests."
                                        : ""));
    }

    /** In how many rows a share is so large that an expert has one code. */
    private static long count(List<JsonNode> rows, ToDoubleFunction<JsonNode> share) {
        return rows.stream().filter(row -> share.applyAsDouble(row) >= MOST).count();
    }

    /** The posts' tables are of 1,000 epochs. */
    private static int firstToCompare(Case one) {
        return one.stages().stream().filter(epoch -> epoch > 1).findFirst().orElseThrow();
    }

    private static int commonest(JsonNode counts) {
        double[] all = numbers(counts);
        return IntStream.range(0, all.length)
                .reduce((best, code) -> all[code] > all[best] ? code : best)
                .orElseThrow();
    }

    private static double largestShare(JsonNode counts) {
        double[] all = numbers(counts);
        return all[commonest(counts)] / Arrays.stream(all).sum();
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

    private static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
