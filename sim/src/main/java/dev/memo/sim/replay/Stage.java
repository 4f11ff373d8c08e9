package dev.memo.sim.replay;

import dev.memo.sim.env.Scene;
import dev.memo.sim.scenario.Scenario;
import dev.memo.sim.scenario.Vases;
import dev.memo.sim.world.Outcome;
import dev.memo.sim.world.Parameters;
import dev.memo.sim.world.Sizes;
import dev.memo.sim.world.State;
import dev.memo.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** MEMO's world with one environment of a recorded task, to be put into recorded states. */
final class Stage {
    /** The scenarios that are the recorded tasks. Their quantities are fixed numbers. */
    private static final Map<String, String> SCENARIOS =
            Map.of(
                    "SafetyPointGoal0-v0", "goal0",
                    "SafetyPointGoal1-v0", "goal1",
                    "SafetyPointGoal2-v0", "goal2");

    final Scenario scenario;
    final World world;
    final State state;
    final Parameters parameters = new Parameters();
    final Outcome outcome;

    Stage(Scenario scenario) {
        this.scenario = scenario;
        world = new World(scenario);
        state = new State(Sizes.of(scenario));
        outcome = new Outcome(scenario.costs().names().size());
        // Draws a layout, too; it is replaced by the recorded one.
        world.reset(state, parameters);
    }

    /** The scenario of an environment's name in Safety-Gymnasium. */
    static Scenario scenario(Recorded env) {
        if (!SCENARIOS.containsKey(env.text())) {
            List<String> names = SCENARIOS.keySet().stream().sorted().toList();
            throw env.refusal("must be one of " + String.join(", ", names));
        }
        return Scenario.load(SCENARIOS.get(env.text()));
    }

    /**
     * Reads a layout: robot [x, y, heading], goal [x, y], hazards [x, y] each and vases [x, y,
     * heading] each, as many as the scenario has.
     */
    static Scene layout(Recorded layout, Scenario scenario) {
        double[] robot = layout.get("robot").numbers(3);
        double[] goal = layout.get("goal").numbers(2);
        List<Scene.Disc> hazards = new ArrayList<>();
        for (double[] hazard : places(layout, "hazards", scenario.maxHazards(), 2)) {
            double radius = scenario.hazards().radius().max();
            hazards.add(new Scene.Disc(hazard[0], hazard[1], radius));
        }
        return new Scene(
                scenario.extent().max(),
                new Scene.Pose(robot[0], robot[1], robot[2]),
                new Scene.Disc(goal[0], goal[1], scenario.goal().radius().max()),
                hazards,
                vases(layout, scenario));
    }

    /** Reads the vases of a layout or of a moment. */
    static List<Scene.Box> vases(Recorded layout, Scenario scenario) {
        return places(layout, "vases", scenario.maxVases(), 3).stream()
                .map(vase -> new Scene.Box(vase[0], vase[1], vase[2], Vases.HALF_SIDE))
                .toList();
    }

    /** A recording of a task without such objects does not have the key. */
    private static List<double[]> places(Recorded layout, String key, int count, int width) {
        List<double[]> places = new ArrayList<>();
        if (count > 0 || layout.has(key)) {
            layout.get(key).requireSize(count);
            for (int i = 0; i < count; i++) {
                places.add(layout.get(key).at(i).numbers(width));
            }
        }
        return places;
    }

    /** Puts a layout into the world; velocities stay. */
    void place(Scene layout) {
        state.x = layout.robot().x();
        state.y = layout.robot().y();
        state.heading = layout.robot().heading();
        state.goalX = layout.goal().x();
        state.goalY = layout.goal().y();
        for (int i = 0; i < layout.hazards().size(); i++) {
            state.hazardX[i] = layout.hazards().get(i).x();
            state.hazardY[i] = layout.hazards().get(i).y();
        }
        placeVases(layout.vases());
    }

    void placeVases(List<Scene.Box> vases) {
        for (int i = 0; i < vases.size(); i++) {
            state.vaseX[i] = vases.get(i).x();
            state.vaseY[i] = vases.get(i).y();
            state.vaseHeading[i] = vases.get(i).heading();
        }
    }

    /** The action whose step has just ended, which the accelerometer feels. */
    void feel(double[] action) {
        state.thrustAction = Math.clamp(action[0], -1.0, 1.0);
        state.yawAction = Math.clamp(action[1], -1.0, 1.0);
    }

    void step(double[] action) {
        world.step(state, parameters, action[0], action[1], outcome);
    }

    float[] observe() {
        float[] row = new float[Sizes.of(scenario).observation()];
        world.observe(state, parameters, row, 0);
        return row;
    }

    /** What stands where, but for the robot as in another scene. */
    Scene scene(Scene other) {
        return new Scene(
                other.extent(),
                new Scene.Pose(state.x, state.y, state.heading),
                other.goal(),
                other.hazards(),
                other.vases());
    }

    /** Distance of the robot to the goal, m. */
    double goalDistance() {
        return Math.hypot(state.goalX - state.x, state.goalY - state.y);
    }
}
