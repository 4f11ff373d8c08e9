package dev.memo.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is drawn anew: for each episode, for each seed, or never. */
class RandomisationTest {
    private static final int EPISODES = 60;

    /** Every quantity of a scenario, drawn from a range of its own. */
    private static final String ALL =
            """
            {"name": "all", "description": "Nothing is certain.", "layout": "%s",
             "extent": {"min": 2.5, "max": 3},
             "robot": {"keepout": {"min": 0.3, "max": 0.4}, "thrust": {"min": 0.5, "max": 1.5},
                       "damping": {"choices": [0.5, 1, 2]}},
             "goal": {"radius": {"min": 0.2, "max": 0.3}, "keepout": {"min": 0.3, "max": 0.4}},
             "hazards": {"count": {"min": 2, "max": 5}, "radius": {"min": 0.1, "max": 0.2},
                         "keepout": {"min": 0.1, "max": 0.2}},
             "vases": {"count": {"choices": [0, 3]}, "keepout": {"min": 0.15, "max": 0.2}},
             "noise": {"action": {"min": 0.1, "max": 0.3}, "observation": {"min": 0, "max": 0.1}}}
            """;

    private static Scenario all(String layout) {
        return Scenario.parse(ALL.formatted(layout), "test");
    }

    /** The numbers that the episodes of a seed have drawn, visited in the order given. */
    private static double[][] draw(Scenario scenario, long seed, int[] order) {
        World world = new World(scenario);
        State state = new State(Sizes.of(scenario));
        Parameters p = new Parameters();
        double[][] drawn = new double[order.length][];
        for (int episode : order) {
            state.seed = seed;
            state.episode = episode;
            world.reset(state, p);
            drawn[episode] =
                    new double[] {
                        p.extent,
                        p.robotKeepout,
                        p.dynamics[RobotDynamics.FELT_PUSH] * PointRobot.MASS / 0.3,
                        -p.dynamics[RobotDynamics.FELT_DRAG] * PointRobot.MASS / 0.01,
                        p.goalRadius,
                        p.goalKeepout,
                        p.hazards,
                        p.hazardRadius,
                        p.hazardKeepout,
                        p.vases,
                        p.vaseKeepout,
                        p.actionNoise,
                        p.observationNoise,
                        state.x,
                        state.heading,
                        state.goalX,
                        state.hazardX[0]
                    };
        }
        return drawn;
    }

    private static int[] upwards() {
        return IntStream.range(0, EPISODES).toArray();
    }

    private static double[] column(double[][] drawn, int quantity) {
        return Arrays.stream(drawn).mapToDouble(row -> row[quantity]).distinct().sorted().toArray();
    }

    @Test
    void everyQuantityIsDrawnForEachEpisodeWithinItsRange() {
        double[][] drawn = draw(all("each-episode"), 3, upwards());
        double[][] ranges = {
            {2.5, 3},
            {0.3, 0.4},
            {0.5, 1.5},
            null,
            {0.2, 0.3},
            {0.3, 0.4},
            null,
            {0.1, 0.2},
            {0.1, 0.2},
            null,
            {0.15, 0.2},
            {0.1, 0.3},
            {0, 0.1}
        };
        for (int i = 0; i < ranges.length; i++) {
            if (ranges[i] != null) {
                double least = ranges[i][0];
                double most = ranges[i][1];
                double[] values = column(drawn, i);
                // 60 draws leave a tenth of the range free at an end once in 500 times.
                assertThat(values).as("quantity %d", i).hasSize(EPISODES);
                assertThat(values[0]).isBetween(least, least + 0.1 * (most - least));
                assertThat(values[EPISODES - 1]).isBetween(most - 0.1 * (most - least), most);
            }
        }
        assertThat(column(drawn, 3))
                .hasSize(3)
                .containsExactly(new double[] {0.5, 1, 2}, within(1e-12));
        assertThat(column(drawn, 6)).containsExactly(2, 3, 4, 5);
        assertThat(column(drawn, 9)).containsExactly(0, 3);
    }

