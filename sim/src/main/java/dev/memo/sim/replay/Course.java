package dev.memo.sim.replay;

import dev.memo.sim.env.Scene;
import dev.memo.sim.scenario.Scenario;
import dev.memo.sim.world.State;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What recorded motions and episodes have in common. T is the number of steps.
 *
 * @param scenario the recorded task
 * @param hazards where they stand
 * @param vases where they stand at first
 * @param actions [T] thrust and yaw; entry t leads from state t to state t + 1
 * @param states the columns of the states
 * @param rewards [T]
 * @param goalSteps the steps, from 1, that reached the goal
 */
record Course(
        Scenario scenario,
        List<Scene.Disc> hazards,
        List<Scene.Box> vases,
        double[][] actions,
        States states,
        double[] rewards,
        Set<Integer> goalSteps) {

    /**
     * Columns [T + 1] in m, rad, m/s and rad/s: pose and velocity of the sphere's centre in the
     * world's frame, and the goal as it stands after the step.
     */
    record States(
            double[] x,
            double[] y,
            double[] heading,
            double[] vx,
            double[] vy,
            double[] yawRate,
            double[] goalX,
            double[] goalY) {

        private static States read(Recorded states, int rows) {
            return new States(
                    states.get("x").numbers(rows),
                    states.get("y").numbers(rows),
                    states.get("heading").numbers(rows),
                    states.get("vx").numbers(rows),
                    states.get("vy").numbers(rows),
                    states.get("yaw_rate").numbers(rows),
                    states.get("goal_x").numbers(rows),
                    states.get("goal_y").numbers(rows));
        }

        void placeRobot(int t, State state) {
            state.x = x[t];
            state.y = y[t];
            state.heading = heading[t];
            state.vx = vx[t];
            state.vy = vy[t];
            state.yawRate = yawRate[t];
        }

        void placeGoal(int t, State state) {
            state.goalX = goalX[t];
            state.goalY = goalY[t];
        }
    }

    /** Reads a course among these hazards and vases. */
    static Course read(
            Recorded file, Scenario scenario, List<Scene.Disc> hazards, List<Scene.Box> vases) {
        file.get("rewards").requireSome();
        double[] rewards = file.get("rewards").numbers();
        int steps = rewards.length;
        States states = States.read(file.get("states"), steps + 1);
        return new Course(
                scenario,
                hazards,
                vases,
                actions(file.get("actions"), steps),
                states,
                rewards,
                steps(file.get("goal_met"), steps));
    }

    /** Pairs of thrust and yaw, or one pair for all steps. */
    private static double[][] actions(Recorded actions, int steps) {
        boolean constant = actions.size() == 2 && actions.at(0).node().isNumber();
        if (!constant) {
            actions.requireSize(steps);
        }
        double[][] pairs = new double[steps][];
        for (int t = 0; t < steps; t++) {
            pairs[t] = (constant ? actions : actions.at(t)).numbers(2);
        }
        return pairs;
    }

    /** Numbers of steps, from 1. */
    static Set<Integer> steps(Recorded numbers, int most) {
        Set<Integer> steps = new HashSet<>();
        for (int i = 0; i < numbers.size(); i++) {
            steps.add(numbers.at(i).whole(1, most));
        }
        return steps;
    }

    /** T. */
    int length() {
        return rewards.length;
    }

    /** The recorded scene after so many steps. Hazards and vases stand as at first. */
    Scene scene(int t) {
        return new Scene(
                scenario.extent().max(),
                new Scene.Pose(states.x[t], states.y[t], states.heading[t]),
                new Scene.Disc(states.goalX[t], states.goalY[t], scenario.goal().radius().max()),
                hazards,
                vases);
    }

    /** Puts the world into a recorded state, as the action of the step before has left it. */
    void place(int t, Stage stage) {
        states.placeRobot(t, stage.state);
        states.placeGoal(t, stage.state);
        stage.feel(t == 0 ? new double[2] : actions[t - 1]);
    }
}
