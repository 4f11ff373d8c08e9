package dev.memo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.dataset.ExpertLabels;
import dev.memo.learner.evaluation.CodeReport;
import dev.memo.learner.evaluation.Evaluation;
import dev.memo.learner.evaluation.LikelihoodBounds;
import dev.memo.learner.evaluation.SteeringReport;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.Steerable;
import dev.memo.learner.rollout.SteeredPolicy;
import dev.memo.learner.rollout.SwitchedPolicy;
import dev.memo.sim.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final List<String> EXPERTS = List.of("forward", "circle");

    /** Modes that are the experts, and one mode more. */
    private record Modes(ThreadTeam team) implements Steerable {
        @Override
        public int modes() {
            return 3;
        }

        @Override
        public SteeredPolicy steered(int mode, boolean sampled) {
            List<Policy> policies =
                    IntStream.range(0, modes())
                            .mapToObj(k -> Expert.scripted(EXPERTS.get(k % 2)).policy(0, team))
                            .toList();
            return new SwitchedPolicy(policies, mode);
        }
    }

    /** Of two episodes, one of each expert. */
    private static CodeReport codes(int... ofEpisodes) {
        return CodeReport.of(
                ofEpisodes,
                new int[] {0, 1},
                ofEpisodes,
                3,
                Optional.of(new ExpertLabels(EXPERTS, new int[] {0, 1})),
                1);
    }

    private static String verdict(
            CodeReport codes, LikelihoodBounds bounds, Optional<SteeringReport> steering) {
        Evaluation evaluation =
                new Evaluation(
                        Optional.of("open"),
                        1,
                        2,
                        codes,
                        new Evaluation.Likelihood(OptionalDouble.of(1), 0.5, -2, bounds),
                        Optional.empty(),
                        steering);
        return String.join("\n", Verdict.lines(evaluation));
    }

    @Test
    void saysHowFarModesAreToldApartAndTheirLikelihoodComes() {
        try (ThreadTeam team = new ThreadTeam(1)) {
            SteeringReport steering =
                    SteeringReport.of(
                            Scenario.load("open").withEpisodeSteps(40),
                            new Modes(team),
                            EXPERTS.stream().map(Expert::scripted).toList(),
                            new long[][] {{1, 0, 0}, {0, 1, 0}},
                            1,
                            3,
                            team,
                            Progress.SILENT);
            LikelihoodBounds bounds =
                    new LikelihoodBounds(OptionalDouble.of(-1.5), OptionalDouble.of(1));
            assertThat(verdict(codes(0, 1), bounds, Optional.of(steering)))
                    .contains("0.50 nats a step given the mode, -2.00 given a random one")
                    .contains("80 % of the way from no modes (-1.50) to true labels (1.00)")
                    .contains("100 % of the experts' and 100 % of the modes'")
                    .contains("matched with nobody: mode 2")
                    .doesNotContain("collapsed");
        }
    }

    @Test
    void saysThatCodesHaveCollapsedAndWhatToTry() {
        assertThat(verdict(codes(2, 2), LikelihoodBounds.NONE, Optional.empty()))
                .contains("The codes have collapsed: 1.00 of 3 are in use.")
                .contains("--k-means-start", "--reset-dead-codes", "--step", "--features", "--beta")
                .doesNotContain("of the way", "classifier");
    }
}
