package dev.memo.learner.memo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.Tensor;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.jvm.JvmDevice;
import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.ExpertLabels;
import dev.memo.learner.dataset.Standardisation;
import dev.memo.learner.evaluation.CodeReport;
import dev.memo.learner.evaluation.Evaluation;
import dev.memo.learner.evaluation.LikelihoodBounds;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.metrics.Moments;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.SteeredPolicy;
import dev.memo.learner.testing.ForwardAndCircle;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoTrainerTest {
    private static final Dataset DATASET = TinyData.forwardAndCircle();

    private final ThreadTeam team = new ThreadTeam(2);
    private final JvmDevice device = new JvmDevice(team, true);

    @AfterEach
    void closeTeam() {
        device.close();
        team.close();
    }

    private MemoModel trained(MemoConfig config, Dataset dataset) {
        MemoTrainer trainer = new MemoTrainer(config, dataset, device);
        while (trainer.epoch() < config.epochs()) {
            trainer.trainEpoch();
        }
        return trainer.model();
    }

    /** Enough to learn something. */
    private static MemoConfig longer(String key, Object value) {
        return TinyData.config("epochs", 12, "iterations", 60, "learning_rate", 3e-3, key, value);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LITERAL") // It has no lower bound.
    void lossesFallOnTinyData(MemoConfig.Loss loss) {
        MemoConfig config = longer("loss", loss);
        MemoTrainer trainer = new MemoTrainer(config, DATASET, device);
        Map<String, Double> first = trainer.trainEpoch();
        Map<String, Double> last = first;
        while (trainer.epoch() < config.epochs()) {
            last = trainer.trainEpoch();
        }
        assertThat(first.keySet())
                .containsExactly(
                        "loss",
                        "vq_loss",
                        "reconstruction",
                        "codebook_loss",
                        "commitment",
                        "nll",
                        "recognition",
                        "perplexity",
                        "codes_reassigned");
        assertThat(last.get("loss")).isLessThan(first.get("loss"));
        assertThat(last.get("reconstruction")).isLessThan(first.get("reconstruction") / 2);
        assertThat(last.get("nll")).isLessThan(first.get("nll"));
    }

    /** Two experts that do the same things as often, in another order. */
    private static final List<String> ORDERS = List.of("three-turn", "six-turn");

    private static final int EACH = 40;

    /**
     * The agreement per step on held-out episodes of what is trained on a difference of one step.
     */
    private double stepAri(Map<String, ?> changes) {
        Dataset dataset = ForwardAndCircle.by(ORDERS, EACH, 200);
        MemoConfig config =
                ConfigJson.with(
                        TinyData.config("step", List.of(1), "epochs", 10, "iterations", 100),
                        changes);
        MemoEvaluation measured =
                new MemoEvaluation(
                        trained(config, dataset),
                        dataset,
                        Optional.of(new ExpertLabels(ORDERS, ForwardAndCircle.classes(EACH))));
        return measured.codes().agreement().orElseThrow().perStep().ari();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MLP")
    void aSequenceEncoderRecognisesTheOrderOfMotions(MemoConfig.Encoder encoder) {
        assertThat(stepAri(Map.of("encoder", encoder, "window", 9))).isGreaterThan(0.95);
    }

    @Test
    void oneStepDoesNotShowTheOrderOfMotions() {
        assertThat(stepAri(Map.of())).isLessThan(0.3);
    }

    @Test
    void motionIsTheLogDensityOfEachModesGaussianOverItsSteps() {
        MemoConfig config = TinyData.config("probes", 100);
        MemoTrainer trainer = new MemoTrainer(config, DATASET, device);
        Windows windows =
                MemoTrainer.windows(config, DATASET, MemoTrainer.split(config, DATASET).training());
        float[] motion = trainer.model().motions(windows);
        int width = windows.rows().differenceSize();
        float[] rows = windows.differences();
        Standardisation.fit(rows, width).apply(rows);
        Tensor.I32 codes = (Tensor.I32) trainer.snapshot().get(MemoTrainer.EPISODE_CODES);
        int[] present = Arrays.stream(windows.episodes()).distinct().toArray();
        for (int mode = 0; mode < 2; mode++) {
            Moments[] columns = new Moments[width];
            Arrays.setAll(columns, _ -> new Moments());
            for (int i = 0; i < rows.length; i++) {
                int place = Arrays.binarySearch(present, windows.episodes()[i / width]);
                if (codes.data()[place] == mode) {
                    columns[i % width].add(rows[i]);
                }
            }
            for (int row = 0; row < windows.size(); row += 37) {
                double expected = 0;
                for (int i = 0; i < width; i++) {
                    double n = columns[i].count();
                    double spread = columns[i].standardDeviation() * Math.sqrt((n - 1) / n);
                    double deviation = Math.max(0.1, spread);
                    double gap = (rows[row * width + i] - columns[i].mean()) / deviation;
                    expected -= (gap * gap / 2 + Math.log(deviation)) / 10;
                }
                assertThat((double) motion[row * 2 + mode])
                        .isCloseTo(expected, within(1e-3 * (1 + Math.abs(expected))));
            }
        }
    }

    @Test
    void averagedCodesAreTheMeansOfTheirRows() {
        MemoConfig config = TinyData.config("codebook", "AVERAGE", "recognition", 0, "epochs", 12);
        MemoModel model = trained(config, DATASET);
        Windows windows =
                MemoTrainer.windows(config, DATASET, MemoTrainer.split(config, DATASET).training());
        float[] z = model.recognise(windows, MemoModel.Output.Z);
        int[] codes = model.codes(windows);
        float[] codebook = model.parameters().get(MemoNetwork.CODEBOOK).data();
        int width = config.codeSize();
        double apart = 0;
        for (int i = 0; i < width; i++) {
            apart = Math.max(apart, Math.abs(codebook[i] - codebook[width + i]));
        }
        assertThat(apart).isGreaterThan(0.3);
        for (int mode = 0; mode < 2; mode++) {
            for (int i = 0; i < width; i++) {
                double sum = 0;
                int count = 0;
                for (int row = 0; row < codes.length; row++) {
                    sum += codes[row] == mode ? z[row * width + i] : 0;
                    count += codes[row] == mode ? 1 : 0;
                }
                assertThat(sum / count).isCloseTo(codebook[mode * width + i], within(0.1));
            }
        }
    }

    @Test
    void refusesToGoOnWithALossThatIsNotFinite() {
        MemoConfig config = TinyData.config("learning_rate", 1e30);
        try (JvmDevice unchecked = new JvmDevice(team)) {
            MemoTrainer trainer = new MemoTrainer(config, DATASET, unchecked);
            assertThatThrownBy(trainer::trainEpoch)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("--learning-rate")
                    .hasMessageContaining("1.0E30");
        }
    }

    @Test
    void refusesMoreModesThanTrainingEpisodes() {
        MemoConfig config = TinyData.config("modes", 14);
        assertThatThrownBy(() -> new MemoTrainer(config, DATASET, device))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--modes 14")
                .hasMessageContaining("13 episodes");
    }

    @Test
    void forwardAndCircleGetCodesOfTheirOwn() {
        MemoModel model = trained(longer("held_out", 0.4), DATASET);
        MemoEvaluation measured =
                new MemoEvaluation(model, DATASET, Optional.of(TinyData.labels()));
        CodeReport.Agreement agreement = measured.codes().agreement().orElseThrow();
        assertThat(agreement.perEpisode().ari()).isEqualTo(1);
        assertThat(measured.codes().perplexity()).isBetween(1.7, 2.001);
        Evaluation.Likelihood likelihood = evaluatedWithoutWorld(measured).likelihood();
        assertThat(likelihood.contextUse()).isPositive();
        assertThat(likelihood.ownContext().orElseThrow()).isFinite();
    }

    @ParameterizedTest
    @CsvSource({"pendulum-v0, EPISODE", "pendulum-v0, STEP", "point-goal1-v0, EPISODE"})
    void learnsFromDataThatWereMadeElsewhere(String id, String assignment) {
        Dataset dataset = TinyData.foreign(id);
        MemoConfig config =
                TinyData.config(
                        "features",
                        "observation",
                        "step",
                        List.of(1),
                        "assignment",
                        assignment,
                        "modes",
                        3);
        MemoModel model = trained(config, dataset);
        Evaluation evaluation =
                evaluatedWithoutWorld(new MemoEvaluation(model, dataset, Optional.empty()));
        assertThat(evaluation.codes().agreement()).isEmpty();
        assertThat(evaluation.codes().perplexity()).isBetween(1.0, 3.0);
        assertThat(evaluation.likelihood().ownContext().orElseThrow()).isFinite();
        assertThat(evaluation.heldOutEpisodes()).isPositive();
    }

    private Evaluation evaluatedWithoutWorld(MemoEvaluation measured) {
        return measured.evaluate(
                Optional.empty(),
                List.of(),
                1,
                Optional.empty(),
                LikelihoodBounds.NONE,
                team,
                Progress.SILENT);
    }

    @Test
    void evaluatesEveryExpertAndModeInTheWorld() {
        MemoModel model = trained(TinyData.config("epochs", 1), DATASET);
        MemoEvaluation measured =
                new MemoEvaluation(model, DATASET, Optional.of(TinyData.labels()));
        Evaluation evaluation =
                measured.evaluate(
                        Optional.of(TinyData.SCENARIO),
                        TinyData.labels().names().stream().map(Expert::scripted).toList(),
                        3,
                        Optional.of(measured),
                        LikelihoodBounds.NONE,
                        team,
                        Progress.SILENT);
        assertThat(evaluation.scenario()).contains("open");
        assertThat(evaluation.steering().orElseThrow().ofModes()).hasSize(2);
        assertThat(evaluation.steering().orElseThrow().matched()).containsExactlyInAnyOrder(0, 1);
        assertThat(evaluation.oneMoreMode()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"features, lidar, 'lidar'", "features, pose, 'pose'", "step, 100000, 100000"})
    void refusesWhatTheDataDoNotHave(String key, String value, String named) {
        Object change = key.equals("step") ? List.of(Integer.valueOf(value)) : value;
        MemoConfig config = TinyData.config("features", "observation", key, change);
        assertThatThrownBy(() -> new MemoTrainer(config, TinyData.foreign("pendulum-v0"), device))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(named);
    }

    @Test
    void aSteeredPolicyActsOnEachEnvironmentAlone() {
        MemoModel model = new MemoTrainer(TinyData.config(), DATASET, device).model();
        EnvSpec spec = PointGoalEnv.specOf(TinyData.SCENARIO);
        EnvBatch two = new EnvBatch(spec, 2);
        EnvBatch one = new EnvBatch(spec, 1);
        try (PointGoalEnv envs = new PointGoalEnv(TinyData.SCENARIO, 2, Autoreset.SAME_STEP, team);
                PointGoalEnv env =
                        new PointGoalEnv(TinyData.SCENARIO, 1, Autoreset.SAME_STEP, team)) {
            envs.reset(new long[] {7, 8}, two);
            env.reset(new long[] {8}, one);
        }
        for (boolean sampled : new boolean[] {false, true}) {
            Policy policy = model.steered(1, sampled);
            float[] ofTwo = new float[4];
            policy.begin(spec, new long[] {7, 8});
            policy.act(two, ofTwo);
            float[] ofOne = new float[2];
            policy.begin(spec, new long[] {8});
            policy.act(one, ofOne);
            assertThat(ofOne).containsExactly(ofTwo[2], ofTwo[3]);
            assertThat(ofTwo[0]).isNotEqualTo(ofTwo[2]);
            assertThat(policy.context(0)).isEqualTo(model.steeringContext(1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void steeringOneEnvironmentGivesItTheActionsOfTheOtherModeAndChangesNoOthers(boolean sampled) {
        MemoModel model = trained(longer("modes", 3), DATASET);
        EnvSpec spec = PointGoalEnv.specOf(TinyData.SCENARIO);
        // More than one block of the acting program.
        int envs = 4_099;
        long[] seeds = LongStream.range(0, envs).toArray();
        EnvBatch state = new EnvBatch(spec, envs);
        SteeredPolicy policy = model.steered(1, sampled);
        assertThat(policy.modes()).isEqualTo(3);
        policy.begin(spec, seeds);
        SteeredPolicy[] alone = new SteeredPolicy[3];
        for (int mode = 0; mode < 3; mode++) {
            alone[mode] = model.steered(mode, sampled);
            alone[mode].begin(spec, seeds);
        }
        int[] modes = new int[envs];
        Arrays.fill(modes, 1);
        int[][] turns = {{3, 2}, {4_097, 0}, {3, 0}, {4_097, 1}};
        int changed = 0;
        try (PointGoalEnv env =
                new PointGoalEnv(TinyData.SCENARIO, envs, Autoreset.SAME_STEP, team)) {
            env.reset(seeds, state);
            float[] actions = new float[2 * envs];
            float[][] expected = new float[3][2 * envs];
            for (int[] turn : turns) {
                policy.steer(turn[0], turn[1]);
                modes[turn[0]] = turn[1];
                assertThat(policy.context(turn[0])).isEqualTo(model.steeringContext(turn[1]));
                assertThat(policy.context(0)).isEqualTo(model.steeringContext(1));
                policy.act(state, actions);
                for (int mode = 0; mode < 3; mode++) {
                    alone[mode].act(state, expected[mode]);
                }
                for (int i = 0; i < actions.length; i++) {
                    float[] wanted = expected[modes[i / 2]];
                    assertThat(Float.floatToRawIntBits(actions[i]))
                            .isEqualTo(Float.floatToRawIntBits(wanted[i]));
                }
                changed += actions[2 * 3] == expected[1][2 * 3] ? 0 : 1;
                env.step(actions, state);
            }
        }
        assertThat(changed).isEqualTo(turns.length);
    }

    @Test
    void sampledActionsLieAboutTheMeanOnes() {
        MemoModel model = new MemoTrainer(TinyData.config(), DATASET, device).model();
        EnvSpec spec = PointGoalEnv.specOf(TinyData.SCENARIO);
        int envs = 3_000;
        EnvBatch state = new EnvBatch(spec, envs);
        long[] seeds = new long[envs];
        for (int env = 0; env < envs; env++) {
            seeds[env] = env;
        }
        float[] means = new float[2 * envs];
        float[] samples = new float[2 * envs];
        Policy mean = model.steered(0, false);
        mean.begin(spec, seeds);
        mean.act(state, means);
        Policy sampled = model.steered(0, true);
        sampled.begin(spec, seeds);
        sampled.act(state, samples);
        double squares = 0;
        for (int i = 0; i < means.length; i++) {
            squares += Math.pow(samples[i] - means[i], 2);
        }
        // Untrained, the log deviation is -0.5; four standard errors of 1 / sqrt(2 n).
        double deviation = Math.exp(-0.5);
        assertThat(Math.sqrt(squares / means.length))
                .isCloseTo(deviation, within(4 * deviation / Math.sqrt(2.0 * means.length)));
    }

    @Test
    void aSteeredPolicyRefusesAWorldOfAnotherShape() {
        MemoModel model = new MemoTrainer(TinyData.config(), DATASET, device).model();
        Policy policy = model.steered(0, false);
        EnvSpec noHazards = PointGoalEnv.specOf(Scenario.load("goal0"));
        assertThatThrownBy(() -> policy.begin(noHazards, new long[] {1}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("goal0")
                .hasMessageContaining("observations of");
    }
}
