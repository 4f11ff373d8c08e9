package dev.memo.learner.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.dataset.ExpertLabels;
import dev.memo.learner.dataset.Features;
import dev.memo.learner.dataset.Transitions;
import dev.memo.learner.rollout.SteeredPolicy;
import dev.memo.learner.rollout.StochasticSteerable;
import dev.memo.sim.env.EnvSpec.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ModeEvaluationTest {
    /**
     * Three episodes of two rows with these actions; the first and the last are the same expert's.
     */
    private static final float[][] ACTIONS = {{0, 1}, {10, 12}, {0, 6}};

    private static final ExpertLabels LABELS =
            new ExpertLabels(List.of("low", "high"), new int[] {0, 1, 0});

    /** The density of an action under a mode falls with its distance from the mode's place. */
    private record Places(float... ofModes) implements StochasticSteerable {
        @Override
        public int modes() {
            return ofModes.length;
        }

        @Override
        public float[] logDensities(float[] observations, float[] actions, int mode) {
            float[] densities = new float[actions.length];
            for (int i = 0; i < actions.length; i++) {
                densities[i] = -Math.abs(actions[i] - ofModes[mode]);
            }
            return densities;
        }

        @Override
        public SteeredPolicy steered(int mode, boolean sampled) {
            throw new AssertionError("there is no world to steer in");
        }
    }

    private static HeldOut heldOut(Optional<ExpertLabels> labels) {
        List<Episode> episodes = new ArrayList<>();
        for (float[] actions : ACTIONS) {
            episodes.add(
                    new Episode(
                            OptionalLong.empty(),
                            new float[3],
                            actions,
                            new double[2],
                            new boolean[2],
                            new boolean[] {false, true},
                            new double[0],
                            new boolean[0],
                            new double[0]));
        }
        DatasetSpec spec =
                new DatasetSpec(List.of(new Slice("nothing", 0, 1)), 1, List.of(), List.of());
        Transitions rows =
                Transitions.of(
                        new Dataset("small", Optional.empty(), spec, episodes),
                        new int[] {0, 1, 2},
                        new Features.Observation(List.of()),
                        List.of(1),
                        Transitions.Respawns.KEEP);
        return new HeldOut(rows, ACTIONS.length, labels, 7);
    }

    @Test
    void withoutAnEncoderTheMostLikelyModeIsTheCode() {
        HeldOut heldOut = heldOut(Optional.of(LABELS));
        ModeCodes codes = ModeCodes.mostLikely(new Places(0, 8, 99), heldOut);
        // 6 is nearer to 8 than to 0, but 0 and 6 together are nearer to 0.
        assertThat(codes.ofRows()).containsExactly(0, 0, 1, 1, 0, 1);
        assertThat(codes.ofEpisodes()).containsExactly(0, 1, 0);

        CodeReport report = new ModeEvaluation(new Places(0, 8, 99), heldOut).codes();
        assertThat(report.usage()).containsExactly(new double[] {0.5, 0.5, 0}, within(1e-12));
        assertThat(report.agreement().orElseThrow().perEpisode().ari()).isEqualTo(1);
    }

    @Test
    void ofEquallyLikelyModesTheFirstIsTheCode() {
        ModeCodes codes = ModeCodes.mostLikely(new Places(5, 5), heldOut(Optional.empty()));
        assertThat(codes.ofRows()).containsOnly(0);
        assertThat(codes.ofEpisodes()).containsOnly(0);
    }

    /** Episodes 0 and 2 have mode 0, at 0; episode 1 has mode 1, at 8. */
    @Test
    void theLikelihoodIsThatOfTheEpisodesModes() {
        HeldOut heldOut = heldOut(Optional.of(LABELS));
        Evaluation.Likelihood likelihood =
                new ModeEvaluation(new Places(0, 8, 99), heldOut)
                        .likelihood(
                                LikelihoodBounds.of(
                                        new Places(4), Optional.of(new Places(1, 11)), heldOut));
        assertThat(likelihood.ownContext()).isEmpty();
        assertThat(likelihood.steeringGap()).isEmpty();
        double steering = -(0 + 1 + 2 + 4 + 0 + 6) / 6.0;
        assertThat(likelihood.steeringContext()).isCloseTo(steering, within(1e-6));
        double underMode0 = -(0 + 1 + 10 + 12 + 0 + 6) / 6.0;
        double underMode1 = -(8 + 7 + 2 + 4 + 8 + 2) / 6.0;
        double shuffled = (2 * underMode0 + underMode1) / 3;
        assertThat(likelihood.shuffledContext()).isCloseTo(shuffled, within(1e-6));
        assertThat(likelihood.contextUse()).isCloseTo(steering - shuffled, within(1e-6));

        double floor = -(4 + 3 + 6 + 8 + 4 + 2) / 6.0;
        double ceiling = -(1 + 0 + 1 + 1 + 1 + 5) / 6.0;
        assertThat(likelihood.bounds().floor().orElseThrow()).isCloseTo(floor, within(1e-6));
        assertThat(likelihood.bounds().ceiling().orElseThrow()).isCloseTo(ceiling, within(1e-6));
        assertThat(likelihood.fraction().orElseThrow())
                .isCloseTo((steering - floor) / (ceiling - floor), within(1e-6));
    }

    @Test
    void collapsedCodesMakeNoUseOfTheContext() {
        ModeEvaluation collapsed =
                new ModeEvaluation(new Places(5, 99), heldOut(Optional.of(LABELS)));
        assertThat(collapsed.codes().collapse()).isPresent();
        assertThat(collapsed.likelihood(LikelihoodBounds.NONE).contextUse()).isZero();
    }

    @Test
    void betweenAFloorAndACeilingThatAreOneThereIsNoFraction() {
        HeldOut heldOut = heldOut(Optional.of(LABELS));
        LikelihoodBounds bounds =
                LikelihoodBounds.of(new Places(4), Optional.of(new Places(4, 4)), heldOut);
        assertThat(bounds.ceiling()).isEqualTo(bounds.floor()).isPresent();
        assertThat(fraction(0, bounds)).isEmpty();
        assertThat(fraction(0, LikelihoodBounds.NONE)).isEmpty();
        LikelihoodBounds known = new LikelihoodBounds(OptionalDouble.of(-3), OptionalDouble.of(1));
        assertThat(fraction(0, known)).hasValue(0.75);
        assertThat(fraction(2, known)).hasValue(1.25);
    }

    private static OptionalDouble fraction(double steering, LikelihoodBounds bounds) {
        return new Evaluation.Likelihood(OptionalDouble.of(1), steering, 0, bounds).fraction();
    }

    @Test
    void withoutLabelsThereIsAFloorAlone() {
        LikelihoodBounds bounds =
                LikelihoodBounds.of(new Places(4), Optional.empty(), heldOut(Optional.empty()));
        assertThat(bounds.floor()).isPresent();
        assertThat(bounds.ceiling()).isEmpty();
    }

    @Test
    void ofDataFromElsewhereCodesAndLikelihoodAreMeasured() {
        try (ThreadTeam team = new ThreadTeam(1)) {
            Evaluation evaluation =
                    new ModeEvaluation(new Places(0, 8), heldOut(Optional.empty()))
                            .evaluate(
                                    Optional.empty(),
                                    List.of(),
                                    3,
                                    Optional.empty(),
                                    LikelihoodBounds.NONE,
                                    team,
                                    Progress.SILENT);
            assertThat(evaluation.steering()).isEmpty();
            assertThat(evaluation.seed()).isEqualTo(7);
            assertThat(evaluation.heldOutEpisodes()).isEqualTo(3);
            assertThat(evaluation.summary().path("distinguishability").isMissingNode()).isTrue();
        }
    }
}
