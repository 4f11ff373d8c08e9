package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.learner.ppo.PpoConfig;
import dev.memo.learner.ppo.PpoConfig.MultiplierKind;
import dev.memo.sim.recording.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Smoke: experts that learn, small, through the command line. */
class PpoCommandsTest {
    private static final List<Object> SMALL =
            List.of(
                    "--steps",
                    4000,
                    "--envs",
                    16,
                    "--horizon",
                    25,
                    "--minibatch",
                    16,
                    "--hidden",
                    8,
                    "--quiet");

    @TempDir Path folder;

    private Path at(String name) {
        return folder.resolve(name);
    }

    private static String[] words(Object... words) {
        List<String> flat = new ArrayList<>();
        for (Object word : words) {
            if (word instanceof List<?> list) {
                list.forEach(one -> flat.add(one.toString()));
            } else {
                flat.add(word.toString());
            }
        }
        return flat.toArray(String[]::new);
    }

    private static Invocation memo(Object... words) {
        return Invocation.of(words(words));
    }

    /** A world whose episodes are over soon. */
    private String world() throws IOException {
        Path file = at("short.json");
        Files.writeString(
                file,
                """
                {"name": "short", "description": "Short episodes.", "extent": 1,
                 "episode_steps": 50, "hazards": {"count": 3}}
                """);
        return file.toString();
    }

    private Invocation train(Object... more) throws IOException {
        return memo("train", "ppo", "--scenario", world(), SMALL, List.of(more));
    }

