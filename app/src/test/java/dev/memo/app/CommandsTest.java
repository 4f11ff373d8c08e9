package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.memo.MemoConfig;
import dev.memo.learner.memo.MemoConfig.Assignment;
import dev.memo.learner.memo.MemoConfig.Context;
import dev.memo.learner.memo.MemoConfig.Loss;
import dev.memo.learner.memo.MemoConfig.Steering;
import dev.memo.sim.env.Scene;
import dev.memo.sim.recording.Recording;
import dev.memo.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Smoke: every part alone, small, through the command line. */
class CommandsTest {
    /** Made by Python; the learner's tests have it. */
    private static final Path FOREIGN =
            Path.of("../learner/src/test/resources/golden/minari-foreign/pendulum-v0");

    private static final List<String> SMALL =
            List.of(
                    "--epochs",
                    "1",
                    "--iterations",
                    "5",
                    "--batch",
                    "32",
                    "--hidden",
                    "16",
                    "--autoencoder-hidden",
                    "8",
                    "--step",
                    "5",
                    "--quiet");

    @TempDir Path folder;

    private Path at(String name) {
        return folder.resolve(name);
    }

    private static Invocation memo(Object... words) {
        List<String> flat = new ArrayList<>();
        for (Object word : words) {
            if (word instanceof List<?> list) {
                list.forEach(one -> flat.add(one.toString()));
            } else {
                flat.add(word.toString());
            }
        }
        return Invocation.of(flat.toArray(String[]::new));
    }

    private Invocation collect() {
        return memo(
                "collect",
                "open",
                "--experts",
                "goal,forward,circle",
                "--episodes",
                4,
                "--steps",
                40,
                "--quiet",
                "--out",
                at("data"));
    }

    private static JsonNode onlyLine(Invocation memo) {
        assertThat(memo.code()).as(memo.err()).isZero();
        assertThat(memo.out().lines()).hasSize(1);
        return JsonMapper.shared().readTree(memo.out());
    }

    @Test
    void collectTrainEvaluateAndReportWorkAlone() throws IOException {
        assertThat(collect().code()).isZero();
        Invocation trained =
                memo(
                        "train",
                        "memo",
                        "--data",
                        at("data"),
                        "--modes",
                        2,
                        "--out",
                        at("run"),
                        SMALL);
        assertThat(trained.code()).as(trained.err()).isZero();

        JsonNode figures =
                onlyLine(memo("evaluate", at("run"), "--episodes", 2, "--json", "--quiet"));
        assertThat(figures.propertyNames())
                .containsExactly(
                        "purity",
                        "purity_episode",
                        "nmi_step",
                        "nmi_episode",
                        "ari_step",
                        "ari_episode",
                        "perplexity",
                        "likelihood",
                        "context_use",
                        "distinguishability",
                        "experts");
        assertThat(figures.path("experts")).hasSize(3);
        // Two modes for three experts: one has none.
        assertThat(figures.path("experts").valueStream().mapToInt(e -> e.path("mode").asInt()))
                .contains(-1);

        assertThat(memo("report", at("run")).code()).isZero();
        assertThat(Files.readString(at("run").resolve("report.html")))
                .contains("no mode is left for it")
                .contains("data:image/png;base64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pendulum-v0", "point-goal1-v0", "minimum-v0", "minimum-dict-v0"})
    void foreignDataAreLearnedFromAndTheirModesShown(String name) throws IOException {
        Object[] train = {"train", "memo", "--data", FOREIGN.resolveSibling(name), "--modes", 2};
        List<Object> flags = List.of("--features", "observation", "--out", at("run"));
        Invocation trained = memo(List.of(train), flags, SMALL);
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(memo("evaluate", at("run"), "open").err()).contains("the run learned from");
        assertThat(at("run").resolve("evaluation.json")).doesNotExist();
        assertThat(at("run").resolve("recordings")).doesNotExist();

        JsonNode figures = onlyLine(memo("evaluate", at("run"), "--json", "--quiet"));
        assertThat(figures.path("perplexity").asDouble()).isBetween(1.0, 2.001);
        assertThat(memo("report", at("run")).code()).isZero();
        assertThat(Files.readString(at("run").resolve("report.html")))
                .contains("no rollouts")
                .contains("does not say who made which episode")
                .contains("alt=\"Columns of episode ", "first two principal components");
    }

