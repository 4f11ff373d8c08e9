package dev.memo.learner.memo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.Tensor;
import dev.memo.base.TensorFile;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.jvm.JvmDevice;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.testing.Stopping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs end with the same bytes whatever happened in between. */
class MemoRunTest {
    private static final Dataset DATASET = TinyData.forwardAndCircle();

    /** Hot at first, so that episodes change codes and a code may die. */
    private static final MemoConfig CONFIG = TinyData.config("modes", 3);

    @TempDir Path temp;

    private static RunFolder train(
            MemoConfig config, Dataset dataset, Path path, int threads, Progress progress) {
        RunFolder folder = new RunFolder(path);
        try (ThreadTeam team = new ThreadTeam(threads);
                JvmDevice device = new JvmDevice(team)) {
            MemoRun.train(config, dataset, device, folder, progress);
        }
        return folder;
    }

    private RunFolder train(String name, int threads) {
        return train(CONFIG, DATASET, newFolder(name), threads, Progress.SILENT);
    }

    private Path newFolder(String name) {
        return RunFolder.create(temp.resolve(name)).path();
    }

    private static void assertSameBytes(RunFolder run, RunFolder expected) {
        assertThat(run.path().resolve("metrics.jsonl"))
                .hasSameBinaryContentAs(expected.path().resolve("metrics.jsonl"));
        assertThat(run.checkpoint()).hasSameBinaryContentAs(expected.checkpoint());
    }

