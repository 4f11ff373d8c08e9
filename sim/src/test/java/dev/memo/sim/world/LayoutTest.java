package dev.memo.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.InputException;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LayoutTest {
    private static final double[] PROBABILITIES = {.01, .05, .1, .25, .5, .75, .9, .95, .99};
    private static final int RESETS = 2000;

    /** Kolmogorov-Smirnov distance of two samples of 2000: 1 in 1000 is above this by chance. */
    private static final double KS = 0.06;

    private final Map<String, List<Double>> samples = new HashMap<>();

    private void sample(String name, double value) {
        samples.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    private double[] sorted(String name) {
        return samples.get(name).stream().mapToDouble(v -> v).sorted().toArray();
    }

    /** Share of the sample below a value. */
    private static double share(double[] sorted, double value) {
        int at = Arrays.binarySearch(sorted, value);
        return (double) (at < 0 ? -at - 1 : at) / sorted.length;
    }

    @Test
    void distributionsAreThoseOfTwoThousandRecordedResets() {
        for (JsonNode level : Golden.read("layouts").get("levels")) {
            samples.clear();
            drawLayouts(Scenario.load(Golden.scenario(level.get("env"))));
            for (Map.Entry<String, JsonNode> distance : level.get("distances").properties()) {
                double[] ours = sorted(distance.getKey());
                JsonNode quantiles = distance.getValue().get("quantiles");
                for (int i = 0; i < PROBABILITIES.length; i++) {
                    assertThat(share(ours, quantiles.get(i).asDouble()))
                            .as("%s: %s", level.get("env"), distance.getKey())
                            .isCloseTo(PROBABILITIES[i], within(KS));
                }
            }
            for (Map.Entry<String, JsonNode> kind : level.get("histograms").properties()) {
                double extent = kind.getValue().get("range").get(1).asDouble();
                assertHistogram(kind.getValue().get("x"), kind.getKey() + " x", extent);
                assertHistogram(kind.getValue().get("y"), kind.getKey() + " y", extent);
            }
            for (Map.Entry<String, JsonNode> kind : level.get("heading_histograms").properties()) {
                assertHistogram(kind.getValue(), kind.getKey() + " heading", Math.PI);
            }
        }
    }

    private void assertHistogram(JsonNode counts, String name, double range) {
        double[] ours = sorted(name);
        double[] recorded = Golden.doubles(counts);
        double total = Arrays.stream(recorded).sum();
        double below = 0;
        for (int bin = 0; bin < recorded.length; bin++) {
            below += recorded[bin];
            double edge = -range + 2 * range * (bin + 1) / recorded.length;
            assertThat(share(ours, edge)).as(name).isCloseTo(below / total, within(KS));
        }
    }

    private void drawLayouts(Scenario scenario) {
        World world = new World(scenario);
        State state = new State(Sizes.of(scenario));
        Parameters parameters = new Parameters();
        for (int seed = 0; seed < RESETS; seed++) {
            state.seed = seed;
            world.reset(state, parameters);
            sampleObject("robot", state.x, state.y);
            sampleHeading("robot", state.heading);
            sampleObject("goal", state.goalX, state.goalY);
            double[] hazardX = state.hazardX;
            double[] hazardY = state.hazardY;
            double toGoal = Math.hypot(state.goalX - state.x, state.goalY - state.y);
            sample("robot to goal", toGoal);
            for (int i = 0; i < hazardX.length; i++) {
                sampleObject("hazards", hazardX[i], hazardY[i]);
            }
            for (int i = 0; i < state.vaseX.length; i++) {
                sampleObject("vases", state.vaseX[i], state.vaseY[i]);
                sampleHeading("vases", state.vaseHeading[i]);
            }
            sampleNearest("robot", state.x, state.y, state);
            sampleNearest("goal", state.goalX, state.goalY, state);
            samplePair("hazards", hazardX, hazardY);
            samplePair("vases", state.vaseX, state.vaseY);
        }
    }

    private void sampleObject(String kind, double x, double y) {
        sample(kind + " x", x);
        sample(kind + " y", y);
    }

    private void sampleHeading(String kind, double heading) {
        sample(kind + " heading", Math.IEEEremainder(heading, 2 * Math.PI));
    }

    private void sampleNearest(String from, double x, double y, State state) {
        sample(from + " to nearest hazard", nearest(x, y, state.hazardX, state.hazardY, -1));
        sample(from + " to nearest vase", nearest(x, y, state.vaseX, state.vaseY, -1));
    }

    private void samplePair(String kind, double[] x, double[] y) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            least = Math.min(least, nearest(x[i], y[i], x, y, i));
        }
        sample("nearest two " + kind, least);
    }

    private static double nearest(double x, double y, double[] xs, double[] ys, int except) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < xs.length; i++) {
            if (i != except) {
                least = Math.min(least, Math.hypot(xs[i] - x, ys[i] - y));
            }
        }
        return least;
    }

    @Test
    void keepsObjectsApartByBothKeepouts() {
        Scenario scenario = Scenario.load("goal2");
        World world = new World(scenario);
        State state = new State(Sizes.of(scenario));
        for (int seed = 0; seed < 100; seed++) {
            state.seed = seed;
            world.reset(state, new Parameters());
            for (int i = 0; i < 10; i++) {
                assertThat(nearest(state.vaseX[i], state.vaseY[i], state.vaseX, state.vaseY, i))
                        .isGreaterThanOrEqualTo(0.3);
                assertThat(nearest(state.x, state.y, state.hazardX, state.hazardY, -1))
                        .isGreaterThanOrEqualTo(0.58);
            }
        }
    }

    @Test
    void fixedObjectsStandWhereTheyAre() {
        Scenario scenario =
                Scenario.parse(
                        """
                        {"name": "fixed", "description": "Two of each.", "extent": 2,
                         "robot": {"start": [0.5, -0.5, 1.5]},
                         "hazards": {"count": 2, "positions": [[1, 1], [-1, 1]]},
                         "vases": {"count": 2, "poses": [[1.5, 0, 0.1], [-1.5, 0, 0.2]]}}
                        """,
                        "test");
        State state = new State(Sizes.of(scenario));
        new World(scenario).reset(state, new Parameters());
        assertThat(new double[] {state.x, state.y, state.heading}).containsExactly(0.5, -0.5, 1.5);
        assertThat(state.hazardX).containsExactly(1, -1);
        assertThat(state.vaseX).containsExactly(1.5, -1.5);
        assertThat(state.vaseHeading).containsExactly(0.1, 0.2);
    }

    @Test
    void refusesACrowdThatFindsNoRoom() {
        Scenario scenario =
                Scenario.parse(
                        """
                        {"name": "full", "description": "Too many.", "extent": 1,
                         "robot": {"keepout": 0.2}, "goal": {"radius": 0.1, "keepout": 0.2},
                         "hazards": {"count": 28, "radius": 0.1, "keepout": 0.2}}
                        """,
                        "test");
        assertThatThrownBy(
                        () ->
                                new World(scenario)
                                        .reset(new State(Sizes.of(scenario)), new Parameters()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("scenario 'full'")
                .hasMessageContaining("hazard")
                .hasMessageContaining("of 28")
                .hasMessageContaining("extent above 1.0 m");
    }

    @Test
    void seedsWithTheirOwnLayoutBeginEveryEpisodeWithIt() {
        Scenario scenario =
                Scenario.parse(
                        """
                        {"name": "same", "description": "One layout.", "extent": 1.5,
                         "layout": "each-seed", "hazards": {"count": 8}}
                        """,
                        "test");
        World world = new World(scenario);
        State first = new State(Sizes.of(scenario));
        State second = new State(Sizes.of(scenario));
        second.episode = 1;
        world.reset(first, new Parameters());
        world.reset(second, new Parameters());
        assertThat(second.hazardX).containsExactly(first.hazardX);
        assertThat(second.goalX).isEqualTo(first.goalX);
        second.seed = 1;
        world.reset(second, new Parameters());
        assertThat(second.hazardX).isNotEqualTo(first.hazardX);
    }
}