    @Test
    void foreignDataWithoutPosesAreRefusedWithWhatToGiveInstead() {
        Object[] train = {"train", "memo", "--data", FOREIGN, "--out", at("run")};
        Invocation trained = memo(List.of(train), SMALL);
        assertThat(trained.code()).isEqualTo(1);
        assertThat(trained.err()).contains("--features pose", "give --features observation");
        Object[] windows = {"--features", "observation", "--step", 500};
        Invocation tooLong = memo(List.of(train), List.of(windows));
        assertThat(tooLong.err()).contains("--step 500", "has 200 steps");
        assertThat(at("run")).doesNotExist();
    }

    @Test
    void rolloutsHaveStatisticsAndDataOfRandomExpertAndRun() {
        JsonNode random =
                onlyLine(
                        memo(
                                "rollout",
                                "goal1",
                                "--policy",
                                "random",
                                "--envs",
                                3,
                                "--steps",
                                1000,
                                "--json",
                                "--quiet",
                                "--out",
                                at("rollouts")));
        assertThat(random.path("steps").asLong()).isEqualTo(3000);
        assertThat(random.path("episodes").asInt()).isEqualTo(3);
        assertThat(random.path("episode_return").path("mean").asDouble()).isBetween(-5.0, 5.0);
        assertThat(at("rollouts").resolve("part-00000-v0/data/main_data.hdf5")).exists();

        assertThat(memo("rollout", "goal1", "--policy", "nobody").err())
                .contains("--policy nobody: must be random, experts (goal, goal-safe");
        collect();
        memo("train", "memo", "--data", at("data"), "--modes", 2, "--out", at("run"), SMALL);
        Object[] run = {"rollout", "open", "--policy", at("run"), "--envs", 2, "--steps", 10};
        assertThat(memo(List.of(run), "--mode", 1).code()).isZero();
        assertThat(memo(List.of(run), "--mode", 2).err()).contains("--mode 2: the run has modes");
        assertThat(memo("rollout", "goal1", "--policy", at("run"), "--quiet").err())
                .contains("observations of 60", "learned from 44");
    }

    @Test
    void aRunIsSteeredThroughModesAwayFromOneAndBetweenTwo() {
        collect();
        memo("train", "memo", "--data", at("data"), "--modes", 2, "--out", at("run"), SMALL);
        Object[] steer = {"steer", at("run"), "--episodes", 6, "--quiet", "--json"};

        JsonNode one = onlyLine(memo(List.of(steer), "--mode", 1));
        JsonNode through = onlyLine(memo(List.of(steer), "--modes", "1:40,0:5"));
        assertThat(through.path("episode_return")).isEqualTo(one.path("episode_return"));
        assertThat(onlyLine(memo(List.of(steer), "--between", "0:1:1")).path("near"))
                .isEqualTo(one.path("near"));
        JsonNode changed =
                onlyLine(memo(List.of(steer), "--modes", "1:20,0:20", "--out", at("steered")));
        assertThat(changed.path("episode_return")).isNotEqualTo(one.path("episode_return"));
        assertThat(changed.path("recordings")).hasSize(4);
        Recording recording = Recording.read(Path.of(changed.path("recordings").get(0).asString()));
        assertThat(recording.steps().get(19).context()[1]).isZero();
        assertThat(recording.steps().get(20).context()[0]).isZero();

        Invocation avoid = memo(List.of(steer), "--avoid", 0);
        assertThat(avoid.out().lines())
                .extracting(line -> JsonMapper.shared().readTree(line).path("steering").asString())
                .containsExactly("unsteered", "avoiding mode 0");
        JsonNode away = JsonMapper.shared().readTree(avoid.out().lines().toList().getLast());
        assertThat(away.path("episode_return")).isEqualTo(one.path("episode_return"));

        assertThat(memo(List.of(steer), "--modes", "1:20,x").err()).contains("'x' must be a mode");
        assertThat(memo(List.of(steer), "--mode", 2).err()).contains("modes 0 to 1");
        assertThat(memo(List.of(steer), "--between", "0:1:2").err()).contains("share from 0 to 1");

        Invocation all = memo(List.of(steer));
        assertThat(all.out().lines())
                .extracting(line -> JsonMapper.shared().readTree(line).path("steering").asString())
                .containsExactly(
                        "mode 0",
                        "mode 1",
                        "unsteered",
                        "avoiding mode 0",
                        "avoiding mode 1",
                        "between modes 0 and 1, 0.5");
        assertThat(all.out()).contains(avoid.out().lines().toList());
        assertThat(at("run").resolve("steer.json")).exists();
    }

