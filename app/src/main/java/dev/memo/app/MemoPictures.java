package dev.memo.app;

import dev.memo.app.MemoStudy.Case;
import dev.memo.app.picture.ChartPainter;
import dev.memo.app.picture.Picture;
import dev.memo.app.picture.ScenePainter;
import dev.memo.app.picture.Track;
import dev.memo.app.picture.View;
import dev.memo.app.report.Recordings;
import dev.memo.learner.checkpoint.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * The pictures of a study's page: paths from above and the loss of one run of the original, and the
 * paths of what has to separate experts.
 */
final class MemoPictures {
    /** The line of the original whose paths and loss are drawn. */
    private static final String PICTURED = "goal-forward, k = 4, step 5";

    private final MemoRows measured;
    private final MemoStudyFiles files;
    private final StringBuilder text = new StringBuilder();

    MemoPictures(MemoRows measured) {
        this.measured = measured;
        files = measured.files();
    }

    /** Draws what is there of the original; the text that shows it. */
    String ofOriginal() {
        text.setLength(0);
        for (Case one : measured.section(MemoStudy.ORIGINAL)) {
            if (one.name().equals(PICTURED)) {
                line("### Paths by epoch: " + one.name() + ", seed 0");
                line("");
                line(
                        "Above the experts, below each mode, from the same starts; after the epochs named.");
                line("");
                for (int epoch : one.stages()) {
                    panels(one, epoch);
                }
                lossCurve(one);
            }
        }
        return text.toString();
    }

    /** Draws what is there of what has to separate experts; the text that shows it. */
    String ofSeparation() {
        text.setLength(0);
        for (Case one : measured.section(MemoStudy.SEPARATION)) {
            int last = one.stages().getLast();
            if (Files.exists(files.row(one, 0, last))) {
                line("### Paths: " + one.name() + ", seed 0");
                line("");
                panels(one, last);
            }
        }
        return text.toString();
    }

    private void panels(Case one, int epoch) {
        Map<String, List<Track>> tracks = Recordings.tracks(files.stage(one, 0, epoch));
        if (tracks.isEmpty()) {
            return;
        }
        View view = View.of(tracks.values().stream().flatMap(List::stream).toList());
        for (String kind : List.of("expert-", "mode-")) {
            List<String> names = tracks.keySet().stream().filter(n -> n.startsWith(kind)).toList();
            StringBuilder row = new StringBuilder("<p>");
            for (String name : names) {
                String file = "%s-%d-%s.png".formatted(files.slug(one), epoch, name);
                save(ScenePainter.paint(view, tracks.get(name)), file);
                String alt = "%s after %d epochs".formatted(name.replace('-', ' '), epoch);
                row.append("<img width=\"180\" src=\"images/%s\" alt=\"%s\">".formatted(file, alt));
            }
            line(row + "</p>");
            line("");
        }
        line("(" + epoch + " epochs)");
        line("");
    }

    private void lossCurve(Case one) {
        List<JsonNode> metrics = new RunFolder(files.folder(one, 0)).readMetrics();
        if (metrics.isEmpty()) {
            return;
        }
        double[] epochs = metrics.stream().mapToDouble(m -> m.path("epoch").asDouble()).toArray();
        Map<String, double[]> series = new LinkedHashMap<>();
        for (String name : List.of("loss", "vq_loss", "nll")) {
            series.put(name, metrics.stream().mapToDouble(m -> m.path(name).asDouble()).toArray());
        }
        String file = files.slug(one) + "-loss.png";
        save(ChartPainter.lines("Loss", "epoch", epochs, series), file);
        line("![Loss by epoch](images/%s)".formatted(file));
        line("");
        double[] losses = series.get("loss");
        int largest =
                IntStream.range(0, losses.length)
                        .reduce(0, (best, i) -> losses[i] > losses[best] ? i : best);
        line(
                "The loss begins at %.2f, is largest in epoch %.0f, at %.2f, and ends at %.2f. In the posts it falls from about 9.4 to about 0.9 over 1,000 epochs, which have 10 to 40 times as many gradient steps and other data."
                        .formatted(
                                losses[0],
                                epochs[largest],
                                losses[largest],
                                losses[losses.length - 1]));
        line("");
    }

    private void save(Picture picture, String name) {
        Path images = files.out().resolve("images");
        Laboratory.makeFolder(images);
        try {
            Files.write(images.resolve(name), picture.png());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
