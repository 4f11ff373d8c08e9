package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.app.Demonstration.Size;
import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.kernels.jvm.JvmDevice;
import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.evaluation.Evaluation;
import dev.memo.learner.memo.MemoConfig;
import dev.memo.learner.ppo.PpoConfig;
import dev.memo.learner.ppo.PpoRun;
import dev.memo.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class DemonstrationTest {
    private static final long SEED = 3;
    private static final Size TINY = new Size(4, 40, memo(), 1, 2);

    @TempDir Path folder;

    private static MemoConfig memo() {
        ObjectNode json = ConfigJson.of(MemoConfig.DEFAULT);
        json.putArray("step").add(5);
        json.put("hidden", 16).put("autoencoder_hidden", 8);
        json.put("batch", 32).put("epochs", 3).put("iterations", 5);
        return ConfigJson.read(json, MemoConfig.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"collecting", "training 3 modes", "training 4 modes"})
    void goesOnAfterAStopAndEndsAsIfThereHadBeenNone(String task) throws IOException {
        Path through = folder.resolve("through");
        assertThat(
                        run(
                                Demonstration.create(
                                        through, SEED, Demonstration.EXPERTS, TINY, "memo"),
                                "nothing"))
                .isPresent();

        Path stopped = folder.resolve("stopped");
        assertThat(
                        run(
                                Demonstration.create(
                                        stopped, SEED, Demonstration.EXPERTS, TINY, "memo"),
                                task))
                .isEmpty();
        assertThat(stopped.resolve("evaluation.json")).doesNotExist();
        Demonstration again = Demonstration.open(stopped, Optional.empty(), TINY, "memo");
        assertThat(run(again, "nothing")).isPresent();

        for (String file : new String[] {"metrics.jsonl", "evaluation.json"}) {
            assertThat(stopped.resolve(file)).hasSameTextualContentAs(through.resolve(file));
        }
    }

    @Test
    void collectsAgainWhatIsDamaged() throws IOException {
        Path out = folder.resolve("run");
        run(Demonstration.create(out, SEED, Demonstration.EXPERTS, TINY, "memo"), "collecting");
        Path part = Files.createDirectories(out.resolve("data/part-00000-v0/data"));
        Files.writeString(part.resolve("main_data.hdf5"), "cut short");

        assertThat(run(Demonstration.open(out, Optional.of(SEED), TINY, "memo"), "nothing"))
                .isPresent();
    }

    @Test
    void anExpertThatLearnedTakesAScriptedOnesPlace() {
        PpoConfig ppo =
                ConfigJson.with(
                        PpoConfig.DEFAULT,
                        Map.of("envs", 8, "minibatch", 8, "horizon", 10, "steps", 200));
        PpoRunConfig learned = PpoRunConfig.of(ppo, Scenario.load("open"), 1);
        Path run = folder.resolve("learned");
        RunFolder learnedFolder = RunFolder.create(run);
        learned.write(learnedFolder, "memo");
        try (ThreadTeam team = new ThreadTeam(1);
                Device device = new JvmDevice(team)) {
            PpoRun.train(ppo, learned.scenario(), device, team, learnedFolder, Progress.SILENT);
        }
        List<String> experts = List.of("goal=" + run, "forward", "circle");
        Path out = folder.resolve("run");
        Evaluation evaluation =
                run(Demonstration.create(out, SEED, experts, TINY, "memo"), "nothing")
                        .orElseThrow();
        assertThat(evaluation.steering().orElseThrow().experts())
                .containsExactly("goal", "forward", "circle");
        assertThat(out.resolve("recordings/expert-goal.0.safetensors")).exists();
    }

    @Test
    void afterAMoveItIsHeldAgainstItsOwnData() throws IOException {
        Path out = folder.resolve("run");
        run(Demonstration.create(out, SEED, Demonstration.EXPERTS, TINY, "memo"), "nothing");
        Path moved = folder.resolve("moved");
        Files.move(out, moved);
        try (ThreadTeam team = new ThreadTeam(1);
                Device device = new JvmDevice(team)) {
            LearnedRun learned =
                    Demonstration.open(moved, Optional.empty(), TINY, "memo").learned(device);
            assertThat(learned.expertNames()).isEqualTo(Demonstration.EXPERTS);
            assertThat(learned.world().orElseThrow()).isEqualTo(learned.actors().scenario());
        }
    }

    @Test
    void anotherSeedOrRunIsRefused() {
        Path out = folder.resolve("run");
        Demonstration.create(out, SEED, Demonstration.EXPERTS, TINY, "memo");

        assertThatThrownBy(() -> Demonstration.open(out, Optional.of(4L), TINY, "memo"))
                .isInstanceOf(InputException.class)
                .hasMessage("--seed 4: %s was started with --seed 3", out);
        assertThatThrownBy(() -> Demonstration.open(out, Optional.empty(), Size.FULL, "memo"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not a demonstration");
    }

    /** Runs it until the first amount of a task is done. */
    private static Optional<Evaluation> run(Demonstration demonstration, String until) {
        try (ThreadTeam team = new ThreadTeam(2);
                Device device = new JvmDevice(team)) {
            return demonstration.run(new Laboratory(team, device, new Stopping(until)));
        }
    }

    /** A person who asks to stop once something of a task is done. */
    private static final class Stopping implements Progress {
        private final String until;
        private boolean reached;
        private boolean stop;

        Stopping(String until) {
            this.until = until;
        }

        @Override
        public void begin(String task, long total, String unit) {
            reached = task.equals(until);
        }

        @Override
        public void advance(long amount) {
            stop |= reached && amount > 0;
        }

        @Override
        public void end() {}

        @Override
        public boolean stopRequested() {
            return stop;
        }
    }
}