    @Test
    void switchesOfAllPairsAreMeasured() {
        Invocation memo =
                memo("switches", "goal,forward", "--episodes", 3, "--at", 20, "--json", "--quiet");
        assertThat(memo.code()).as(memo.err()).isZero();
        assertThat(memo.out().lines().map(JsonMapper.shared()::readTree))
                .extracting(line -> line.path("from").asString() + " " + line.path("to").asString())
                .containsExactly("goal goal", "goal forward", "forward goal", "forward forward");
        assertThat(memo("switches", "goal,forward", "--at", 900).err())
                .contains("switch at step 900", "from 1 to 850");
        assertThat(memo("switches", "goal").err()).contains("switching needs two");
    }

    @Test
    void everyModeOfARunIsRecordedOnTheSameLayouts() throws IOException {
        collect();
        memo("train", "memo", "--data", at("data"), "--modes", 2, "--out", at("run"), SMALL);
        Object[] record = {"record", at("run"), "--episodes", 2, "--seed", 70, "--quiet"};
        Invocation memo = memo(List.of(record), "--json", "--out", at("recordings"));
        assertThat(memo.code()).as(memo.err()).isZero();
        List<JsonNode> lines = memo.out().lines().map(JsonMapper.shared()::readTree).toList();
        assertThat(lines)
                .extracting(line -> line.path("label").asString() + ", " + line.path("seed"))
                .containsExactly("mode 0, 70", "mode 0, 71", "mode 1, 70", "mode 1, 71");
        assertThat(lines.getFirst().propertyNames())
                .containsExactly("file", "label", "seed", "steps", "return", "cost");
        for (JsonNode line : lines) {
            Recording recording = Recording.read(Path.of(line.path("file").asString()));
            assertThat(recording.label()).isEqualTo(line.path("label").asString());
            assertThat(recording.seed()).isEqualTo(line.path("seed").asLong());
            // The data's scenario, not the shipped one.
            assertThat(recording.scenario().episodeSteps()).isEqualTo(40);
            assertThat(recording.steps()).hasSize(40).hasSize(line.path("steps").asInt());
            assertThat(recording.steps().stream().mapToDouble(Recording.Step::reward).sum())
                    .isEqualTo(line.path("return").asDouble());
            assertThat(recording.steps().stream().mapToDouble(Recording.Step::cost).sum())
                    .isEqualTo(line.path("cost").asDouble());
            assertThat(recording.steps().get(3).distances()).containsOnly(Float.NaN);
            assertThat(recording.steps().get(4).distances()).hasSize(2).doesNotContain(Float.NaN);
            float[] context = recording.steps().getFirst().context();
            assertThat(context[recording.label().equals("mode 0") ? 0 : 1]).isZero();
        }
        List<Scene> starts =
                Stream.of("mode-0.0", "mode-1.0", "mode-0.1", "mode-1.1")
                        .map(name -> at("recordings").resolve(name + ".safetensors"))
                        .map(file -> Recording.read(file).scenes().getFirst())
                        .toList();
        assertThat(starts.get(0)).isEqualTo(starts.get(1)).isNotEqualTo(starts.get(2));
        assertThat(starts.get(2)).isEqualTo(starts.get(3));

        assertThat(memo(List.of(record), "--mode", 1, "--out", at("one")).code()).isZero();
        assertThat(at("one").resolve("mode-0.0.safetensors")).doesNotExist();
        assertThat(at("one").resolve("mode-1.1.safetensors"))
                .hasSameBinaryContentAs(at("recordings").resolve("mode-1.1.safetensors"));

        assertThat(memo(List.of(record), "--mode", 2, "--out", at("x")).err())
                .contains("--mode 2: the run has modes 0 to 1");
        assertThat(memo(List.of(record), "--scenario", "goal0", "--out", at("x")).err())
                .contains("scenario 'goal0'", "the run learned from 44");
        Files.move(at("data"), at("moved"));
        assertThat(memo(List.of(record), "--out", at("x")).err())
                .contains(at("run") + ": its data in " + at("data") + " tell no scenario");
        assertThat(at("x")).doesNotExist();
    }

