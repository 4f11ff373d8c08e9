package dev.memo.learner.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.memo.base.InputException;
import dev.memo.learner.export.EventRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RunFolderTest {
    @TempDir Path temp;

    private static ObjectNode line(int epoch) {
        return JsonMapper.shared().createObjectNode().put("epoch", epoch);
    }

    @Test
    void makesANewFolderAndTakesAnEmptyOne() throws IOException {
        Path run = temp.resolve("runs/one");
        RunFolder.create(run);
        assertThat(run).isDirectory();
        assertThat(RunFolder.create(run).path()).isEqualTo(run);
        Files.createFile(run.resolve("something"));
        assertThatThrownBy(() -> RunFolder.create(run))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(run.toString())
                .hasMessageContaining("exists already");
    }

    @Test
    void oneAtATimeLearnsIntoAFolder() {
        RunFolder run = RunFolder.create(temp.resolve("run"));
        try (RunLock _ = run.lock()) {
            assertThatThrownBy(run::lock)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(run.path().toString())
                    .hasMessageContaining("by another process");
        }
        run.lock().close();
    }

    @Test
    void refusesAFileOfThatName() throws IOException {
        Path file = Files.createFile(temp.resolve("run"));
        assertThatThrownBy(() -> RunFolder.create(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("exists already");
    }

    @Test
    void refusesAPlaceWhereNoFolderCanBe() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertThatThrownBy(() -> RunFolder.create(file.resolve("run")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be made");
    }

    @Test
    void refusesAFolderThatCannotBeWritten() throws IOException {
        Path run = Files.createDirectory(temp.resolve("run"));
        assumeThat(run.toFile().setWritable(false)).isTrue();
        assumeThat(Files.isWritable(run)).as("the superuser may write everywhere").isFalse();
        assertThatThrownBy(() -> RunFolder.create(run))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void refusesAFolderThatIsNotOfARun() {
        assertThatThrownBy(() -> RunFolder.open(temp))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(temp.toString())
                .hasMessageContaining("config.json");
        assertThatThrownBy(() -> RunFolder.open(temp.resolve("missing")))
                .isInstanceOf(InputException.class);
    }

    @Test
    void keepsTheConfiguration() throws IOException {
        RunFolder.create(temp.resolve("run")).writeConfig(line(7));
        RunFolder run = RunFolder.open(temp.resolve("run"));
        assertThat(run.readConfig()).isEqualTo(line(7));
        Files.writeString(run.path().resolve("config.json"), "{\"epoch\": 7");
        assertThatThrownBy(run::readConfig)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("config.json: not readable");
    }

    @Test
    void goingBackDropsLaterLinesAndAHalfWrittenOne() throws IOException {
        RunFolder run = RunFolder.create(temp.resolve("run"));
        for (int epoch = 1; epoch <= 3; epoch++) {
            run.appendMetrics(line(epoch));
        }
        run.appendTimings(line(1));
        run.appendTimings(line(2));
        Path metrics = run.path().resolve("metrics.jsonl");
        Path timings = run.path().resolve("timings.jsonl");
        Files.writeString(timings, "{\"epo", StandardOpenOption.APPEND);

        run.truncateTo(2);
        String two = "{\"epoch\":1}\n{\"epoch\":2}\n";
        assertThat(metrics).hasContent(two);
        assertThat(timings).hasContent(two);
        run.appendMetrics(line(3));
        assertThat(metrics).hasContent(two + "{\"epoch\":3}\n");

        run.truncateTo(0);
        assertThat(metrics).isEmptyFile();
    }

    @Test
    void tensorBoardSeesTheLinesThatStand() throws IOException {
        RunFolder run = RunFolder.create(temp.resolve("run"));
        for (int epoch = 1; epoch <= 2; epoch++) {
            run.appendMetrics(line(epoch).put("loss", 1.0 / epoch));
            run.appendTimings(line(epoch).put("seconds", 3));
        }
        Path events = run.path().resolve("tensorboard");
        assertThat(EventRecords.read(events).scalars())
                .containsExactly("loss@1 1.0", "seconds@1 3.0", "loss@2 0.5", "seconds@2 3.0");
        // A run that was killed in the middle of writing.
        Files.writeString(EventRecords.file(events), "half a rec", StandardOpenOption.APPEND);

        run.truncateTo(1);
        run.appendMetrics(line(2).put("loss", 0.25));
        assertThat(EventRecords.read(events).scalars())
                .containsExactly("loss@1 1.0", "seconds@1 3.0", "loss@2 0.25");
    }

    @Test
    void refusesToGoOnFromALineThatIsNoJson() throws IOException {
        RunFolder run = RunFolder.create(temp.resolve("run"));
        Files.writeString(run.path().resolve("metrics.jsonl"), "{\"epoch\"\n");
        Files.writeString(run.path().resolve("timings.jsonl"), "{\"epoch\":1}\n");
        assertThatThrownBy(() -> run.truncateTo(1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("metrics.jsonl: not JSON: {\"epoch\"");
    }

    @Test
    void refusesToGoOnFromLinesThatAreMissing() throws IOException {
        RunFolder run = RunFolder.create(temp.resolve("run"));
        run.appendMetrics(line(1));
        run.appendTimings(line(1));
        assertThatThrownBy(() -> run.truncateTo(2))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("metrics.jsonl")
                .hasMessageContaining("1 of 2 epochs");
        Files.delete(run.path().resolve("metrics.jsonl"));
        assertThatThrownBy(() -> run.truncateTo(1)).isInstanceOf(InputException.class);
    }
}
