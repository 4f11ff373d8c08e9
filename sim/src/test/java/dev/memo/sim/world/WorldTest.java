package dev.memo.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.sim.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules, one by one; dev.memo.sim.replay holds them against recordings. */
class WorldTest {
    private Scenario scenario;
    private World world;
    private State state;
    private Parameters parameters;
    private Outcome outcome;

    private void use(Scenario newScenario) {
        scenario = newScenario;
        world = new World(scenario);
        state = new State(Sizes.of(scenario));
        parameters = new Parameters();
        outcome = new Outcome(scenario.costs().names().size());
        world.reset(state, parameters);
    }

    @Test
    void wrapsAnAngleThatRoundsToAFullTurn() {
        use(Scenario.load("goal0"));
        state.x = 0;
        state.y = 0;
        state.heading = 0;
        state.goalX = 1;
        state.goalY = -1e-17;
        float[] row = new float[28];
        world.observe(state, parameters, row, 0);
        assertThat(row[Sizes.SENSORS]).isCloseTo(2f / 3, within(1e-6f));
    }

    @Test
    void costsFollowTheVases() {
        use(
                Scenario.parse(
                        """
                        {"name": "costs", "description": "All vase costs.", "extent": 2,
                         "vases": {"count": 2},
                         "costs": {"on": ["vases_contact", "vases_displace", "vases_velocity"]}}
                        """,
                        "test"));
        assertCosts(0, List.of(0.0, 0.0, 0.0, 0.0));
        assertCosts(2, List.of(1.0, 0.0, 0.0, 1.0));
        state.vaseX[1] += 2e-3;
        assertCosts(0, List.of(0.0, 1.0, 0.0, 1.0));
        state.vaseVy[0] = 1e-4;
        assertCosts(1, List.of(1.0, 1.0, 1.0, 1.0));
    }

    @Test
    void rawCostsAreAmountsAndAddUp() {
        use(
                Scenario.parse(
                        """
                        {"name": "raw", "description": "Amounts.", "extent": 2,
                         "hazards": {"count": 2}, "vases": {"count": 2},
                         "costs": {"on": ["hazards", "vases_contact"], "form": "raw"}}
                        """,
                        "test"));
        state.hazardX[0] = state.x + 0.05;
        state.hazardY[0] = state.y;
        state.hazardX[1] = state.x;
        state.hazardY[1] = state.y + 0.15;
        world.judge(state, parameters, 1, 2, outcome);
        assertThat(outcome.costs[0]).isCloseTo(0.2, within(1e-12));
        assertThat(outcome.costs[1]).isEqualTo(2);
        assertThat(outcome.costs[2]).isCloseTo(2.2, within(1e-12));
    }

    private void assertCosts(int touches, List<Double> expected) {
        world.judge(state, parameters, 1, touches, outcome);
        assertThat(outcome.costs).containsExactly(expected.stream().mapToDouble(c -> c).toArray());
    }

    @Test
    void rewardIsClipped() {
        use(Scenario.load("goal0"));
        world.judge(state, parameters, 1000, 0, outcome);
        assertThat(outcome.reward).isEqualTo(10);
        world.judge(state, parameters, -1000, 0, outcome);
        assertThat(outcome.reward).isEqualTo(-10);
    }

    @Test
    void terminatesWhereNoPlaceIsLeftForTheGoal() {
        use(Scenario.load("goal1"));
        state.goalX = state.x;
        state.goalY = state.y;
        parameters.hazardKeepout = 5;
        world.judge(state, parameters, 0.1, 0, outcome);
        assertThat(outcome.goalMet).isTrue();
        assertThat(outcome.terminated).isTrue();
        assertThat(state.ended).isTrue();
        assertThat(state.goalX).isEqualTo(state.x);
    }

    @Test
    void goalsDoNotDependOnHowManyStepsHavePassed() {
        use(Scenario.load("goal0"));
        double x = reachGoalAfter(0);
        assertThat(reachGoalAfter(5)).isEqualTo(x);
    }

    private double reachGoalAfter(int idleSteps) {
        world.reset(state, parameters);
        for (int i = 0; i < idleSteps; i++) {
            world.step(state, parameters, 0, 0, outcome);
        }
        state.goalX = state.x;
        state.goalY = state.y;
        world.step(state, parameters, 0, 0, outcome);
        assertThat(outcome.goalMet).isTrue();
        return state.goalX;
    }

    @Test
    void goalsWithFixedPlacesTakeTurns() {
        use(
                Scenario.parse(
                        """
                        {"name": "tour", "description": "Two places.", "extent": 2,
                         "goal": {"positions": [[1, 1], [-1, -1]]}}
                        """,
                        "test"));
        for (int turn = 0; turn < 4; turn++) {
            assertThat(state.goalX).isEqualTo(turn % 2 == 0 ? 1 : -1);
            state.x = state.goalX;
            state.y = state.goalY;
            world.step(state, parameters, 0, 0, outcome);
        }
    }

    @Test
    void noiseOnActionsAndObservationsHasItsSize() {
        use(
                Scenario.parse(
                        """
                        {"name": "noisy", "description": "Noise.", "extent": 2,
                         "noise": {"action": 0.2, "observation": 0.1}}
                        """,
                        "test"));
        double actionSquares = 0;
        double gyroSquares = 0;
        float[] row = new float[28];
        for (int i = 0; i < 900; i++) {
            world.step(state, parameters, 0, 0.1, outcome);
            actionSquares += Math.pow(state.yawAction - 0.1, 2) / 900;
            world.observe(state, parameters, row, 0);
            gyroSquares += Math.pow(row[6], 2) / 900;
        }
        assertThat(Math.sqrt(actionSquares)).isCloseTo(0.2, within(0.02));
        assertThat(Math.sqrt(gyroSquares)).isCloseTo(0.1, within(0.01));
        float[] again = new float[28];
        world.observe(state, parameters, again, 0);
        assertThat(again).containsExactly(row);
    }
}