    @Test
    void expertsAreRecordedSideBySide() throws IOException {
        Path mine = at("short.json");
        Files.writeString(mine, Scenario.load("goal2").withEpisodeSteps(30).toJson());
        Invocation memo =
                memo(
                        "record",
                        "goal,random,spin",
                        "--scenario",
                        mine,
                        "--quiet",
                        "--out",
                        at("recordings"));
        assertThat(memo.code()).as(memo.err()).isZero();
        assertThat(memo.out().lines())
                .hasSize(3)
                .last()
                .asString()
                .startsWith(at("recordings").resolve("spin.0.safetensors") + ": spin, seed 0, 30");
        Recording spin = Recording.read(at("recordings").resolve("spin.0.safetensors"));
        assertThat(spin.steps())
                .hasSize(30)
                .allSatisfy(step -> assertThat(step.action()).containsExactly(0, -1))
                .allSatisfy(step -> assertThat(step.context()).isEmpty())
                .allSatisfy(step -> assertThat(step.distances()).isEmpty());
        Recording random = Recording.read(at("recordings").resolve("random.0.safetensors"));
        assertThat(random.scenes().getFirst()).isEqualTo(spin.scenes().getFirst());
        assertThat(random.steps().get(0).action()).isNotEqualTo(random.steps().get(1).action());
        assertThat(memo("record", "spin,spin", "--out", at("x")).err())
                .contains("spin,spin: each expert needs a name of its own");
        assertThat(at("x")).doesNotExist();
    }

