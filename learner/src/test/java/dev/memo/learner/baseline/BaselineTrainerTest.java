package dev.memo.learner.baseline;

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
import dev.memo.learner.dataset.Transitions;
import dev.memo.learner.metrics.ConfusionTable;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.SteeredPolicy;
import dev.memo.learner.testing.ForwardAndCircle;
import dev.memo.learner.testing.Stopping;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.PointGoalEnv;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BaselineTrainerTest {
    private static final Dataset MIRRORED = MirroredExperts.dataset();
    private static final int EPISODES = 40;
    private static final Dataset WORLD = ForwardAndCircle.dataset(EPISODES);

    /** log density of normal noise, its mean: -log sigma - log(2 pi e) / 2. */
    private static final double CEILING = 2 * meanLogDensity(MirroredExperts.NOISE);

    /** One dimension is the noise; the other, seen by one policy, +-s with s uniform, and noise. */
    private static final double FLOOR =
            meanLogDensity(MirroredExperts.NOISE)
                    + meanLogDensity(Math.sqrt(1 / 3.0 + Math.pow(MirroredExperts.NOISE, 2)));

    private final ThreadTeam team = new ThreadTeam(1);
    private final JvmDevice device = new JvmDevice(team, true);

    @AfterEach
    void close() {
        device.close();
        team.close();
    }

    private static double meanLogDensity(double deviation) {
        return -Math.log(deviation) - Math.log(2 * Math.PI * Math.E) / 2;
    }

    private BaselineModel trained(BaselineConfig config, Dataset dataset, int[] classes) {
        return BaselineTrainer.train(config, dataset, Optional.of(classes), device, Progress.SILENT)
                .orElseThrow();
    }

    private BaselineModel trained(BaselineConfig config) {
        return trained(config, MIRRORED, MirroredExperts.classes());
    }

    private static BaselineConfig inTheWorld(BaselineConfig.Kind kind) {
        return MirroredExperts.config(
                kind,
                "features",
                "pose",
                "step",
                10,
                "hidden",
                32,
                "learning_rate",
                3e-3,
                "held_out",
                0.4);
    }

    /** What a model makes of the episodes that it was not trained on. */
    private record Judged(double ari, double inItsMode, double marginal) {
        static Judged of(BaselineModel model, Dataset dataset, int[] classes) {
            BaselineConfig config = model.config();
            int[] heldOut = BaselineTrainer.split(config, dataset).heldOut();
            Transitions rows = BaselineTrainer.transitions(config, dataset, heldOut);
            int[] modes = model.episodeModes(rows);
            int[] known = Arrays.stream(heldOut).map(e -> classes[e]).toArray();
            float[] marginal = model.logDensities(rows.states(), rows.actions());
            float[][] ofModes = new float[model.modes()][];
            Arrays.setAll(ofModes, mode -> model.logDensities(rows.states(), rows.actions(), mode));
            double inItsMode = 0;
            double inAll = 0;
            for (int row = 0; row < rows.size(); row++) {
                int place = Arrays.binarySearch(heldOut, rows.episodes()[row]);
                inItsMode += ofModes[modes[place]][row] / rows.size();
                inAll += marginal[row] / (double) rows.size();
            }
            double ari = ConfusionTable.of(known, modes).ari();
            return new Judged(ari, inItsMode, inAll);
        }
    }

    private Judged judged(BaselineConfig config) {
        return Judged.of(trained(config), MIRRORED, MirroredExperts.classes());
    }

    @Test
    void cloningReachesTheFloor() {
        Judged found = judged(MirroredExperts.config(BaselineConfig.Kind.CLONING));
        assertThat(found.inItsMode).isCloseTo(FLOOR, within(0.2));
        assertThat(found.marginal).isCloseTo(found.inItsMode, within(1e-5));
    }

    @ParameterizedTest
    @EnumSource(names = {"LABELLED", "CATEGORICAL_VAE", "HARD_EM", "SOFT_EM"})
    void expertsThatDifferInTheirActionsAloneAreToldApart(BaselineConfig.Kind kind) {
        Judged found = judged(MirroredExperts.config(kind));
        assertThat(found.ari).isEqualTo(1);
        assertThat(found.inItsMode).isCloseTo(CEILING, within(0.2));
        // Nobody says which of two modes: at most log 2 is lost.
        assertThat(found.marginal).isBetween(found.inItsMode - Math.log(2) - 1e-3, CEILING);
    }

    @Test
    void aMixtureKnowsBothActionsWithoutKnowingWhoActs() {
        Judged found = judged(MirroredExperts.config(BaselineConfig.Kind.MIXTURE));
        assertThat(found.marginal).isBetween(CEILING - Math.log(2) - 0.2, CEILING);
    }

    @Test
    void clustersOfMotionTellForwardFromCircle() {
        int[] classes = ForwardAndCircle.classes(EPISODES);
        BaselineConfig config = inTheWorld(BaselineConfig.Kind.K_MEANS);
        Judged clustered = Judged.of(trained(config, WORLD, classes), WORLD, classes);
        assertThat(clustered.ari).isEqualTo(1);
    }

    @Test
    void knowingWhoActsBeatsTheFloorInTheWorld() {
        int[] classes = ForwardAndCircle.classes(EPISODES);
        BaselineConfig floor = inTheWorld(BaselineConfig.Kind.CLONING);
        BaselineConfig ceiling = inTheWorld(BaselineConfig.Kind.LABELLED);
        Judged low = Judged.of(trained(floor, WORLD, classes), WORLD, classes);
        Judged high = Judged.of(trained(ceiling, WORLD, classes), WORLD, classes);
        assertThat(high.inItsMode).isGreaterThan(low.inItsMode + 0.1);
    }

    @ParameterizedTest
    @EnumSource(names = {"MIXTURE", "SOFT_EM", "CATEGORICAL_VAE"})
    void theDensityOfAllModesIntegratesToOne(BaselineConfig.Kind kind) {
        BaselineModel model = trained(MirroredExperts.config(kind, "epochs", 2, "iterations", 30));
        double width = 0.04;
        int side = 200; // -4 .. 4
        float[] observations = new float[2 * side * side];
        float[] actions = new float[2 * side * side];
        for (int i = 0; i < side * side; i++) {
            observations[2 * i] = 0.3f;
            observations[2 * i + 1] = -0.8f;
            actions[2 * i] = (float) (width * (i % side + 0.5) - 4);
            actions[2 * i + 1] = (float) (width * (i / side + 0.5) - 4);
        }
        double integral = 0;
        for (float density : model.logDensities(observations, actions)) {
            integral += Math.exp(density) * width * width;
        }
        assertThat(integral).isCloseTo(1, within(1e-3));
    }

    @ParameterizedTest
    @EnumSource
    void aSteeredPolicyActsWhereItsModesDensityIsHighest(BaselineConfig.Kind kind) {
        int[] classes = ForwardAndCircle.classes(EPISODES);
        BaselineModel model = trained(shortened(inTheWorld(kind)), WORLD, classes);
        EnvSpec spec = PointGoalEnv.specOf(ForwardAndCircle.SCENARIO);
        EnvBatch state = new EnvBatch(spec, 2);
        try (PointGoalEnv envs =
                new PointGoalEnv(ForwardAndCircle.SCENARIO, 2, Autoreset.SAME_STEP, team)) {
            envs.reset(new long[] {7, 8}, state);
        }
        float[] observations = new float[2 * spec.observationSize()];
        for (int env = 0; env < 2; env++) {
            System.arraycopy(
                    state.observations,
                    env * spec.observationStride(),
                    observations,
                    env * spec.observationSize(),
                    spec.observationSize());
        }
        for (int mode = 0; mode < model.modes(); mode++) {
            float[] best = acted(model.steered(mode, false), spec, state, 7, 8);
            float[] drawn = acted(model.steered(mode, true), spec, state, 7, 8);
            float[] highest = model.logDensities(observations, best, mode);
            float[] lower = model.logDensities(observations, drawn, mode);
            // At the mean the density does not depend on the observation.
            assertThat(highest[0]).isCloseTo(highest[1], within(1e-4f)).isGreaterThan(lower[0]);
            assertThat(highest[1]).isGreaterThan(lower[1]);
        }
    }

    private static float[] acted(Policy policy, EnvSpec spec, EnvBatch state, long... seeds) {
        float[] actions = new float[seeds.length * spec.actionSize()];
        policy.begin(spec, seeds);
        policy.act(state, actions);
        return actions;
    }

    @Test
    void everyModeIsDrawnWithItsOwnDeviations() {
        BaselineConfig config =
                ConfigJson.with(
                        shortened(inTheWorld(BaselineConfig.Kind.LABELLED)),
                        Map.of("mode_deviations", true));
        BaselineModel model = trained(config, WORLD, ForwardAndCircle.classes(EPISODES));
        float[] logDeviations = {-2, -1, 0, -3};
        model.parameters().set(BaselineNetwork.LOG_DEVIATION, logDeviations);
        EnvSpec spec = PointGoalEnv.specOf(ForwardAndCircle.SCENARIO);
        int envs = 2_000;
        EnvBatch state = new EnvBatch(spec, envs);
        long[] seeds = LongStream.range(0, envs).toArray();
        for (int mode = 0; mode < 2; mode++) {
            float[] means = acted(model.steered(mode, false), spec, state, seeds);
            float[] drawn = acted(model.steered(mode, true), spec, state, seeds);
            for (int a = 0; a < 2; a++) {
                double squares = 0;
                for (int env = 0; env < envs; env++) {
                    squares += Math.pow(drawn[2 * env + a] - means[2 * env + a], 2);
                }
                double expected = Math.exp(logDeviations[2 * mode + a]);
                // Four standard errors of 1 / sqrt(2 n).
                assertThat(Math.sqrt(squares / envs))
                        .isCloseTo(expected, within(4 * expected / Math.sqrt(2.0 * envs)));
            }
        }
    }

    @Test
    void anEnvironmentThatIsSteeredAlongTheWayHasContextAndDeviationsOfItsNewMode() {
        BaselineConfig config =
                ConfigJson.with(
                        shortened(inTheWorld(BaselineConfig.Kind.LABELLED)),
                        Map.of("mode_deviations", true));
        BaselineModel model = trained(config, WORLD, ForwardAndCircle.classes(EPISODES));
        EnvSpec spec = PointGoalEnv.specOf(ForwardAndCircle.SCENARIO);
        EnvBatch state = new EnvBatch(spec, 3);
        long[] seeds = {7, 8, 9};
        float[] first = acted(model.steered(0, true), spec, state, seeds);
        float[] second = acted(model.steered(1, true), spec, state, seeds);
        SteeredPolicy policy = model.steered(0, true);
        policy.begin(spec, seeds);
        policy.steer(1, 1);
        float[] actions = new float[first.length];
        policy.act(state, actions);
        assertThat(actions)
                .containsExactly(first[0], first[1], second[2], second[3], first[4], first[5]);
        assertThat(second[2]).isNotEqualTo(first[2]);
        assertThat(policy.context(1)).containsExactly(0, 1);
        assertThat(policy.context(2)).containsExactly(1, 0);
    }

    private static BaselineConfig shortened(BaselineConfig config) {
        return ConfigJson.with(config, Map.of("epochs", 2, "iterations", 10));
    }

    @ParameterizedTest
    @EnumSource
    void anyNumberOfThreadsGivesTheSameBytes(BaselineConfig.Kind kind) {
        BaselineConfig config = shortened(MirroredExperts.config(kind, "batch", 256));
        BaselineModel one = trained(config);
        try (ThreadTeam two = new ThreadTeam(2);
                JvmDevice other = new JvmDevice(two, true)) {
            BaselineModel same =
                    BaselineTrainer.train(
                                    config,
                                    MIRRORED,
                                    Optional.of(MirroredExperts.classes()),
                                    other,
                                    Progress.SILENT)
                            .orElseThrow();
            for (String name : one.parameters().names()) {
                Tensor.F32 expected = one.parameters().get(name);
                assertThat(same.parameters().get(name).data()).as(name).isEqualTo(expected.data());
            }
        }
    }

    @Test
    void anotherSeedGivesAnotherModel() {
        BaselineConfig config = shortened(MirroredExperts.config(BaselineConfig.Kind.CLONING));
        BaselineConfig other =
                shortened(MirroredExperts.config(BaselineConfig.Kind.CLONING, "seed", 1));
        String name = "actor.2.weight";
        assertThat(trained(other).parameters().get(name).data())
                .isNotEqualTo(trained(config).parameters().get(name).data());
    }

    @Test
    void sharesOfAnEpisodeSumToOneAndSettle() {
        BaselineConfig config = MirroredExperts.config(BaselineConfig.Kind.SOFT_EM);
        BaselineTrainer trainer = new BaselineTrainer(config, MIRRORED, Optional.empty(), device);
        trainer.trainEpoch();
        float least = 1;
        for (float[] share : trainer.shares()) {
            assertThat(share[0] + share[1]).isCloseTo(1, within(1e-6f));
            least = Math.min(least, Math.max(share[0], share[1]));
        }
        assertThat(least).isLessThan(0.9f);
        for (int epoch = 1; epoch < config.epochs(); epoch++) {
            trainer.trainEpoch();
        }
        for (float[] share : trainer.shares()) {
            assertThat(Math.max(share[0], share[1])).isGreaterThan(0.999f);
        }
    }

    @Test
    void aPersonWhoStopsItGetsNoModel() {
        BaselineConfig config = MirroredExperts.config(BaselineConfig.Kind.CLONING);
        Stopping progress = new Stopping(2);
        assertThat(BaselineTrainer.train(config, MIRRORED, Optional.empty(), device, progress))
                .isEmpty();
        assertThat(progress.done()).isEqualTo(2);
    }

    @Test
    void theCeilingNeedsToKnowWhoActed() {
        BaselineConfig config = MirroredExperts.config(BaselineConfig.Kind.LABELLED);
        refuses(config, Optional.empty(), "--kind labelled", "mirrored");
        int[] three = MirroredExperts.classes();
        three[0] = 2;
        refuses(config, Optional.of(three), "--modes 2", "3 experts");
        assertThatThrownBy(() -> trained(config, MIRRORED, new int[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 classes for 40 episodes");
    }

    @ParameterizedTest
    @EnumSource(names = {"K_MEANS", "HARD_EM", "SOFT_EM"})
    void refusesMoreModesThanTrainingEpisodes(BaselineConfig.Kind kind) {
        refuses(
                MirroredExperts.config(kind, "modes", 33),
                Optional.empty(),
                "--modes 33",
                "32 episodes");
    }

    @Test
    void refusesToGoOnWithALossThatIsNotFinite() {
        BaselineConfig config =
                MirroredExperts.config(BaselineConfig.Kind.CLONING, "learning_rate", 1e30);
        try (JvmDevice unchecked = new JvmDevice(team)) {
            assertThatThrownBy(
                            () ->
                                    BaselineTrainer.train(
                                            config,
                                            MIRRORED,
                                            Optional.empty(),
                                            unchecked,
                                            Progress.SILENT))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("--learning-rate")
                    .hasMessageContaining("1.0E30");
        }
    }

    private void refuses(BaselineConfig config, Optional<int[]> classes, String... named) {
        assertThatThrownBy(
                        () ->
                                BaselineTrainer.train(
                                        config, MIRRORED, classes, device, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(named);
    }
}