    private static JsonNode json(Path file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(file));
    }

    @Test
    void aRunIsTrainedMeasuredAndReported() throws IOException {
        Invocation trained = train("--out", at("run"), "--json", "--cost-limit", 2);
        assertThat(trained.code()).as(trained.err()).isZero();
        JsonNode figures = JsonMapper.shared().readTree(trained.out());
        assertThat(figures.path("episodes").asInt()).isEqualTo(100);
        assertThat(figures.path("mean_action").path("return").path("mean").isNumber()).isTrue();
        assertThat(figures.path("sampled_action").path("cost").path("high").isNumber()).isTrue();
        assertThat(json(at("run/evaluation.json"))).isEqualTo(figures);

        JsonNode config = json(at("run/config.json"));
        assertThat(config.path("learner").asString()).isEqualTo("ppo");
        assertThat(config.path("config").path("multiplier").asString()).isEqualTo("pid");
        assertThat(config.path("config").path("cost_limit").asDouble()).isEqualTo(2);
        assertThat(Files.readAllLines(at("run/metrics.jsonl"))).hasSize(10);
        assertThat(at("run/report.html")).content().contains("data:image/png;base64");

        Invocation evaluated = memo("evaluate", at("run"), "--episodes", 3, "--json", "--quiet");
        assertThat(evaluated.code()).as(evaluated.err()).isZero();
        assertThat(json(at("run/evaluation.json")).path("episodes").asInt()).isEqualTo(3);
    }

    @Test
    void severalSeedsHaveAFolderEachAndAnEvaluationOverAll() throws IOException {
        Invocation trained = train("--out", at("all"), "--seeds", 2, "--seed", 4, "--json");
        assertThat(trained.code()).as(trained.err()).isZero();
        JsonNode over = JsonMapper.shared().readTree(trained.out());
        assertThat(over.path("seeds").toString()).isEqualTo("[4,5]");
        double sum = 0;
        for (int seed = 4; seed <= 5; seed++) {
            JsonNode one = json(at("all/seed-" + seed + "/evaluation.json"));
            assertThat(one.path("seed").asInt()).isEqualTo(seed);
            sum += one.path("mean_action").path("return").path("mean").asDouble();
        }
        assertThat(over.path("mean_action").path("return").path("mean").asDouble())
                .isEqualTo(sum / 2);
        assertThat(memo("evaluate", at("all")).err()).contains("2 seeds", "seed-4");
        assertThat(memo("rollout", world(), "--policy", at("all")).err()).contains("seed-4");

        // What is done is not done again, and the report is made anew.
        byte[] before = Files.readAllBytes(at("all/evaluation.json"));
        assertThat(memo("train", "ppo", "--resume", "--out", at("all"), "--quiet").code()).isZero();
        assertThat(at("all/evaluation.json")).hasBinaryContent(before);
    }

    @Test
    void aStoppedRunGoesOnAndEndsAsIfThereHadBeenNoStop() throws IOException {
        train("--out", at("whole"));
        AtomicInteger asked = new AtomicInteger();
        Invocation stopped =
                Invocation.stopped(
                        () -> asked.incrementAndGet() > 4,
                        words(
                                "train",
                                "ppo",
                                "--scenario",
                                world(),
                                SMALL,
                                "--out",
                                at("stopped")));
        assertThat(stopped.out()).contains("Stopped. Go on with: ./memo train ppo --resume --out");
        assertThat(at("stopped/evaluation.json")).doesNotExist();

        Invocation other = memo("train", "ppo", "--resume", "--out", at("stopped"), "--clip", 0.3);
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).contains("--resume does not change it");
        assertThat(memo("train", "ppo", "--resume", "--out", at("stopped"), "--quiet").code())
                .isZero();
        for (String file : new String[] {"metrics.jsonl", "evaluation.json"}) {
            assertThat(at("stopped").resolve(file)).hasSameTextualContentAs(at("whole/" + file));
        }
    }

    @Test
    void settingsComeFromAFileAndFlagsAfterIt() throws IOException {
        Files.writeString(at("settings.json"), "{\"clip\": 0.3, \"entropy\": 0.5}");
        train("--out", at("run"), "--config", at("settings.json"), "--entropy", 0.25);
        JsonNode config = json(at("run/config.json")).path("config");
        assertThat(config.path("clip").asDouble()).isEqualTo(0.3);
        assertThat(config.path("entropy").asDouble()).isEqualTo(0.25);

        Files.writeString(at("settings.json"), "{\"cost_limit\": 3}");
        train("--out", at("limited"), "--config", at("settings.json"));
        assertThat(json(at("limited/config.json")).path("config").path("multiplier").asString())
                .isEqualTo("pid");
        assertThat(train("--multiplier", "none", "--cost-limit", 3, "--out", at("other")).err())
                .contains("--cost-limit 3.0", "nothing keeps it");

        Files.writeString(at("settings.json"), "{\"clap\": 0.3}");
        Invocation unknown = train("--out", at("other"), "--config", at("settings.json"));
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("settings.json", "clap");
        assertThat(at("other")).doesNotExist();
    }

    /** Data of a learned expert and a scripted one, and a run of MEMO on them. */
    private void learnFromDataOf(String learned) throws IOException {
        Invocation collected =
                memo(
                        "collect",
                        world(),
                        "--experts",
                        learned + ",forward",
                        "--episodes",
                        4,
                        "--quiet",
                        "--out",
                        at("data"));
        assertThat(collected.code()).as(collected.err()).isZero();
        memo(
                "train",
                "memo",
                "--data",
                at("data"),
                "--out",
                at("memo"),
                "--modes",
                2,
                "--epochs",
                1,
                "--iterations",
                5,
                "--batch",
                32,
                "--hidden",
                8,
                "--step",
                5,
                "--quiet");
    }

    @Test
    void aLearnedExpertActsWhereScriptedOnesDo() throws IOException {
        train("--out", at("run"));
        Invocation rollout =
                memo("rollout", world(), "--policy", at("run"), "--steps", 60, "--json", "--quiet");
        assertThat(rollout.code()).as(rollout.err()).isZero();
        assertThat(memo("rollout", world(), "--policy", at("run"), "--mode", 1).err())
                .contains("--mode", "has no modes");

        Invocation recorded = memo("record", at("run"), "--out", at("recordings"), "--quiet");
        assertThat(recorded.code()).as(recorded.err()).isZero();
        assertThat(recorded.out()).contains("policy.0.safetensors: policy, seed 0, ");
        memo("record", "mine=" + at("run"), "--scenario", world(), "--out", at("recordings"));
        Recording policy = Recording.read(at("recordings/policy.0.safetensors"));
        Recording mine = Recording.read(at("recordings/mine.0.safetensors"));
        assertThat(mine.scenes()).isEqualTo(policy.scenes());
        assertThat(memo("record", at("run"), "--mode", 0, "--out", at("x")).err())
                .contains("--mode", "has no modes");

        learnFromDataOf("mine=" + at("run"));
        Invocation evaluated = memo("evaluate", at("memo"), "--episodes", 2, "--json", "--quiet");
        assertThat(evaluated.code()).as(evaluated.err()).isZero();
        JsonNode experts = JsonMapper.shared().readTree(evaluated.out()).path("experts");
        assertThat(experts.get(0).path("expert").asString()).isEqualTo("mine");
        assertThat(at("memo/recordings/expert-mine.0.safetensors")).exists();
    }

    @Test
    void dataOfAnExpertWhoseRunIsGoneAreStillEvaluated() throws IOException {
        train("--out", at("run"));
        learnFromDataOf("mine=" + at("run"));
        Files.move(at("run"), at("moved"));
        Invocation evaluated = memo("evaluate", at("memo"), "--json", "--quiet");
        assertThat(evaluated.code()).as(evaluated.err()).isZero();
        assertThat(json(at("memo/evaluation.json")).path("steering").isNull()).isTrue();
    }

    @Test
    void wrongInputIsNamedWithItsRule() throws IOException {
        assertThat(memo("train", "ppo").err()).contains("--scenario");
        assertThat(memo("train", "ppo", "--scenario", "goal9").err()).contains("goal9");
        assertThat(memo("train", "ppo", "--scenario", "goal1", "--minibatch", 7).err())
                .contains("--minibatch 7", "must divide the 512");
        assertThat(train("--multiplier", "best", "--out", at("x")).code()).isEqualTo(2);
        assertThat(memo("demo", "--expert", "spin=" + folder, "--out", at("x")).err())
                .contains("spin", "goal, forward, circle");
        assertThat(memo("collect", "open", "--experts", "a=" + folder, "--out", at("x")).err())
                .contains("not the folder of a run");
        assertThat(memo("collect", "open", "--experts", "goal,goal", "--out", at("x")).err())
                .contains("[goal, goal]", "a name of its own");
        assertThat(memo("demo", "--expert", "goal=" + folder, "--out", at("x")).err())
                .contains("not the folder of a run");
        assertThat(memo("reproduce", "ppo", "--resume", "--out", at("x")).err())
                .contains("nothing to go on with");
        assertThat(at("x")).doesNotExist();
    }

    @Test
    void anExpertOfAnotherWorldIsRefusedBeforeItActs() throws IOException {
        train("--out", at("run"));
        Invocation rollout = memo("rollout", "goal1", "--policy", at("run"), "--steps", 5);
        assertThat(rollout.code()).isEqualTo(1);
        assertThat(rollout.err()).contains("goal1", "observations of 60");
    }

    @Test
    void helpOfTrainingNamesEveryDefaultAndEveryKind() {
        Invocation.assertHelpNamesDefaults(
                PpoConfig.DEFAULT, Stream.of(MultiplierKind.values()), "train", "ppo");
    }
}