    @Test
    void trainingTwiceGivesTheSameBytesOnAnyNumberOfThreads() throws IOException {
        RunFolder once = train("once", 1);
        assertThat(Files.readAllLines(once.path().resolve("metrics.jsonl")))
                .hasSize(CONFIG.epochs())
                .last()
                .asString()
                .startsWith("{\"epoch\":" + CONFIG.epochs() + ",\"loss\":");
        assertThat(Files.readAllLines(once.path().resolve("timings.jsonl")))
                .hasSize(CONFIG.epochs());
        assertSameBytes(train("twice", 1), once);
        assertSameBytes(train("threads", 2), once);

        MemoConfig other = TinyData.config("modes", 3, "seed", 1);
        RunFolder seeded = train(other, DATASET, newFolder("seeded"), 1, Progress.SILENT);
        assertThat(Files.mismatch(seeded.checkpoint(), once.checkpoint())).isNotNegative();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EPISODE", "STEP"})
    void aStoppedRunGoesOnAndEndsWithTheSameBytes(String assignment) throws IOException {
        MemoConfig config = TinyData.config("modes", 3, "assignment", assignment);
        RunFolder whole = train(config, DATASET, newFolder("whole"), 1, Progress.SILENT);
        Path path = newFolder("parts");
        for (int epoch = 1; epoch < config.epochs(); epoch++) {
            RunFolder part = train(config, DATASET, path, 1, new Stopping(epoch));
            assertThat(part.readCheckpoint().metadata()).containsEntry("epoch", "" + epoch);
            // As if it had been killed while it wrote lines that the checkpoint does not know.
            Files.writeString(
                    path.resolve("metrics.jsonl"),
                    "{\"epoch\":99}\n{\"epo",
                    StandardOpenOption.APPEND);
        }
        train(config, DATASET, path, 2, Progress.SILENT);
        assertSameBytes(new RunFolder(path), whole);
    }

    @Test
    void aFinishedRunStaysAsItIs() throws IOException {
        RunFolder run = train("run", 1);
        byte[] before = Files.readAllBytes(run.checkpoint());
        train(CONFIG, DATASET, run.path(), 1, Progress.SILENT);
        assertThat(run.checkpoint()).hasBinaryContent(before);
        assertThat(Files.readAllLines(run.path().resolve("metrics.jsonl")))
                .hasSize(CONFIG.epochs());
    }

    /** Trains for so long that somebody can kill it. */
    static final class Training {
        private static final MemoConfig CONFIG =
                TinyData.config("modes", 3, "epochs", 80, "iterations", 10);

        private Training() {}

        public static void main(String[] args) {
            train(CONFIG, TinyData.forwardAndCircle(), Path.of(args[0]), 1, Progress.SILENT);
        }
    }

    @Test
    void aKilledRunGoesOnAndEndsWithTheSameBytes() throws Exception {
        Path path = newFolder("killed");
        Process training =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-Xmx256m",
                                "--add-modules=jdk.incubator.vector",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Training.class.getName(),
                                path.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(temp.resolve("output.txt").toFile())
                        .start();
        RunFolder killed = new RunFolder(path);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (lines(killed) < 3 && training.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(2);
        }
        assertThatThrownBy(() -> train(Training.CONFIG, DATASET, path, 1, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        path + ": is being learned by another process: wait for it, or stop it");
        training.destroyForcibly(); // SIGKILL
        training.waitFor();
        assertThat(training.exitValue())
                .as(Files.readString(temp.resolve("output.txt")))
                .isEqualTo(128 + 9);
        int reached = Integer.parseInt(killed.readCheckpoint().metadata().get("epoch"));
        assertThat(reached).isBetween(1, Training.CONFIG.epochs() - 1);

        train(Training.CONFIG, DATASET, path, 1, Progress.SILENT);
        RunFolder whole = train(Training.CONFIG, DATASET, newFolder("whole"), 1, Progress.SILENT);
        assertSameBytes(killed, whole);
    }

    private static long lines(RunFolder run) throws IOException {
        Path metrics = run.path().resolve("metrics.jsonl");
        return Files.exists(metrics) ? Files.readString(metrics).lines().count() : 0;
    }

    @Test
    void refusesToGoOnWithAnotherConfiguration() {
        RunFolder run = train("run", 1);
        MemoConfig other = TinyData.config("modes", 3, "beta", 0.5);
        assertThatThrownBy(() -> train(other, DATASET, run.path(), 1, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(run.checkpoint().toString())
                .hasMessageContaining("another configuration");
    }

    @Test
    void refusesToGoOnWithOtherData() {
        RunFolder run = train("run", 1);
        for (List<Episode> other :
                List.of(DATASET.episodes().subList(0, 9), DATASET.episodes().reversed())) {
            Dataset data = new Dataset(DATASET.id(), DATASET.scenario(), DATASET.spec(), other);
            assertThatThrownBy(() -> train(CONFIG, data, run.path(), 1, Progress.SILENT))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(run.checkpoint().toString())
                    .hasMessageContaining("other data");
        }
    }

    @Test
    void refusesACheckpointOfAnotherShapeByItsNameAndTheTensors() {
        RunFolder run = train("run", 1);
        TensorFile file = run.readCheckpoint();
        Map<String, Tensor> tensors = new LinkedHashMap<>(file.tensors());
        tensors.put("codebook", new Tensor.F32(new float[8], 2, 4));
        new TensorFile(file.metadata(), tensors).write(run.checkpoint());
        refuses(run, "tensor codebook");
        tensors.remove("codebook");
        new TensorFile(file.metadata(), tensors).write(run.checkpoint());
        refuses(run, "tensor codebook");
    }

    @Test
    void refusesADamagedCheckpointByItsName() throws IOException {
        RunFolder run = train("run", 1);
        byte[] bytes = Files.readAllBytes(run.checkpoint());
        for (int length : List.of(0, 100, bytes.length / 2, bytes.length - 1)) {
            Files.write(run.checkpoint(), Arrays.copyOf(bytes, length));
            refuses(run, "");
        }
        Files.write(run.checkpoint(), bytes);
        for (String key : List.of("format", "config", "epoch", "observation_size")) {
            TensorFile file = run.readCheckpoint();
            Map<String, String> metadata = new LinkedHashMap<>(file.metadata());
            metadata.remove(key);
            new TensorFile(metadata, file.tensors()).write(run.checkpoint());
            refuses(run, key.equals("format") ? "format" : "metadata");
            Files.write(run.checkpoint(), bytes);
        }
        Files.delete(run.checkpoint());
        try (ThreadTeam team = new ThreadTeam(1)) {
            assertThatThrownBy(() -> MemoRun.load(run, new JvmDevice(team)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("no such file");
        }
    }

    /** Both to go on from and to load. */
    private static void refuses(RunFolder run, String why) {
        assertThatThrownBy(() -> train(CONFIG, DATASET, run.path(), 1, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(run.checkpoint().toString())
                .hasMessageContaining(why);
        try (ThreadTeam team = new ThreadTeam(1)) {
            assertThatThrownBy(() -> MemoRun.load(run, new JvmDevice(team)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(run.checkpoint().toString())
                    .hasMessageContaining(why);
        }
    }

    @Test
    void whatIsLoadedIsWhatWasLearned() {
        try (ThreadTeam team = new ThreadTeam(1);
                JvmDevice device = new JvmDevice(team)) {
            RunFolder folder = new RunFolder(newFolder("run"));
            MemoModel learned = MemoRun.train(CONFIG, DATASET, device, folder, Progress.SILENT);
            MemoModel loaded = MemoRun.load(folder, device);
            assertThat(loaded.config()).isEqualTo(CONFIG);
            Windows windows = MemoTrainer.windows(CONFIG, DATASET, new int[] {0});
            assertThat(loaded.contexts(windows)).isEqualTo(learned.contexts(windows));
            assertThat(loaded.steeringContext(1)).isEqualTo(learned.steeringContext(1));
        }
    }
}
