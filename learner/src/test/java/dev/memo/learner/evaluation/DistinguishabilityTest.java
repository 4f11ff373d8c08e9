package dev.memo.learner.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.Progress;
import dev.memo.base.Seeds;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.metrics.ConfusionTable;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.Steerable;
import dev.memo.learner.rollout.SteeredPolicy;
import dev.memo.learner.rollout.SwitchedPolicy;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DistinguishabilityTest {
    private static final Scenario GOAL1 = Scenario.load("goal1");
    private static final long SEED = 5;
    private static final int LAYOUTS = 30;

    /** Modes that are experts. */
    private record Modes(List<Expert> experts, ThreadTeam team) implements Steerable {
        @Override
        public int modes() {
            return experts.size();
        }

        @Override
        public SteeredPolicy steered(int mode, boolean sampled) {
            List<Policy> policies = experts.stream().map(one -> one.policy(0, team)).toList();
            return new SwitchedPolicy(policies, mode);
        }
    }

    private static List<Expert> experts(String... names) {
        return Arrays.stream(names).map(Expert::scripted).toList();
    }

    private static Distinguishability measure(
            int steps, List<Expert> experts, List<Expert> modes, long[][] agreement) {
        try (ThreadTeam team = new ThreadTeam(2)) {
            return SteeringReport.of(
                            GOAL1.withEpisodeSteps(steps),
                            new Modes(modes, team),
                            experts,
                            agreement,
                            SEED,
                            LAYOUTS,
                            team,
                            Progress.SILENT)
                    .distinguishability()
                    .orElseThrow();
        }
    }

    /** They differ only near hazards, so that the classifier can err, and errs alike on both. */
    @Test
    void modesThatAreTheExpertsAreToldApartAsTheExpertsAre() {
        List<Expert> experts = experts("goal", "goal-safe");
        Distinguishability report = measure(1_000, experts, experts, new long[][] {{9, 1}, {1, 9}});
        assertThat(report.experts()).isBetween(0.85, 1.0);
        assertThat(report.modes()).isEqualTo(report.experts());
        assertThat(report.ratio()).isEqualTo(1);
        assertThat(report.ofModes().counts()).isDeepEqualTo(report.ofExperts().counts());
        assertThat(report.unmatched()).isEmpty();
        assertThat(report.trainingEpisodes()).isEqualTo(LAYOUTS);

        Distinguishability again = measure(1_000, experts, experts, new long[][] {{9, 1}, {1, 9}});
        assertThat(again.ofModes().counts()).isDeepEqualTo(report.ofModes().counts());
    }

    @Test
    void modesThatAreMatchedTheWrongWayAroundAreNeverNamed() {
        List<Expert> experts = experts("forward", "circle");
        Distinguishability report = measure(60, experts, experts, new long[][] {{1, 9}, {9, 1}});
        assertThat(report.experts()).isEqualTo(1);
        assertThat(report.modes()).isZero();
        assertThat(report.ratio()).isZero();
    }

    @Test
    void aModeThatNobodyIsMatchedWithIsLeftOut() {
        Distinguishability report =
                measure(
                        60,
                        experts("forward", "circle"),
                        experts("goal", "circle", "forward"),
                        new long[][] {{1, 0, 9}, {1, 9, 0}});
        assertThat(report.modes()).isEqualTo(1);
        assertThat(report.unmatched()).containsExactly(0);
        assertThat(report.ofModes().counts()).hasDimensions(3, 2);
    }

    @Test
    void anExpertWithoutAModeIsNotToldApart() {
        Distinguishability report =
                new Distinguishability(
                        4,
                        new ConfusionTable(new long[][] {{3, 1}, {0, 4}}),
                        new ConfusionTable(new long[][] {{1, 3}}),
                        new int[] {-1, 0});
        assertThat(report.experts()).isEqualTo(7 / 8.0);
        assertThat(report.modes()).isEqualTo(3 / 8.0);
        assertThat(report.ratio()).isEqualTo(3 / 7.0);
    }

    @Test
    void oneExpertIsToldApartFromNobody() {
        List<Expert> one = experts("forward");
        try (ThreadTeam team = new ThreadTeam(1)) {
            SteeringReport report =
                    SteeringReport.of(
                            GOAL1.withEpisodeSteps(20),
                            new Modes(one, team),
                            one,
                            new long[][] {{1}},
                            SEED,
                            2,
                            team,
                            Progress.SILENT);
            assertThat(report.distinguishability()).isEmpty();
        }
    }

    @Test
    void theClassifiersLayoutsAreNeitherLearnedFromNorEvaluatedOn() {
        long[] ofClassifier = Behaviour.classifierLayouts(SEED, 1_000);
        Set<Long> others = new HashSet<>();
        for (long seed : Behaviour.heldOutLayouts(SEED, 1_000)) {
            others.add(seed);
        }
        for (String learning : List.of("collection", "training")) {
            for (int i = 0; i < 1_000; i++) {
                others.add(Seeds.derive(SEED, learning) + i);
            }
        }
        assertThat(Arrays.stream(ofClassifier).boxed()).doesNotContainAnyElementsOf(others);
    }
}
