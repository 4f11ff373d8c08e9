package dev.memo.learner.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetWriterTest {
    private static final Optional<String> SCENARIO = Optional.of("{\"name\": \"goal1\"}");

    @TempDir Path folder;

    /** Writes episodes of 7 steps by goal, forward, goal, ... in parts of two. */
    private Dataset write(int episodes) {
        try (DatasetWriter writer = writer()) {
            for (int e = 0; e < episodes; e++) {
                writer.add(SyntheticEpisodes.episode(e, 7), e % 2 == 0 ? "goal" : "forward");
            }
        }
        return Dataset.read(folder);
    }

    private DatasetWriter writer() {
        return new DatasetWriter(folder, "test", SCENARIO, SyntheticEpisodes.SPEC, 14);
    }

    @Test
    void readsBackWhatItWrote() {
        Dataset dataset = write(5);
        assertThat(dataset.spec()).isEqualTo(SyntheticEpisodes.SPEC);
        assertThat(dataset.scenario()).isEqualTo(SCENARIO);
        assertThat(dataset.episodes()).hasSize(5);
        for (int e = 0; e < 5; e++) {
            assertThat(dataset.episodes().get(e))
                    .usingRecursiveComparison()
                    .isEqualTo(SyntheticEpisodes.episode(e, 7));
        }
    }

    @Test
    void writesAPartWhenItIsFull() {
        try (DatasetWriter writer = writer()) {
            writer.add(SyntheticEpisodes.episode(0, 7), "goal");
            assertThat(folder).isEmptyDirectory();
            for (int e = 1; e < 5; e++) {
                writer.add(SyntheticEpisodes.episode(e, 7), "goal");
            }
            // A full part waits until the one before it is on disk.
            assertThat(Dataset.read(folder.resolve("part-00000-v0")).episodes()).hasSize(2);
        }
        assertThat(Dataset.read(folder).episodes()).hasSize(5);
        assertThat(Dataset.read(folder.resolve("part-00002-v0")).episodes()).hasSize(1);
    }

    @Test
    void tellsOfAPartThatCouldNotBeWrittenAndLeavesNoGapAfterIt() throws IOException {
        try (DatasetWriter writer = writer()) {
            Files.writeString(folder.resolve("part-00001-v0"), "in the way");
            for (int e = 0; e < 5; e++) {
                writer.add(SyntheticEpisodes.episode(e, 7), "goal");
            }
            assertThatThrownBy(() -> writer.add(SyntheticEpisodes.episode(5, 7), "goal"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("part-00001-v0: cannot be written");
        }
        assertThat(folder.resolve("part-00000-v0")).isDirectory();
        assertThat(folder.resolve("part-00002-v0")).doesNotExist();
    }

    @Test
    void closingTellsOfALastPartThatCouldNotBeWritten() throws IOException {
        DatasetWriter writer = writer();
        Files.writeString(folder.resolve("part-00000-v0"), "in the way");
        writer.add(SyntheticEpisodes.episode(0, 7), "goal");
        assertThatThrownBy(writer::close)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("part-00000-v0: cannot be written");
    }

    @Test
    void writesNothingWithoutEpisodes() {
        writer().close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void keepsExpertsOutOfTheData() throws IOException {
        Dataset dataset = write(5);
        ExpertLabels labels = ExpertLabels.read(folder, dataset).orElseThrow();
        assertThat(labels.names()).containsExactly("goal", "forward");
        assertThat(labels.ofEpisode()).containsExactly(0, 1, 0, 1, 0);
        assertThat(labels.ofRows(new int[] {3, 3, 4})).containsExactly(1, 1, 0);
        for (String name : List.of("data/main_data.hdf5", "data/metadata.json")) {
            byte[] bytes = Files.readAllBytes(folder.resolve("part-00000-v0").resolve(name));
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("forward");
        }
    }

    @Test
    void refusesLabelsOfSomePartsOnly() throws IOException {
        Dataset dataset = write(4);
        Files.delete(folder.resolve("part-00001-v0/experts.json"));
        assertThatThrownBy(() -> ExpertLabels.read(folder, dataset))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("1 of 2 parts have experts.json");
    }

    @Test
    void refusesASeriesWithAGap() throws IOException {
        write(6);
        Files.move(folder.resolve("part-00001-v0"), folder.resolve("elsewhere"));
        assertThatThrownBy(() -> Dataset.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("part-00001-v0 is missing");
    }

    @Test
    void refusesAFolderThatHoldsASeries() {
        write(2);
        assertThatThrownBy(this::writer)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("exists already");
    }

    @Test
    void refusesAFolderThatCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(
                        () ->
                                new DatasetWriter(
                                        file.resolve("data"),
                                        "test",
                                        SCENARIO,
                                        SyntheticEpisodes.SPEC))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be made");
    }

    @Test
    void refusesNumbersThatAreNotFinite() {
        Episode episode = SyntheticEpisodes.episode(0, 7);
        episode.poses()[3 * 4 + 1] = Double.NaN;
        try (DatasetWriter writer = writer()) {
            assertThatThrownBy(() -> writer.add(episode, "goal"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("poses, step 4, column y: NaN");
        }
    }

    @Test
    void refusesActionsOutsideTheirRange() {
        Episode episode = SyntheticEpisodes.episode(0, 7);
        episode.actions()[1] = 1.5f;
        try (DatasetWriter writer = writer()) {
            assertThatThrownBy(() -> writer.add(episode, "goal"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("action 1.5: must be in [-1, 1]");
        }
    }
}
