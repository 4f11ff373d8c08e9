package dev.memo.app.report;

import dev.memo.app.picture.ChartPainter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** How training went, epoch by epoch. */
final class TrainingSection {
    /** Series that are read together; each other one gets a chart of its own. */
    private static final Map<String, List<String>> GROUPS = groups();

    private static final String AXIS = "epoch";

    private TrainingSection() {}

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("Loss", List.of("loss"));
        groups.put(
                "Parts of the VQ loss",
                List.of("vq_loss", "reconstruction", "codebook_loss", "commitment"));
        groups.put("Negative log-likelihood in nats", List.of("nll"));
        groups.put("Perplexity: modes in use", List.of("perplexity"));
        return groups;
    }

    static void write(Html html, RunFolder run) {
        html.open("section", "id", "training").element("h2", "Training");
        List<JsonNode> epochs = run.metrics();
        if (epochs.isEmpty()) {
            html.element("p", "This run has no metrics.").close();
            return;
        }
        html.open("div", "class", "panels");
        charts(epochs).forEach((title, names) -> chart(html, title, names, epochs));
        html.close().close();
    }

    /** The charts with the series that these epochs have. */
    private static Map<String, List<String>> charts(List<JsonNode> epochs) {
        TreeSet<String> left = new TreeSet<>();
        for (JsonNode epoch : epochs) {
            epoch.properties().stream()
                    .filter(field -> field.getValue().isNumber())
                    .forEach(field -> left.add(field.getKey()));
        }
        left.remove(AXIS);
        Map<String, List<String>> charts = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> group : GROUPS.entrySet()) {
            List<String> there = new ArrayList<>(group.getValue());
            there.retainAll(left);
            if (!there.isEmpty()) {
                charts.put(group.getKey(), there);
                there.forEach(left::remove);
            }
        }
        left.forEach(name -> charts.put(Figures.words(name), List.of(name)));
        return charts;
    }

    private static void chart(Html html, String title, List<String> names, List<JsonNode> epochs) {
        double[] x = new double[epochs.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = epochs.get(i).path(AXIS).asDouble(i + 1);
        }
        Map<String, double[]> series = new LinkedHashMap<>();
        for (String name : names) {
            double[] y = new double[x.length];
            for (int i = 0; i < y.length; i++) {
                JsonNode value = epochs.get(i).path(name);
                y[i] = value.isNumber() ? value.asDouble() : Double.NaN;
            }
            series.put(Figures.words(name), y);
        }
        html.open("figure");
        Pictures.image(
                html,
                ChartPainter.lines(title, AXIS, x, series),
                "%s over %d epochs: %s".formatted(title, x.length, last(series)));
        html.close();
    }

    private static String last(Map<String, double[]> series) {
        List<String> parts = new ArrayList<>();
        series.forEach(
                (name, y) -> parts.add(name + " ends at " + Figures.number(y[y.length - 1])));
        return String.join(", ", parts);
    }
}
