package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.TensorFile;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.guarantee.Guarantees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Smoke: small runs calibrated through the command line. */
class CalibrateTest {
    @TempDir Path folder;

    private Path at(String name) {
        return folder.resolve(name);
    }

    private static Invocation memo(Object... words) {
        return Invocation.of(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
    }

    private static Invocation memo(String words, Object... more) {
        List<Object> all = new ArrayList<>(List.of(words.split(" ")));
        all.addAll(List.of(more));
        return memo(all.toArray());
    }

    private static void succeeds(Invocation memo) {
        assertThat(memo.code()).as(memo.err()).isZero();
    }

    private Path memoRun() {
        succeeds(
                memo(
                        "collect open --experts goal,circle --episodes 4 --steps 40 --quiet --out",
                        at("data")));
        succeeds(
                memo(
                        "train memo --modes 2 --epochs 1 --iterations 5 --batch 32 --hidden 16"
                                + " --autoencoder-hidden 8 --step 5 --quiet --data",
                        at("data"),
                        "--out",
                        at("run")));
        return at("run");
    }

    @Test
    void aRunIsCalibratedAndSaysSoEverAfter() throws IOException {
        Path run = memoRun();
        RunFolder opened = RunFolder.open(run);
        TensorFile before = opened.readCheckpoint();
        assertThat(memo("export --format safetensors", run).code()).isZero();
        assertThat(TensorFile.read(run.resolve("policy.safetensors")).metadata())
                .doesNotContainKey(Guarantees.KEY);
        Invocation calibrated =
                memo("calibrate --episodes 20 --cost-limit 1.5 --check 3 --quiet --json", run);
        succeeds(calibrated);
        JsonNode figures = JsonMapper.shared().readTree(calibrated.out());
        JsonNode guarantees = figures.path("guarantees");
        assertThat(guarantees.path("scenario").asString()).isEqualTo("open");
        assertThat(guarantees.path("episodes").asInt()).isEqualTo(20);
        assertThat(guarantees.path("cost_limit").asDouble()).isEqualTo(1.5);
        assertThat(guarantees.path("modes")).hasSize(2);
        for (JsonNode mode : guarantees.path("modes")) {
            JsonNode ofReturn = mode.path("episode_return");
            assertThat(ofReturn.path("betting").asDouble())
                    .isLessThan(ofReturn.path("measured").asDouble());
            // Two experts, two modes: everybody is matched.
            assertThat(
                            mode.path("as_expert")
                                    .valueStream()
                                    .map(one -> one.path("measure").asString()))
                    .containsExactly("return", "cost");
        }
        assertThat(figures.path("coverage").path("mode 1")).hasSize(7);
        assertThat(figures.path("coverage").path("mode 1").path(0).path("repeats").asInt())
                .isEqualTo(3);

        // The checkpoint is what it was, with one word more.
        TensorFile after = opened.readCheckpoint();
        assertThat(after.tensors().keySet()).containsExactlyElementsOf(before.tensors().keySet());
        after.metadata().remove(Guarantees.KEY);
        after.write(at("after"));
        before.write(at("before"));
        assertThat(at("after")).hasSameBinaryContentAs(at("before"));

        Invocation evaluated = memo("evaluate --episodes 2 --quiet", run);
        succeeds(evaluated);
        assertThat(evaluated.out())
                .contains("guaranteed in open, from 20 episodes on fresh layouts")
                .contains("with 95 % confidence")
                .contains("as well as expert");
        for (String format : List.of("onnx", "safetensors")) {
            succeeds(memo("export --format", format, run));
        }
        assertThat(TensorFile.read(run.resolve("policy.safetensors")).metadata())
                .containsKeys("scenario", Guarantees.KEY);
        assertThat(Files.readString(run.resolve("policy.onnx"), StandardCharsets.ISO_8859_1))
                .contains("clopper_pearson");
    }

    @Test
    void threadsDoNotChangeWhatIsGuaranteed() throws IOException {
        Path checkpoint = memoRun().resolve("checkpoint.safetensors");
        succeeds(memo("calibrate --episodes 19 --quiet --threads 1", at("run")));
        byte[] first = Files.readAllBytes(checkpoint);
        succeeds(memo("calibrate --episodes 19 --quiet --threads 2", at("run")));
        assertThat(checkpoint).hasBinaryContent(first);
    }

    @Test
    void aRunOfPpoHasOnePolicyAndItsOwnCostLimit() throws IOException {
        Files.writeString(
                at("short.json"),
                """
                {"name": "short", "description": "Over soon.", "extent": 1, "episode_steps": 20,
                 "hazards": {"count": 1}}
                """);
        succeeds(
                memo(
                        "train ppo --steps 800 --envs 8 --horizon 25 --minibatch 8 --hidden 8"
                                + " --cost-limit 3 --quiet --scenario",
                        at("short.json"),
                        "--out",
                        at("ppo")));
        Invocation calibrated = memo("calibrate --episodes 25 --quiet", at("ppo"));
        succeeds(calibrated);
        assertThat(calibrated.out())
                .contains("guaranteed in short, from 25 episodes")
                .contains("  policy ")
                .contains("above 3 in");
        assertThat(memo("evaluate --episodes 2 --quiet", at("ppo")).out())
                .contains("guaranteed in short");
    }

    @Test
    void refusesWhatGuaranteesNothing() {
        Path run = memoRun();
        Invocation few = memo("calibrate --episodes 18 --quiet", run);
        assertThat(few.code()).isEqualTo(2);
        assertThat(few.err()).contains("18 episodes").contains("needs at least 19");
        assertThat(memo("calibrate --confidence 1 --quiet", run).err())
                .contains("confidence 1.0: must be above 0 and below 1");
        assertThat(memo("calibrate --cost-limit NaN --quiet", run).err())
                .contains("cost limit NaN");
        assertThat(memo("calibrate --seed 3", run).err()).contains("the run's own seed");
        assertThat(memo("calibrate", at("data")).err()).contains("not the folder of a run");
        assertThat(Guarantees.read(RunFolder.open(run))).isEmpty();
    }

    @Test
    void aRunIsNotHeldAgainstExpertsOfOtherData() throws IOException {
        Path run = memoRun();
        Files.move(at("data"), at("moved"));
        succeeds(
                memo(
                        "collect open --experts goal,circle --episodes 4 --steps 40 --seed 1"
                                + " --quiet --out",
                        at("data")));
        Invocation other = memo("calibrate --episodes 20 --quiet", run);
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).contains("was learned from other data than these");
        assertThat(Guarantees.read(RunFolder.open(run))).isEmpty();
    }
}
