package dev.memo.app.report;

import dev.memo.app.picture.ChartPainter;
import dev.memo.app.report.ChartGroups.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How training went, epoch by epoch. */
final class TrainingSection {
    private static final String AXIS = "epoch";

    private static final ChartGroups CHARTS =
            new ChartGroups(
                    Set.of(AXIS),
                    List.of(
                            new Group("Loss", "loss"),
                            new Group(
                                    "Parts of the VQ loss",
                                    "vq_loss",
                                    "reconstruction",
                                    "codebook_loss",
                                    "commitment"),
                            new Group("Negative log-likelihood in nats", "nll"),
                            new Group("Perplexity: modes in use", "perplexity")));

    private TrainingSection() {}

    static void write(Html html, RunFolder run) {
        html.section("training", "Training");
        List<JsonNode> epochs = run.metrics();
        if (epochs.isEmpty()) {
            html.element("p", "This run has no metrics.").close();
            return;
        }
        html.open("div", "class", "panels");
        for (Group group : CHARTS.of(epochs)) {
            chart(html, group.title(), group.names(), epochs);
        }
        html.close().close();
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
