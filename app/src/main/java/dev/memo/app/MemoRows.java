package dev.memo.app;

import dev.memo.app.MemoStudy.Case;
import dev.memo.learner.metrics.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What has been measured so far of a study, and its figures over seeds.
 *
 * @param study what is to be measured
 * @param files where it is
 */
record MemoRows(MemoStudy study, MemoStudyFiles files) {
    /** What is measured of a row. */
    static final ToDoubleFunction<JsonNode> PURITY = row -> row.path("purity").asDouble();

    static final ToDoubleFunction<JsonNode> EPISODE_ARI = row -> row.path("ari_episode").asDouble();
    static final ToDoubleFunction<JsonNode> PERPLEXITY = row -> row.path("perplexity").asDouble();
    static final ToDoubleFunction<JsonNode> CONTEXT_USE = row -> row.path("context_use").asDouble();

    /** The cases of a table. */
    List<Case> section(String name) {
        return study.cases().stream().filter(one -> one.section().equals(name)).toList();
    }

    /** What was measured of a case after some epoch, seed by seed. */
    List<JsonNode> of(Case one, int epoch) {
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

    /** Where the figures of all measurements are or will be. */
    private List<Path> all() {
        List<Path> all = new ArrayList<>();
        for (Case one : study.cases()) {
            for (int seed = 0; seed < one.seeds(); seed++) {
                for (int epoch : one.stages(seed)) {
                    all.add(files.row(one, seed, epoch));
                }
            }
        }
        return all;
    }

    /** How far the study is, if it is not finished. */
    Optional<String> missing() {
        List<Path> all = all();
        long done = all.stream().filter(Files::exists).count();
        return done == all.size()
                ? Optional.empty()
                : Optional.of("%d of %d measurements are there".formatted(done, all.size()));
    }

    /** The largest fidelity of all experts in return, cost, path length and speed. */
    static double largestFidelity(JsonNode row) {
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

    static double mean(List<JsonNode> rows, ToDoubleFunction<JsonNode> value) {
        return rows.stream().mapToDouble(value).average().orElseThrow();
    }

    /**
     * Mean and interval over seeds. Where some have no such number, of how many it is; where most
     * have none, a dash: those that have one are chosen by what is measured.
     */
    static String interval(List<JsonNode> rows, ToDoubleFunction<JsonNode> value) {
        double[] values = rows.stream().mapToDouble(value).filter(Double::isFinite).toArray();
        String seeds = " (%d of %d seeds)".formatted(values.length, rows.size());
        if (values.length == 0) {
            return "-";
        }
        if (2 * values.length < rows.size()) {
            return "-" + seeds;
        }
        Interval interval = Interval.of(values);
        String text =
                values.length == 1
                        ? String.format(Locale.ROOT, "%.2f", interval.mean())
                        : interval.text();
        return values.length == rows.size() ? text : text + seeds;
    }
}