    @Test
    void anEpisodesNumbersAreThoseOfItsSeedWhateverCameBefore() {
        int[] downwards = IntStream.range(0, EPISODES).map(i -> EPISODES - 1 - i).toArray();
        double[][] drawn = draw(all("each-episode"), 3, upwards());
        assertThat(draw(all("each-episode"), 3, downwards)).isEqualTo(drawn);
        assertThat(draw(all("each-episode"), 4, upwards())[0]).isNotEqualTo(drawn[0]);
    }

    @Test
    void layoutsAreNewInEachEpisodeUnlessTheyAreTheSeeds() {
        double[][] drawn = draw(all("each-episode"), 3, upwards());
        for (int i = 0; i < drawn[0].length; i++) {
            assertThat(column(drawn, i).length).as("number %d", i).isGreaterThan(1);
        }
        double[][] same = draw(all("each-seed"), 3, upwards());
        assertThat(List.of(same)).allSatisfy(row -> assertThat(row).isEqualTo(same[0]));
        assertThat(draw(all("each-seed"), 4, upwards())[0]).isNotEqualTo(same[0]);
    }

    /** Where goals are drawn matters too: an agent that learns a layout learns its goals. */
    @Test
    void laterGoalsOfASeedsLayoutAreTheSameInEachEpisode() {
        Scenario scenario =
                Scenario.parse(
                        """
                        {"name": "same", "description": "One layout per seed.", "extent": 2,
                         "layout": "each-seed", "hazards": {"count": 3}}
                        """,
                        "test");
        assertThat(goals(scenario, 0)).hasSize(5).doesNotHaveDuplicates();
        assertThat(goals(scenario, 7)).isEqualTo(goals(scenario, 0));
    }

    /** The first goals of an episode, each reached by leaping onto it. */
    private static List<Double> goals(Scenario scenario, int episode) {
        World world = new World(scenario);
        State state = new State(Sizes.of(scenario));
        Parameters parameters = new Parameters();
        state.episode = episode;
        world.reset(state, parameters);
        Outcome outcome = new Outcome(scenario.costs().names().size());
        return IntStream.range(0, 5)
                .mapToObj(
                        _ -> {
                            double goal = state.goalX;
                            state.x = state.goalX;
                            state.y = state.goalY;
                            world.step(state, parameters, 0, 0, outcome);
                            return goal;
                        })
                .toList();
    }

    @Test
    void everyCostHasItsRawAmountAndItsIndicatorByName() {
        String json =
                """
                {"name": "costs", "description": "All costs.", "extent": 2,
                 "hazards": {"count": 1}, "vases": {"count": 2},
                 "costs": {"form": "%s",
                    "on": ["vases_velocity", "vases_displace", "hazards", "vases_contact"]}}
                """;
        assertThat(Scenario.parse(json.formatted("raw"), "test").costs().names())
                .containsExactly(
                        "hazards", "vases_contact", "vases_displace", "vases_velocity", "sum");
        assertThat(costs(json.formatted("raw")))
                .containsExactly(new double[] {0.05, 2, 0.25, 0.75, 3.05}, within(1e-12));
        assertThat(costs(json.formatted("indicator"))).containsExactly(1, 1, 1, 1, 1);
    }

    /** 15 cm from a hazard's centre; two vases touched, 10 and 15 cm away, at 0.5 and 0.25 m/s. */
    private static double[] costs(String json) {
        Scenario scenario = Scenario.parse(json, "test");
        World world = new World(scenario);
        State state = new State(Sizes.of(scenario));
        Parameters parameters = new Parameters();
        world.reset(state, parameters);
        state.hazardX[0] = state.x + 0.15;
        state.hazardY[0] = state.y;
        state.vaseX[0] += 0.1;
        state.vaseY[1] -= 0.15;
        state.vaseVx[0] = 0.5;
        state.vaseVy[1] = -0.25;
        Outcome outcome = new Outcome(scenario.costs().names().size());
        world.judge(state, parameters, 1, 2, outcome);
        return outcome.costs;
    }
}
