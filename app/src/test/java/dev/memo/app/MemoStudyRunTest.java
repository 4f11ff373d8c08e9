package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.app.MemoStudy.Case;
import dev.memo.app.MemoStudy.Data;
import dev.memo.app.MemoStudy.Learner;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.kernels.jvm.JvmDevice;
import dev.memo.learner.baseline.BaselineConfig;
import dev.memo.learner.baseline.BaselineConfig.Kind;
import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.memo.MemoConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class MemoStudyRunTest {
    private static final Data DATA = new Data("two", List.of("forward", "circle"), 10, 60, 0.1);
    private static final Map<String, Object> SMALL =
            Map.of("modes", 2, "hidden", 16, "batch", 64, "iterations", 20);

    @TempDir private Path folder;

    private static MemoStudy study() {
        MemoConfig memo =
                ConfigJson.with(
                        ConfigJson.with(MemoConfig.DEFAULT, SMALL),
                        Map.of("step", List.of(10), "epochs", 3));
        BaselineConfig baseline =
                ConfigJson.with(
                        ConfigJson.with(BaselineConfig.DEFAULT, SMALL),
                        Map.of("kind", Kind.K_MEANS, "step", 10, "epochs", 2));
        BaselineConfig clones = ConfigJson.with(baseline, Map.of("epochs", 1));
        return new MemoStudy(
                List.of(
                        new Case(
                                MemoStudy.ORIGINAL,
                                "goal-forward, k = 2, step 1",
                                DATA,
                                new Learner.Memo(memo, List.of(1, 2, 3), 2),
                                clones,
                                2),
                        new Case(
                                MemoStudy.SELECTION,
                                "two",
                                DATA,
                                new Learner.Selection(memo, 2, 2),
                                clones,
                                1),
                        new Case(
                                MemoStudy.BASELINES,
                                "k means",
                                DATA,
                                new Learner.Baseline(baseline),
                                clones,
                                1)),
                2);
    }

    /** Runs what is not done yet and adds its rows; tells whether all is done. */
    private static boolean run(Path folder, Progress progress, List<JsonNode> rows) {
        try (ThreadTeam team = new ThreadTeam(2);
                Device device = new JvmDevice(team)) {
            Laboratory laboratory = new Laboratory(team, device, progress);
            MemoStudyRun run =
                    new MemoStudyRun(study(), folder, laboratory, 1, "./memo again", rows::add);
            boolean finished = run.run();
            MemoResults.write(study(), "./memo again", folder);
            return finished;
        }
    }

    private static List<JsonNode> run(Path folder) {
        List<JsonNode> rows = new ArrayList<>();
        assertThat(run(folder, Progress.SILENT, rows)).isTrue();
        return rows;
    }

    /** A person who asks to stop in the so manieth piece of work. */
    private static final class Impatient implements Progress {
        private final int most;
        private int tasks;

        Impatient(int most) {
            this.most = most;
        }

        @Override
        public void begin(String task, long total, String unit) {
            tasks++;
        }

        @Override
        public void advance(long amount) {}

        @Override
        public void end() {}

        @Override
        public boolean stopRequested() {
            return tasks >= most;
        }
    }

    @Test
    void measuresEveryLineSeedAndEpochOnceAndTheLongestEpochsWithOneSeedAndWritesThePage()
            throws IOException {
        List<JsonNode> rows = run(folder);
        assertThat(rows)
                .extracting(row -> row.path("section").asString() + row.path("epoch").asInt())
                .containsExactly(
                        "original1",
                        "original2",
                        "original3",
                        "selection3",
                        "baselines2",
                        "original1",
                        "original2");
        JsonNode last = rows.get(2);
        assertThat(last.at("/likelihood/floor").isNumber()).isTrue();
        assertThat(last.at("/likelihood/ceiling").isNumber()).isTrue();
        assertThat(last.at("/distinguishability/modes").isNumber()).isTrue();
        assertThat(last.path("experts")).hasSize(2);
        assertThat(rows.get(3).path("candidates")).hasSize(2);
        String page = Files.readString(folder.resolve("memo.md"));
        assertThat(page)
                .contains("./memo again", "57/43; 100/0", "| k means |", "recommended")
                .doesNotContain("NaN", "Infinity");
        assertThat(run(folder)).isEmpty();
        assertThat(folder.resolve("memo.md")).hasContent(page);
    }

    @Test
    void whatWasStoppedGoesOnAndEndsWithTheSameFigures() throws IOException {
        Path stopped = folder.resolve("stopped");
        int done = 0;
        boolean finished = false;
        for (int tasks = 2; !finished; tasks += 3) {
            List<JsonNode> rows = new ArrayList<>();
            finished = run(stopped, new Impatient(tasks), rows);
            done += rows.size();
            String far = "Not finished: %d of 7".formatted(done);
            assertThat(Files.readString(stopped.resolve("memo.md")).contains(far))
                    .isEqualTo(!finished);
        }
        assertThat(done).isEqualTo(7);
        Path whole = folder.resolve("whole");
        run(whole);
        assertThat(figures(stopped)).isEqualTo(figures(whole));
    }

    /** All rows but for what took how long. */
    private static List<String> figures(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> rows = new ArrayList<>();
            for (Path row : files.filter(file -> file.endsWith("row.json")).sorted().toList()) {
                rows.add(Files.readString(row).replaceAll("\"processor_seconds\":[^,]*,", ""));
            }
            return rows;
        }
    }
}
