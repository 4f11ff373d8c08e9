package dev.memo.learner.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.jvm.JvmDevice;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.rollout.Episodes;
import dev.memo.learner.testing.Stopping;
import dev.memo.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs end with the same bytes whatever happened in between. */
class PpoRunTest {
    private static final Scenario WORLD = Scenario.load("goal1").withEpisodeSteps(50);
    private static final PpoConfig CONFIG =
            PpoTrainerTest.config("envs", 16, "minibatch", 8, "steps", 1600);

    @TempDir Path temp;

    private static boolean train(PpoConfig config, Path path, int threads, Progress progress) {
        try (ThreadTeam team = new ThreadTeam(threads);
                JvmDevice device = new JvmDevice(team)) {
            return PpoRun.train(config, WORLD, device, team, new RunFolder(path), progress);
        }
    }

    private Path newFolder(String name) {
        return RunFolder.create(temp.resolve(name)).path();
    }

    private static void assertSameBytes(Path run, Path expected) {
        for (String file : new String[] {"metrics.jsonl", "checkpoint.safetensors"}) {
            assertThat(run.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
        }
    }

    @Test
    void trainingTwiceGivesTheSameBytesOnAnyNumberOfThreads() throws IOException {
        Path once = newFolder("once");
        assertThat(train(CONFIG, once, 1, Progress.SILENT)).isTrue();
        assertThat(Files.readAllLines(once.resolve("metrics.jsonl")))
                .hasSize(CONFIG.iterations())
                .first()
                .asString()
                .startsWith("{\"iteration\":1,\"steps\":160,");
        Path threads = newFolder("threads");
        train(CONFIG, threads, 2, Progress.SILENT);
        assertSameBytes(threads, once);

        Path seeded = newFolder("seeded");
        train(CONFIG.withSeed(1), seeded, 1, Progress.SILENT);
        assertThat(Files.mismatch(seeded.resolve("metrics.jsonl"), once.resolve("metrics.jsonl")))
                .isNotNegative();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "pid", "softplus", "clamped"})
    void aStoppedRunGoesOnAndEndsWithTheSameBytes(String multiplier) throws IOException {
        PpoConfig config =
                PpoTrainerTest.config(
                        "envs", 16, "minibatch", 8, "steps", 1600, "multiplier", multiplier);
        Path whole = newFolder("whole");
        train(config, whole, 1, Progress.SILENT);
        Path parts = newFolder("parts");
        for (int iteration = 1; iteration < config.iterations(); iteration += 3) {
            long steps = iteration * config.stepsPerIteration();
            assertThat(train(config, parts, 1, new Stopping(steps))).isFalse();
            // As if it had been killed while it wrote lines that the checkpoint does not know.
            Files.writeString(
                    parts.resolve("metrics.jsonl"),
                    "{\"iteration\":99}\n{\"iter",
                    StandardOpenOption.APPEND);
        }
        assertThat(train(config, parts, 2, Progress.SILENT)).isTrue();
        assertSameBytes(parts, whole);
    }

    @Test
    void whatWasLearnedActsAgain() {
        Path path = newFolder("run");
        train(CONFIG, path, 1, Progress.SILENT);
        try (ThreadTeam team = new ThreadTeam(1);
                JvmDevice device = new JvmDevice(team)) {
            PpoModel model = PpoRun.load(new RunFolder(path), device);
            assertThat(model.config()).isEqualTo(CONFIG);
            long[] seeds = {1, 2};
            float[] means =
                    Episodes.collect(WORLD, model.policy(false), seeds, team, Progress.SILENT)[1]
                            .actions();
            float[] sampled =
                    Episodes.collect(WORLD, model.policy(true), seeds, team, Progress.SILENT)[1]
                            .actions();
            assertThat(sampled).isNotEqualTo(means);
            // An environment's noise follows from its seed, not from its place.
            float[] alone =
                    Episodes.collect(
                            WORLD, model.policy(true), new long[] {2}, team, Progress.SILENT)[0]
                            .actions();
            assertThat(alone).isEqualTo(sampled);
        }
    }

    @Test
    void aCheckpointOfSomethingElseIsRefused() throws IOException {
        Path path = newFolder("run");
        train(CONFIG, path, 1, Progress.SILENT);
        assertThatThrownBy(() -> train(CONFIG.withSeed(3), path, 1, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("another configuration");
        Scenario other = Scenario.load("goal1");
        try (ThreadTeam team = new ThreadTeam(1);
                JvmDevice device = new JvmDevice(team)) {
            RunFolder folder = new RunFolder(path);
            assertThatThrownBy(
                            () ->
                                    PpoRun.train(
                                            CONFIG, other, device, team, folder, Progress.SILENT))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("another world");
        }
        Files.delete(path.resolve("checkpoint.safetensors"));
        Files.writeString(path.resolve("checkpoint.safetensors"), "cut short");
        assertThatThrownBy(() -> train(CONFIG, path, 1, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("checkpoint.safetensors");
    }
}
