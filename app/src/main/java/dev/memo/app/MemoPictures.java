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
import tools.jackson.databind.JsonNode;

/**
 * The pictures of a study's page: paths from above and the loss of one run of the original, and the
 * paths of what has to separate experts.
 */
final class MemoPictures {
    /** The line of the original whose paths and loss are drawn. */
    private static final String PICTURED = "goal-forward, k = 4, step 5";

    private final MemoStudy study;
    private final MemoStudyFiles files;
    private final StringBuilder text = new StringBuilder();

    MemoPictures(MemoStudy study, MemoStudyFiles files) {
        this.study = study;
        this.files = files;
    }

    /** Draws what is there; the text that shows it. */
    String markdown() {
        for (Case one : study.cases()) {
            if (one.name().equals(PICTURED) && one.section().equals(MemoStudy.ORIGINAL)) {
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
        for (Case one : study.cases()) {
            int last = one.stages().getLast();
            if (one.section().equals(MemoStudy.SEPARATION)
                    && Files.exists(files.row(one, 0, last))) {
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
        line("The posts' curve falls from about 9.4 to about 0.9 over 1,000 epochs.");
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
