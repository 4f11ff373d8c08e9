package dev.memo.learner.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.evaluation.WorldChange.Kind;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.metrics.Samples;
import dev.memo.learner.rollout.Policy;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.env.Scene;
import dev.memo.sim.scenario.Scenario;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorldChangeTest {
    private static final Scenario OPEN = Scenario.load("open").withEpisodeSteps(100);
    private static final long[] SEEDS = LongStream.range(0, 20).toArray();

    private final ThreadTeam team = new ThreadTeam(2);

    @AfterEach
    void closeTeam() {
        team.close();
    }

    private static Scenario changed(Kind kind, double value) {
        return new WorldChange(kind, value).of(OPEN);
    }

    private List<Scene> layouts(Scenario scenario) {
        try (PointGoalEnv env =
                new PointGoalEnv(scenario, SEEDS.length, Autoreset.DISABLED, team)) {
            env.reset(SEEDS, new EnvBatch(env.spec(), SEEDS.length));
            return LongStream.of(SEEDS).mapToObj(seed -> env.scene((int) seed)).toList();
        }
    }

    private double mean(Scenario scenario, String expert, Measure measure) {
        Policy policy = ScriptedExpert.named(expert, 0, team);
        return Samples.mean(
                Behaviour.of(scenario, policy, SEEDS, team, Progress.SILENT).of(measure));
    }

    @Test
    void everyChangeButLayoutsMakesAnotherScenarioOrLeavesItsOwnValue() {
        for (WorldChange change : WorldChange.all()) {
            boolean same =
                    switch (change.kind()) {
                        case LAYOUTS -> true;
                        case HAZARDS -> change.value() == 4;
                        case EXTENT, THRUST, DAMPING -> change.value() == 1;
                        case ACTION_NOISE, OBSERVATION_NOISE -> change.value() == 0;
                    };
            assertThat(change.of(OPEN).equals(OPEN)).as(change.toString()).isEqualTo(same);
        }
        assertThat(WorldChange.all()).doesNotHaveDuplicates();
    }

    @Test
    void layoutsHaveAsManyHazardsAsItSays() {
        for (int count : new int[] {4, 8, 12}) {
            assertThat(layouts(changed(Kind.HAZARDS, count)))
                    .allSatisfy(scene -> assertThat(scene.hazards()).hasSize(count));
        }
    }

    @Test
    void theArenaOfEveryLayoutGrowsByTheFactor() {
        List<Scene> own = layouts(OPEN);
        List<Scene> wide = layouts(changed(Kind.EXTENT, 1.5));
        for (int i = 0; i < own.size(); i++) {
            // The extent of open is drawn; it comes first of all that is drawn.
            assertThat(wide.get(i).extent() / own.get(i).extent()).isBetween(1.4999, 1.5001);
        }
    }

    @Test
    void thrustAndDampingChangeHowTheRobotMoves() {
        double own = mean(OPEN, "forward", Measure.PATH_LENGTH);
        // Driving straight, the speed that damping allows is proportional to the thrust.
        assertThat(mean(changed(Kind.THRUST, 1.3), "forward", Measure.PATH_LENGTH) / own)
                .isBetween(1.25, 1.35);
        assertThat(mean(changed(Kind.DAMPING, 0.7), "forward", Measure.PATH_LENGTH) / own)
                .isGreaterThan(1.05);
    }

    @Test
    void noiseOnActionsSlowsWhoDrivesAsFastAsItCan() {
        double own = mean(OPEN, "forward", Measure.PATH_LENGTH);
        double little = mean(changed(Kind.ACTION_NOISE, 0.1), "forward", Measure.PATH_LENGTH);
        double much = mean(changed(Kind.ACTION_NOISE, 0.4), "forward", Measure.PATH_LENGTH);
        assertThat(little).isLessThan(own);
        assertThat(much).isLessThan(0.99 * own).isLessThan(little);
    }

    @Test
    void noiseOnObservationsDisturbsWhoLooksAtThem() {
        Scenario noisy = changed(Kind.OBSERVATION_NOISE, 0.2);
        // It steers by the true places of goal and robot.
        assertThat(mean(noisy, "goal", Measure.RETURN))
                .isEqualTo(mean(OPEN, "goal", Measure.RETURN));
        // It keeps away from what the lidar shows, and is pushed about by what is not there.
        assertThat(mean(noisy, "goal-safe", Measure.RETURN))
                .isLessThan(mean(OPEN, "goal-safe", Measure.RETURN));
    }

    @Test
    void whatTheScenarioForbidsIsRefusedInWords() {
        Scenario fixed =
                Scenario.parse(
                        """
                        {"name": "fixed", "description": "Hazards that stand.", "extent": 2,
                         "hazards": {"positions": [[1, 1], [-1, 1]]}}
                        """,
                        "test");
        assertThatThrownBy(() -> new WorldChange(Kind.HAZARDS, 6).of(fixed))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("fixed: $.hazards");
        assertThatThrownBy(() -> new WorldChange(Kind.EXTENT, 0.25).of(OPEN))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("open: $.");
    }
}
