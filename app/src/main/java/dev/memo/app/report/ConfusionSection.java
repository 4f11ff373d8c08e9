package dev.memo.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Which mode holds what of which expert. */
final class ConfusionSection {
    private ConfusionSection() {}

    static void write(Html html, RunFolder run) {
        html.section("confusion", "Which mode holds which expert");
        Evaluation.Codes codes = run.evaluation().map(Evaluation::codes).orElse(null);
        if (codes == null) {
            html.element("p", "Not evaluated yet.");
        } else if (codes.experts() == null) {
            html.element(
                    "p",
                    "The data does not say which expert made which episode, so there is nothing to"
                            + " hold the modes against. How much each mode is used stands below.");
        } else {
            html.element(
                    "p",
                    "Of all that an expert did, the share that each mode holds. Every row adds up"
                            + " to 100 %. The experts' names were never shown to the learner.");
            html.open("div", "class", "pair");
            List<String> experts = codes.experts().stream().map(Figures::words).toList();
            List<String> modes = modes(codes.modes());
            table(html, "Per step", "expert", experts, modes, codes.confusionStep());
            table(html, "Per episode", "expert", experts, modes, codes.confusionEpisode());
            html.close();
            agreement(html, codes);
        }
        html.close();
    }

    /** "mode 0", "mode 1", ... */
    static List<String> modes(int count) {
        return IntStream.range(0, count).mapToObj(mode -> "mode " + mode).toList();
    }

    /** The share of each row's counts in each column. */
    static void table(
            Html html,
            String title,
            String corner,
            List<String> rows,
            List<String> columns,
            double[][] counts) {
        Tables.open(html, title, "confusion");
        List<String> heads = new ArrayList<>(List.of(corner));
        heads.addAll(columns);
        Tables.heads(html, heads);
        html.open("tbody");
        for (int row = 0; row < counts.length; row++) {
            double total = 0;
            for (double count : counts[row]) {
                total += count;
            }
            html.open("tr").element("th", rows.get(row), "scope", "row");
            for (double count : counts[row]) {
                double share = total == 0 ? 0 : count / total;
                html.element(
                        "td",
                        Figures.percent(share),
                        "class",
                        "number",
                        "style",
                        String.format(Locale.ROOT, "--share: %.2f", share));
            }
            html.close();
        }
        html.close();
        Tables.close(html);
    }

    private static void agreement(Html html, Evaluation.Codes codes) {
        Tables.open(html, "Agreement with the experts", "");
        Tables.heads(html, List.of("", "purity", "NMI", "ARI"));
        html.open("tbody");
        row(html, "per step", codes.purity(), codes.nmiStep(), codes.ariStep());
        row(html, "per episode", codes.purityEpisode(), codes.nmiEpisode(), codes.ariEpisode());
        html.close();
        Tables.close(html);
        html.element(
                "p",
                "Purity is the share that lies with the majority of its mode. NMI is the normalised"
                        + " mutual information and ARI the adjusted Rand index of modes and experts;"
                        + " 1 is perfect agreement, 0 is what chance gives.",
                "class",
                "note");
    }

    private static void row(Html html, String name, Double... values) {
        html.open("tr").element("th", name, "scope", "row");
        for (Double value : values) {
            html.element("td", Figures.number(value), "class", "number");
        }
        html.close();
    }
}
