package dev.memo.learner.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees who gives a dataset that cannot be used. */
class WrongDatasetTest {
    private static final int STEPS = 4;
    private static final String BOX = MinariSpace.box(3, "-1.0", "1.0");

    @TempDir Path folder;

    private void writeData(Consumer<Map<String, Object>> change) throws IOException {
        Map<String, Object> arrays = new LinkedHashMap<>();
        arrays.put("observations", new float[STEPS + 1][3]);
        arrays.put("actions", new float[STEPS][3]);
        arrays.put("rewards", new double[STEPS]);
        arrays.put("terminations", new byte[STEPS]);
        arrays.put("truncations", new byte[STEPS]);
        change.accept(arrays);
        Files.createDirectories(folder.resolve("data"));
        try (WritableHdfFile hdf = HdfFile.write(folder.resolve(MinariMetadata.DATA_FILE))) {
            WritableGroup episode = hdf.putGroup("episode_0");
            arrays.forEach(episode::putDataset);
        }
    }

    private void writeMetadata(int episodes, String observation) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        String json =
                """
                {"data_format": "hdf5", "dataset_id": "wrong-v0", "total_episodes": %d,
                 "observation_space": %s, "action_space": %s}
                """
                        .formatted(episodes, quoted(observation), quoted(BOX));
        Files.writeString(folder.resolve("data/metadata.json"), json);
    }

    private static String quoted(String json) {
        return '"' + json.replace("\"", "\\\"") + '"';
    }

    private void write(Consumer<Map<String, Object>> change) throws IOException {
        writeData(change);
        writeMetadata(1, BOX);
    }

    private void expect(String... fragments) {
        assertThatThrownBy(() -> Dataset.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(folder.toString())
                .hasMessageContainingAll(fragments);
    }

    @Test
    void isReadWhereNothingIsWrong() throws IOException {
        write(_ -> {});
        assertThat(Dataset.read(folder).steps()).isEqualTo(STEPS);
    }

    @Test
    void namesAMissingFolder() {
        folder = folder.resolve("nowhere");
        expect("nowhere: no such folder");
    }

    @Test
    void namesAFolderWithoutADataset() {
        expect("no dataset here");
    }

    @Test
    void namesMissingMetadata() throws IOException {
        writeData(_ -> {});
        expect("metadata.json: no such file");
    }

    @Test
    void namesMetadataThatIsNotJson() throws IOException {
        writeData(_ -> {});
        Files.writeString(folder.resolve("data/metadata.json"), "{\"data_format\"");
        expect("metadata.json: not JSON");
    }

    @Test
    void namesAMissingKey() throws IOException {
        writeData(_ -> {});
        Files.writeString(folder.resolve("data/metadata.json"), "{\"data_format\": \"hdf5\"}");
        expect("metadata.json: total_episodes: missing");
    }

    @Test
    void namesAFormatItDoesNotRead() throws IOException {
        writeData(_ -> {});
        Files.writeString(folder.resolve("data/metadata.json"), "{\"data_format\": \"arrow\"}");
        expect("metadata.json: data_format 'arrow': must be 'hdf5'");
    }

    @Test
    void namesMissingData() throws IOException {
        writeMetadata(1, BOX);
        expect("main_data.hdf5: no such file");
    }

    @Test
    void saysThatThereAreNoEpisodes() throws IOException {
        writeData(_ -> {});
        writeMetadata(0, BOX);
        expect("total_episodes 0: no episodes");
    }

    @Test
    void namesAMissingEpisode() throws IOException {
        writeData(_ -> {});
        writeMetadata(2, BOX);
        expect("episode_1 is missing, of 2 episodes");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.02, 0.3, 0.6, 0.9, 0.99})
    void saysThatAFileIsTruncated(double share) throws IOException {
        write(_ -> {});
        Path file = folder.resolve(MinariMetadata.DATA_FILE);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, (int) (share * bytes.length)));
        expect("main_data.hdf5: truncated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"observations", "actions", "rewards", "terminations", "truncations"})
    void namesAMissingArray(String name) throws IOException {
        write(arrays -> arrays.remove(name));
        expect("episode_0/" + name + ": missing");
    }

    @Test
    void placesANumberThatIsNotFinite() throws IOException {
        write(arrays -> ((float[][]) arrays.get("observations"))[2][1] = Float.NaN);
        expect("episode_0: observations, step 2, column observation[1]: NaN");
        write(arrays -> ((float[][]) arrays.get("actions"))[3][2] = Float.NEGATIVE_INFINITY);
        expect("episode_0: actions, step 3, column action[2]: -Infinity");
        write(arrays -> ((double[]) arrays.get("rewards"))[1] = Double.NaN);
        expect("episode_0: rewards, step 1, column reward: NaN");
    }

    @Test
    void saysWhichLengthsDisagree() throws IOException {
        write(arrays -> arrays.put("actions", new float[STEPS - 1][3]));
        expect("episode_0/actions: shape [3, 3]: must be 4 rows of 3, as rewards has 4 rows");
        write(arrays -> arrays.put("observations", new float[STEPS][3]));
        expect("episode_0/observations: shape [4, 3]: must be 5 rows of 3");
        write(arrays -> arrays.put("observations", new float[STEPS + 1][2]));
        expect("episode_0/observations: shape [5, 2]: must be 5 rows of 3");
        write(arrays -> arrays.put("truncations", new byte[STEPS + 1]));
        expect("episode_0/truncations: shape [5]: must be 4 rows of 1");
    }

    @Test
    void refusesWholeNumbersAsObservations() throws IOException {
        write(arrays -> arrays.put("observations", new int[STEPS + 1][3]));
        expect("episode_0/observations: numbers of type int: must be float32 or float64");
    }

    @Test
    void saysThatOurNamesDoNotFitTheSpace() throws IOException {
        write(_ -> {});
        Path file = folder.resolve("data/metadata.json");
        String json = Files.readString(file);
        String own = "\"memo\": {\"observation\": [{\"name\": \"gyro\", \"length\": 2}]}, ";
        Files.writeString(file, json.replace("\"dataset_id\"", own + "\"dataset_id\""));
        expect("memo.observation: parts of [2] columns: observation_space has 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"type\": \"Discrete\", \"n\": 3} | observation_space: space Discrete",
                "{\"type\": \"Text\"} | observation_space: space Text",
                "{\"type\": \"Box\", \"dtype\": \"uint8\", \"shape\": [8, 8, 3]}"
                        + " | observation_space: space Box of uint8",
                "{\"type\": \"Dict\", \"subspaces\": {\"door\": {\"type\": \"MultiBinary\"}}}"
                        + " | observation_space 'door': space MultiBinary",
                "{\"type\": \"Dict\", \"subspaces\": {}} | observation_space: the space is empty",
                "{\"type\": \"Box\", \"dtype\": \"float32\", \"shape\": [0]}"
                        + " | observation_space: space Box without numbers",
                "{} | observation_space: space without type",
                "Box(3) | observation_space: not JSON",
            })
    void namesASpaceThatIsNotSupported(String space, String expected) throws IOException {
        writeData(_ -> {});
        writeMetadata(1, space);
        expect(expected);
    }
}
