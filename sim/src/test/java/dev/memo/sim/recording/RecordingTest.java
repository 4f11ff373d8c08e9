package dev.memo.sim.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import dev.memo.base.Tensor;
import dev.memo.base.TensorFile;
import dev.memo.sim.env.Scene;
import dev.memo.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {
    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("episode.safetensors");
    }

    /** A recording whose numbers all differ. */
    private static Recording recording(
            int steps, int hazards, int vases, int contextSize, int codes) {
        double[] next = {0.1};
        List<Scene.Disc> discs = new ArrayList<>();
        for (int i = 0; i < hazards; i++) {
            discs.add(new Scene.Disc(next[0]++, next[0]++, next[0]++));
        }
        List<Scene> scenes = new ArrayList<>();
        List<Recording.Step> made = new ArrayList<>();
        for (int t = 0; t <= steps; t++) {
            List<Scene.Box> boxes = new ArrayList<>();
            for (int i = 0; i < vases; i++) {
                boxes.add(new Scene.Box(next[0]++, next[0]++, next[0]++, 0.1));
            }
            scenes.add(
                    new Scene(
                            1.5,
                            new Scene.Pose(next[0]++, next[0]++, next[0]++),
                            new Scene.Disc(next[0]++, next[0]++, next[0]++),
                            discs,
                            boxes));
            if (t < steps) {
                float[] context = new float[contextSize];
                for (int i = 0; i < contextSize; i++) {
                    context[i] = (float) next[0]++;
                }
                float[] distances = new float[codes];
                for (int i = 0; i < codes; i++) {
                    distances[i] = t == 0 ? Float.NaN : (float) next[0]++;
                }
                float[] action = {(float) next[0]++, (float) next[0]++};
                made.add(new Recording.Step(action, context, distances, next[0]++, next[0]++));
            }
        }
        return new Recording(Scenario.load("goal1"), "forward", -17, scenes, made);
    }

    @ParameterizedTest
    @CsvSource({"5, 3, 2, 4, 3", "2, 0, 0, 0, 0", "1, 1, 0, 1, 0", "0, 2, 1, 0, 0"})
    void readsWhatWasWritten(int steps, int hazards, int vases, int contextSize, int codes) {
        Recording recording = recording(steps, hazards, vases, contextSize, codes);
        recording.write(file);
        assertThat(Recording.read(file))
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> a.compareTo(b) == 0, Float.class)
                .withEqualsForType((a, b) -> a.compareTo(b) == 0, Double.class)
                .isEqualTo(recording);
    }

    @Test
    void writesEqualBytesForEqualRecordings() throws IOException {
        recording(5, 3, 2, 4, 3).write(file);
        Path other = folder.resolve("other.safetensors");
        Recording.read(file).write(other);
        assertThat(Files.mismatch(file, other)).isEqualTo(-1);
    }

    @Test
    void refusesATruncatedFileWhereverItEnds() throws IOException {
        recording(5, 3, 2, 4, 3).write(file);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 7, 8, 100, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            refuses("");
        }
    }

    @Test
    void refusesWhatIsNoFile() throws IOException {
        refuses("no such file");
        Files.createDirectory(file);
        refuses("not a readable safetensors file");
    }

    /** Writes a recording with that change and reads it. */
    private void refusesChanged(Consumer<TensorFile> change, String rule) {
        TensorFile changed = RecordingFile.of(recording(5, 3, 2, 4, 3));
        change.accept(changed);
        changed.write(file);
        refuses(rule);
    }

    private void refuses(String rule) {
        assertThatThrownBy(() -> Recording.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(rule);
    }

    @Test
    void refusesAnotherFormatOrVersion() {
        refusesChanged(
                changed -> changed.metadata().remove("format"),
                "not a recording: metadata 'format' must be memo-recording");
        refusesChanged(
                changed -> changed.metadata().put("format", "memo-checkpoint"), "not a recording");
        refusesChanged(
                changed -> changed.metadata().put("version", "1"),
                "version 1: only version 2 can be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "label", "seed", "scenario"})
    void refusesMissingMetadata(String name) {
        refusesChanged(
                changed -> changed.metadata().remove(name), "metadata '" + name + "' is missing");
    }

    @Test
    void refusesASeedThatIsNoNumber() {
        refusesChanged(
                changed -> changed.metadata().put("seed", "1.5"),
                "metadata 'seed' 1.5: must be a whole number");
    }

    @Test
    void refusesABrokenScenario() {
        refusesChanged(
                changed -> changed.metadata().put("scenario", "{\"name\": 1}"),
                "scenario: $.name: 1: must be text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "extent",
                "hazards",
                "goals",
                "robot",
                "vases",
                "actions",
                "contexts",
                "distances",
                "rewards",
                "costs"
            })
    void refusesAMissingOrMisshapenTensor(String name) {
        refusesChanged(changed -> changed.tensors().remove(name), "tensor '" + name + "'");
        refusesChanged(
                changed -> changed.tensors().put(name, new Tensor.F64(new double[7], 7)),
                "tensor '" + name + "'");
        refusesChanged(
                changed -> changed.tensors().put(name, new Tensor.I32(new int[4], 2, 2)),
                "tensor '" + name + "'");
    }

    @Test
    void refusesAnotherNumberOfSteps() {
        refusesChanged(
                changed -> changed.tensors().put("rewards", new Tensor.F64(new double[4], 4)),
                "tensor 'rewards' has shape [4]: shape [5] is needed");
    }

    @Test
    void needsRowsOfOneSize() {
        Recording narrow = recording(1, 0, 0, 1, 0);
        Recording wide = recording(2, 0, 0, 2, 0);
        List<Recording.Step> mixed = List.of(narrow.steps().getFirst(), wide.steps().getFirst());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Recording(wide.scenario(), "mixed", 0, wide.scenes(), mixed))
                .withMessage("contexts of a recording have one size");
    }

    @Test
    void needsOneSceneMoreThanSteps() {
        Recording good = recording(2, 0, 0, 0, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new Recording(
                                        good.scenario(),
                                        good.label(),
                                        good.seed(),
                                        good.scenes().subList(0, 2),
                                        good.steps()));
    }
}
