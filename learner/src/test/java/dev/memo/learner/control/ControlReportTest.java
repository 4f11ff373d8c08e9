package dev.memo.learner.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.control.ControlReport.AtLimit;
import dev.memo.learner.control.ControlReport.Plans;
import dev.memo.learner.evaluation.Behaviour;
import dev.memo.learner.evaluation.EpisodeTotals;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.metrics.Interval;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.SteeredPolicy;
import dev.memo.learner.rollout.SwitchedPolicy;
import dev.memo.learner.testing.Stopping;
import dev.memo.sim.scenario.Scenario;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Scripted experts as modes: goal drives through hazards, forward away from them. */
class ControlReportTest {
    private static final Scenario WORLD = Scenario.load("goal1").withEpisodeSteps(300);
    private static final List<String> EXPERTS = List.of("goal", "forward");
    private static final double[] NEAR = {0.4};

    private static SteeredPolicy policy(ThreadTeam team) {
        List<Policy> experts =
                EXPERTS.stream().map(name -> ScriptedExpert.named(name, 0, team)).toList();
        return new SwitchedPolicy(experts, 0);
    }

    private static ControlReport report(int threads, Progress progress, double... limits) {
        try (ThreadTeam team = new ThreadTeam(threads)) {
            Plans plans = new Plans(policy(team), EXPERTS, NEAR, limits);
            return ControlReport.of(WORLD, plans, 150, 60, 5, team, progress);
        }
    }

    @Test
    void aModeThroughoutEarnsAndCostsWhatItsExpertDoes() {
        ControlReport report = report(2, Progress.SILENT, 8);
        try (ThreadTeam team = new ThreadTeam(2)) {
            EpisodeTotals goal =
                    EpisodeTotals.of(
                            WORLD,
                            ScriptedExpert.named("goal", 0, team),
                            Behaviour.layouts(5, "control", 150),
                            team,
                            Progress.SILENT);
            assertThat(report.modes().getFirst().episodeReturn())
                    .isEqualTo(Interval.of(goal.returns()));
            assertThat(report.modes().getFirst().episodeCost())
                    .isEqualTo(Interval.of(goal.costs()));
        }
    }

    @Test
    void switchingEarnsMoreThanAnyModeOrMixtureThatKeepsTheLimit() {
        AtLimit at = report(2, Progress.SILENT, 8).limits().getFirst();
        double rule = at.rule().episodeReturn().mean();
        assertThat(at.bestMode().what()).isEqualTo("forward");
        assertThat(rule).isGreaterThan(at.mixture().episodeReturn().mean() + 1);
        assertThat(at.rule().what()).contains("goal, near hazards (0.4 m) forward");
        for (ControlReport.Result one : List.of(at.bestMode(), at.mixture(), at.oracle())) {
            assertThat(one.episodeCost().mean()).isLessThanOrEqualTo(8 + 1e-9);
        }
        // They learn what an episode cost afterwards: of 150, the last two or three can overspend.
        for (ControlReport.Result one : List.of(at.rule(), at.bandit())) {
            assertThat(one.episodeCost().mean()).isBetween(7.5, 8.3);
        }
        assertThat(at.oracle().share()).isEqualTo(1);
        assertThat(at.oracle().way()).isEqualTo(1);
        assertThat(at.bestMode().way()).isZero();
        assertThat(at.rule().share())
                .isEqualTo(rule / at.oracle().episodeReturn().mean())
                .isGreaterThan(at.mixture().share());
    }

    @Test
    void theLimitIsHalfWayBetweenTheModesUnlessItIsGiven() {
        ControlReport report = report(2, Progress.SILENT);
        double cheap = report.modes().getLast().episodeCost().mean();
        double dear = report.modes().getFirst().episodeCost().mean();
        // Half way in calibration, on other layouts.
        assertThat(report.limits().getFirst().costLimit())
                .isBetween(cheap + 0.3 * (dear - cheap), cheap + 0.7 * (dear - cheap));
    }

    @Test
    void whereNoModeKeepsTheLimitNobodyIsTheBest() {
        AtLimit at = report(2, Progress.SILENT, 0).limits().getFirst();
        assertThat(at.bestMode()).isNull();
        assertThat(at.mixture()).isNull();
        assertThat(at.oracle()).isNull();
        assertThat(at.rule().share()).isNull();
        assertThat(at.rule().way()).isNull();
    }

    @Test
    void theOraclesCurveRisesAndLiesAboveThatOfMixtures() {
        ControlReport report = report(2, Progress.SILENT);
        assertThat(report.oracle()).hasSizeGreaterThan(10);
        for (int i = 1; i < report.oracle().size(); i++) {
            assertThat(report.oracle().get(i).episodeReturn())
                    .isGreaterThanOrEqualTo(report.oracle().get(i - 1).episodeReturn());
        }
        assertThat(report.oracle().getLast().episodeReturn())
                .isGreaterThanOrEqualTo(report.mixtures().getLast().episodeReturn());
    }

    @Test
    void threadsChangeNothing() {
        assertThat(report(1, Progress.SILENT, 4, 8)).isEqualTo(report(2, Progress.SILENT, 4, 8));
    }

    @Test
    void endsWhenAPersonStopsIt() {
        assertThatThrownBy(() -> report(2, new Stopping(1_000)))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void refusesWhatCannotBeControlled() {
        try (ThreadTeam team = new ThreadTeam(1)) {
            SteeredPolicy policy = policy(team);
            assertThatThrownBy(() -> new Plans(policy, List.of("goal"), NEAR, new double[0]))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("two modes");
            assertThatThrownBy(() -> new Plans(policy, EXPERTS, NEAR, new double[] {3, -1}))
                    .isInstanceOf(InputException.class)
                    .hasMessage("cost limit -1.0: must be a number from 0 on");
            assertThatThrownBy(() -> new Plans(policy, EXPERTS, new double[] {0}, new double[] {3}))
                    .isInstanceOf(InputException.class)
                    .hasMessage("near 0.0 m: must be above 0");
        }
    }
}