    @Test
    void aRecordingThatIsStoppedLeavesWholeEpisodesOnly() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        Path mine = at("short.json");
        Files.writeString(mine, Scenario.load("goal1").withEpisodeSteps(20).toJson());
        Invocation memo =
                Invocation.stopped(
                        () -> asked.incrementAndGet() > 35,
                        "record goal,spin --scenario %s --out %s"
                                .formatted(mine, at("recordings"))
                                .split(" "));
        assertThat(memo.code()).isEqualTo(Interrupt.EXIT_CODE);
        assertThat(memo.err()).endsWith("memo: stopped\n");
        assertThat(at("recordings").resolve("goal.0.safetensors")).exists();
        assertThat(at("recordings").resolve("spin.0.safetensors")).doesNotExist();
    }

    @Test
    void aStoppedRolloutLeavesTheEpisodesThatWereWhole() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        Path mine = at("short.json");
        Files.writeString(mine, Scenario.load("goal1").withEpisodeSteps(20).toJson());
        Invocation rollout =
                Invocation.stopped(
                        () -> asked.incrementAndGet() > 70,
                        ("rollout %s --policy random --envs 4 --steps 1000000 --json --out %s")
                                .formatted(mine, at("rollouts"))
                                .split(" "));
        // Asked before each step and for each episode: 68 times until step 60 has ended four
        // episodes, of which two are written.
        JsonNode figures = onlyLine(rollout);
        assertThat(figures.path("steps").asInt()).isEqualTo(4 * 60);
        assertThat(figures.path("episodes").asInt()).isEqualTo(12);
        assertThat(figures.path("written").asInt()).isEqualTo(10);
        assertThat(Dataset.read(at("rollouts")).episodes())
                .hasSize(10)
                .allMatch(episode -> episode.steps() == 20);
    }

    @Test
    void dataOfMoreEnvironmentsThanFitInMemoryAreRefused() {
        Invocation rollout =
                memo("rollout", "goal1", "--policy", "random", "--envs", 20_000, "--out", at("x"));
        assertThat(rollout.code()).isEqualTo(2);
        assertThat(rollout.err()).contains("--envs 20000", "MiB", "--heap");
        assertThat(at("x")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"random", "goal", "60-8-4"})
    void benchMeasuresStepsMemoryAndContacts(String policy) {
        JsonNode figures =
                onlyLine(
                        memo(
                                "bench",
                                "sim",
                                "--policy",
                                policy,
                                "--envs",
                                2048, // the heap's readings jump by a megabyte
                                "--steps",
                                20,
                                "--repeat",
                                2,
                                "--warm-up",
                                0,
                                "--threads",
                                2,
                                "--json",
                                "--quiet"));
        double rate = figures.path("steps_per_second").asDouble();
        assertThat(rate * figures.path("seconds").asDouble()).isCloseTo(2048 * 20, within(1e-3));
        assertThat(figures.path("best_steps_per_second").asDouble()).isGreaterThanOrEqualTo(rate);
        assertThat(figures.path("contact_fraction").asDouble()).isBetween(0.0, 0.1);
        // Observations and last observations alone are 480 bytes.
        assertThat(figures.path("bytes_per_env").asLong()).isBetween(480L, 40_000L);
        assertThat(figures.path("allocated_bytes_per_step").asDouble()).isNotNegative();
        assertThat(figures.path("goals_per_thousand_steps").asDouble())
                .isBetween(policy.equals("goal") ? 8 : 0.0, policy.equals("goal") ? 20 : 2.0);
        assertThat(figures.path("cpu").asString()).isNotBlank();
    }

    @Test
    void benchRefusesANetworkThatDoesNotFit() {
        assertThat(memo("bench", "sim", "--policy", "60-8-5", "--envs", 1).err())
                .contains("from 60 to 5", "from 60 to 4");
    }

    @Test
    void benchSaysHowFastNetworksAreAndOfWhat() {
        Invocation bench =
                memo(
                        "bench",
                        "kernels",
                        "--work",
                        "mlp-forward,codebook-64",
                        "--batch",
                        "1,40",
                        "--repeat",
                        2,
                        "--seconds",
                        0,
                        "--warm-up",
                        0,
                        "--threads",
                        2,
                        "--json",
                        "--quiet");
        assertThat(bench.code()).as(bench.err()).isZero();
        List<JsonNode> lines = bench.out().lines().map(JsonMapper.shared()::readTree).toList();
        assertThat(lines)
                .extracting(line -> line.path("work").asString() + line.path("batch").asInt())
                .containsExactly("mlp-forward1", "mlp-forward40", "codebook-641", "codebook-6440");
        for (JsonNode line : lines) {
            double gflops = line.path("gflops").asDouble();
            double rate = line.path("samples_per_second").asDouble();
            double flops = line.path("work").asString().startsWith("mlp") ? 163_840 : 7_680;
            assertThat(gflops / rate * 1e9).isCloseTo(flops, within(1.0));
            assertThat(line.path("best_samples_per_second").asDouble())
                    .isGreaterThanOrEqualTo(rate);
            assertThat(line.path("peak_fraction").asDouble())
                    .isPositive()
                    .isCloseTo(gflops / line.path("peak_gflops").asDouble(), within(1e-9));
            assertThat(line.path("allocated_bytes_per_run").isNumber()).isTrue();
            assertThat(line.path("threads").asInt()).isEqualTo(2);
            assertThat(line.path("device").asString()).startsWith("jvm, ");
        }
    }

    @Test
    void aPersonStopsABenchmarkOfNetworks() {
        AtomicInteger asked = new AtomicInteger();
        Invocation bench =
                Invocation.stopped(
                        () -> asked.incrementAndGet() > 3,
                        "bench kernels --work mlp-train --batch 8 --seconds 600".split(" "));
        assertThat(bench.code()).isEqualTo(Interrupt.EXIT_CODE);
        assertThat(bench.err()).endsWith("memo: stopped\n");
    }

    @Test
    void aStoppedRunGoesOnWithItsOwnConfigurationOnly() {
        collect();
        Object[] train = {"train", "memo", "--data", at("data"), "--out", at("run")};
        memo(List.of(train), SMALL, "--modes", 2);
        assertThat(memo(List.of(train), SMALL).err()).contains("exists already", "--resume");
        Invocation other = memo("train", "memo", "--out", at("run"), "--resume", "--modes", 3);
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).contains("was started with", "modes=2", "modes=3");
        assertThat(memo("train", "memo", "--out", at("run"), "--resume").code()).isZero();
        assertThat(memo("train", "memo", "--out", at("nowhere"), "--resume").err())
                .contains("nowhere: not the folder of a run");
    }

    @Test
    void whatCannotBeLearnedLeavesNoFolderBehind() {
        collect();
        Object[] train = {"train", "memo", "--data", at("data"), "--out", at("run")};
        assertThat(memo(List.of(train), SMALL, "--features", "nope").err()).contains("nope");
        assertThat(memo(List.of(train), SMALL, "--modes", 500).err()).contains("500");
        assertThat(at("run")).doesNotExist();
    }

    @Test
    void trainingThatExplodesNamesTheOperationIfAskedToCheck() {
        collect();
        Object[] train = {"train", "memo", "--data", at("data"), "--learning-rate", 1e30};
        Invocation checked =
                memo(List.of(train), SMALL, "--check-numerics", "--out", at("checked"));
        assertThat(checked.code()).isEqualTo(1);
        assertThat(checked.out()).isEmpty();
        assertThat(checked.err())
                .matches(
                        "memo: program \\S+: #\\d+ .+ is (NaN|-?Infinity) at row \\d+, column"
                                + " \\d+\n");
        assertThat(memo(List.of(train), SMALL, "--out", at("unchecked")).err())
                .contains("epoch 1", "--learning-rate");
    }

    @Test
    void aRunKnowsItsDataFromAnywhere() throws IOException {
        Path relative = Path.of("").toAbsolutePath().relativize(FOREIGN.toAbsolutePath());
        memo(
                "train",
                "memo",
                "--data",
                relative,
                "--features",
                "observation",
                "--out",
                at("run"),
                SMALL);
        JsonNode config =
                JsonMapper.shared().readTree(Files.readString(at("run").resolve("config.json")));
        assertThat(Path.of(config.path("data").asString()))
                .isAbsolute()
                .isEqualTo(FOREIGN.toAbsolutePath().normalize());
    }

    @Test
    void wrongInputIsNamedWithItsRule() {
        assertThat(memo("train", "memo", "--data", at("none"), "--modes", 0).code()).isEqualTo(2);
        assertThat(memo("train", "memo", "--data", at("none"), "--modes", 0).err())
                .contains("--modes", "0", "from 1 on");
        assertThat(memo("train", "memo").err()).contains("--data");
        assertThat(memo("collect", "open", "--experts", "goal,nobody", "--out", at("x")).err())
                .contains("nobody", "goal-safe");
        assertThat(memo("train", "memo", "--data", at("none"), "--loss", "worst").code())
                .isEqualTo(2);
        collect();
        assertThat(collect().err()).contains("exists already");
    }

    @Test
    void trainingChoosesTheNumberOfModesAndRefusesToBeToldIt() {
        collect();
        Object[] train = {"train", "memo", "--data", at("data"), "--choose-modes", 2};
        JsonNode line = onlyLine(memo(List.of(train), SMALL, "--json", "--out", at("chosen")));
        int modes = line.at("/selection/modes").asInt();
        assertThat(modes).isBetween(1, 2);
        assertThat(line.at("/selection/candidates")).hasSize(2);
        assertThat(RunConfig.read(RunFolder.open(at("chosen"))).memo().modes()).isEqualTo(modes);
        assertThat(memo(List.of(train), "--modes", 2).err()).contains("--choose-modes", "--modes");
        assertThat(memo(List.of(train), "--original").err())
                .contains("--choose-modes 2", "needs --assignment episode");
    }

    @Test
    void helpOfTrainingNamesEveryDefaultAndEveryKind() {
        Invocation.assertHelpNamesDefaults(
                MemoConfig.DEFAULT,
                Stream.of(
                                MemoConfig.Encoder.values(),
                                Assignment.values(),
                                Loss.values(),
                                Context.values(),
                                Steering.values(),
                                MemoConfig.Codebook.values(),
                                MemoConfig.Networks.values(),
                                MemoConfig.OptimiserKind.values())
                        .flatMap(Stream::of),
                "train",
                "memo");
    }
}
