package dev.memo.learner.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.sim.env.EnvSpec;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Datasets written by Minari 0.5.4 and by h5py, against what Minari reads from them. */
class ForeignDatasetTest {
    private static Path folder(String id) {
        try {
            var url = ForeignDatasetTest.class.getResource("/golden/minari-foreign/" + id);
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode golden(String id) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(folder(id + ".json")));
    }

    @Test
    void readsFlatObservations() throws IOException {
        Dataset dataset = Dataset.read(folder("pendulum-v0"));
        assertThat(dataset.id()).isEqualTo("pendulum-v0");
        assertThat(dataset.scenario()).isEmpty();
        assertThat(dataset.spec().observation())
                .containsExactly(new EnvSpec.Slice("observation", 0, 3));
        assertThat(dataset.spec().costNames()).isEmpty();
        assertThat(dataset.episodes().getFirst().goalsMet()).isEmpty();
        compare(dataset, golden("pendulum-v0"));
    }

    @Test
    void readsDictObservationsInTheOrderOfTheMetadata() throws IOException {
        Dataset dataset = Dataset.read(folder("point-goal1-v0"));
        assertThat(dataset.spec().observation().stream().map(EnvSpec.Slice::name))
                .containsExactly(
                        "accelerometer",
                        "velocimeter",
                        "gyro",
                        "magnetometer",
                        "goal_lidar",
                        "hazards_lidar",
                        "vases_lidar");
        assertThat(dataset.spec().observationSize()).isEqualTo(60);
        assertThat(dataset.spec().costNames()).containsExactlyInAnyOrder("cost", "hazards", "sum");
        compare(dataset, golden("point-goal1-v0"));
    }

    @Test
    void readsTheLeastThatMinariTakes() {
        Dataset dataset = Dataset.read(folder("minimum-v0"));
        assertThat(dataset.episodes()).hasSize(3);
        assertThat(dataset.steps()).isEqualTo(60);
        assertThat(dataset.spec().observationSize()).isEqualTo(4);
        assertThat(dataset.spec().actionSize()).isEqualTo(2);
        assertThat(ExpertLabels.read(folder("minimum-v0"), dataset)).isEmpty();
    }

    @Test
    void readsUnboundedPartsOfADict() {
        DatasetSpec spec = Dataset.read(folder("minimum-dict-v0")).spec();
        assertThat(spec.observation())
                .containsExactly(
                        new EnvSpec.Slice("gyro", 0, 3), new EnvSpec.Slice("accelerometer", 3, 3));
    }

    private static void compare(Dataset dataset, JsonNode golden) {
        assertThat(dataset.steps()).isEqualTo(golden.path("total_steps").asLong());
        assertThat(dataset.episodes()).hasSize(golden.path("episodes").size());
        DatasetSpec spec = dataset.spec();
        for (int e = 0; e < dataset.episodes().size(); e++) {
            Episode episode = dataset.episodes().get(e);
            JsonNode parts = golden.path("episodes").get(e).path("parts");
            for (EnvSpec.Slice slice : spec.observation()) {
                String part = spec.observation().size() > 1 ? "/" + slice.name() : "";
                compare(
                        parts.path("observations" + part),
                        columns(
                                episode.observations(),
                                spec.observationSize(),
                                slice.offset(),
                                slice.length()),
                        2e-4); // float32 of sums of up to 1,000 numbers of up to 10
            }
            int actions = spec.actionSize();
            compare(parts.path("actions"), columns(episode.actions(), actions, 0, actions), 2e-6);
            compare(parts.path("rewards"), episode.rewards(), 1e-12);
            compare(parts.path("terminations"), numbers(episode.terminations()), 0);
            compare(parts.path("truncations"), numbers(episode.truncations()), 0);
            if (episode.goalsMet().length > 0) {
                assertThat(Arrays.stream(numbers(episode.goalsMet())).sum())
                        .isEqualTo(parts.path("infos/goal_met").path("sum").asDouble());
            }
            for (int c = 0; c < spec.costNames().size(); c++) {
                double sum = 0;
                for (int t = 0; t < episode.steps(); t++) {
                    sum += episode.costs()[t * spec.costNames().size() + c];
                }
                String info = "infos/" + MinariReader.costInfo(spec.costNames().get(c));
                assertThat(parts.has(info)).as(info).isTrue();
                assertThat(sum).isEqualTo(parts.path(info).path("sum").asDouble());
            }
        }
    }

    /** Compares shape, sum, first and last row. */
    private static void compare(JsonNode golden, double[] values, double tolerance) {
        long size = 1;
        for (JsonNode extent : golden.path("shape")) {
            size *= extent.asLong();
        }
        assertThat(values).hasSize((int) size);
        assertThat(Arrays.stream(values).sum())
                .isCloseTo(number(golden.path("sum")), within(tolerance));
        JsonNode first = golden.path("first");
        JsonNode last = golden.path("last");
        int width = Math.max(1, first.size());
        for (int c = 0; c < width; c++) {
            assertThat(values[c])
                    .isCloseTo(number(first.isArray() ? first.get(c) : first), within(1e-6));
            assertThat(values[values.length - width + c])
                    .isCloseTo(number(last.isArray() ? last.get(c) : last), within(1e-6));
        }
    }

    private static double number(JsonNode json) {
        return json.isBoolean() ? json.asBoolean() ? 1 : 0 : json.asDouble();
    }

    private static double[] numbers(boolean[] values) {
        double[] numbers = new double[values.length];
        Arrays.setAll(numbers, i -> values[i] ? 1 : 0);
        return numbers;
    }

    private static double[] columns(float[] rows, int width, int from, int count) {
        double[] columns = new double[rows.length / width * count];
        Arrays.setAll(columns, i -> rows[i / count * width + from + i % count]);
        return columns;
    }
}
