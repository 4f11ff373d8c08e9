package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.Progress;
import dev.memo.base.TensorFile;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.jvm.JvmDevice;
import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.ppo.PpoConfig;
import dev.memo.learner.ppo.PpoRun;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Smoke: what a run learned leaves it in both formats. */
class ExportCommandTest {
    @TempDir Path folder;

    private static JsonNode figures(String command, Object... places) {
        Invocation memo = Invocation.of(command.formatted(places).split(" "));
        assertThat(memo.code()).as(memo.err()).isZero();
        return JsonMapper.shared().readTree(memo.out());
    }

    private Path memoRun(Path data) {
        figures(
                "collect open --experts forward,circle --episodes 3 --steps 40 --json --quiet --out %s",
                data);
        Path run = folder.resolve("memo");
        figures(
                "train memo --data %s --modes 2 --epochs 1 --iterations 5 --batch 32 --hidden 16"
                        + " --autoencoder-hidden 8 --step 5 --json --quiet --out %s",
                data, run);
        return run;
    }

    private Path ppoRun(Scenario world) {
        ObjectNode json = ConfigJson.of(PpoConfig.DEFAULT);
        json.put("steps", 64).put("envs", 4).put("horizon", 8).put("minibatch", 4);
        PpoRunConfig config = PpoRunConfig.of(ConfigJson.read(json, PpoConfig.class), world, 1);
        RunFolder run = RunFolder.create(folder.resolve("ppo"));
        config.write(run, "memo");
        try (ThreadTeam team = new ThreadTeam(1);
                JvmDevice device = new JvmDevice(team)) {
            PpoRun.train(config.ppo(), world, device, team, run, Progress.SILENT);
        }
        return run.path();
    }

    @Test
    void aMemoRunIsExportedWithItsModes() {
        Path run = memoRun(folder.resolve("data"));
        JsonNode onnx = figures("export %s --json", run);
        assertThat(onnx.path("policy").asString()).isEqualTo(run + "/policy.onnx");
        assertThat(onnx.path("modes").asInt()).isEqualTo(2);
        assertThat(onnx.path("mode").isNull()).isTrue();
        assertThat(run.resolve("policy.onnx")).isNotEmptyFile();

        Path file = folder.resolve("steered.safetensors");
        JsonNode one =
                figures("export %s --format safetensors --mode 1 --json --out %s", run, file);
        assertThat(one.path("mode").asInt()).isEqualTo(1);
        TensorFile policy = TensorFile.read(file);
        assertThat(policy.metadata())
                .containsEntry("learner", "memo")
                .containsEntry("observation_size", "44")
                .containsEntry("scenario", Scenario.load("open").withEpisodeSteps(40).toJson());
        float[] table = policy.floats("steering", 2, 2);
        assertThat(policy.floats("context", 2)).containsExactly(table[2], table[3]);
        assertThat(policy.floats("log_deviation", 2)).doesNotContain(0);
        assertThat(Invocation.of("export", run.toString(), "--mode", "2").err())
                .contains("--mode 2: the run has modes 0 to 1");
    }

    @Test
    void aPpoRunIsExportedWithItsWorld() {
        Scenario world = Scenario.load("goal1").withEpisodeSteps(10);
        Path run = ppoRun(world);
        JsonNode onnx = figures("export %s --format ONNX --json", run);
        assertThat(onnx.path("learner").asString()).isEqualTo("ppo");
        assertThat(onnx.path("observation_size").asInt()).isEqualTo(60);
        assertThat(onnx.path("action_size").asInt()).isEqualTo(2);
        assertThat(run.resolve("policy.onnx")).isNotEmptyFile();

        figures("export %s --format safetensors --json", run);
        TensorFile policy = TensorFile.read(run.resolve("policy.safetensors"));
        assertThat(policy.metadata()).containsEntry("scenario", world.toJson());
        assertThat(policy.tensors().keySet())
                .contains("fixed.observation.mean", "policy.2.weight", "log_deviation")
                .noneMatch(name -> name.startsWith("critic"));
        assertThat(Invocation.of("export", run.toString(), "--mode", "0").err())
                .contains("--mode 0: a ppo run has no modes");
    }

    @Test
    void refusesAFolderOfSeveralRuns() {
        RunFolder several = RunFolder.create(folder.resolve("several"));
        PpoRunConfig.of(PpoConfig.DEFAULT, Scenario.load("goal1"), 2).write(several, "memo");
        Invocation memo = Invocation.of("export", several.path().toString());
        assertThat(memo.code()).isEqualTo(1);
        assertThat(memo.err()).contains("each of 2 seeds", several.path().resolve("seed-0") + "");
    }

    @Test
    void refusesTheRunOfAnotherLearner() {
        RunFolder.create(folder.resolve("run"))
                .writeConfig(JsonMapper.shared().createObjectNode().put("learner", "sac"));
        Invocation memo = Invocation.of("export", folder.resolve("run").toString());
        assertThat(memo.code()).isEqualTo(1);
        assertThat(memo.err()).contains("learner \"sac\": must be \"memo\" or \"ppo\"");
    }
}
