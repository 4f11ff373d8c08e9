package dev.memo.sim.replay;

import dev.memo.sim.env.Scene;
import dev.memo.sim.replay.Comparison.Part;
import dev.memo.sim.scenario.Scenario;
import dev.memo.sim.world.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Drives a recorded course again, in the ways that motions and episodes have in common. */
final class CourseReplay {
    /** What recorded coordinates below 10 m, rounded to 7 digits, make of a difference of two. */
    static final double REWARD_TOLERANCE = 2e-6;

    private static final double SUBSTEP = Scenario.STEP_SECONDS / 10;

    /** Half a unit of the seventh digit of numbers from 1 to 10. */
    static final double ROUNDING = 5e-7;

    /** What a substep in which the yaw servo does not saturate makes of a difference. */
    private static final double GROWTH = 5.8;

    /**
     * Of a step's ten substeps the servo saturates in most: rounding of a recorded yaw rate grows
     * in six of them at most (in five, in all recordings that we have). It turns the robot for the
     * rest of the step, and moves the sphere's centre about the centre of mass.
     */
    private static final Tolerances ONE_STEP = Tolerances.ofYawRate(Math.pow(GROWTH, 6) * ROUNDING);

    private final Course course;
    private final Differences differences;

    CourseReplay(Course course, Differences differences) {
        this.course = course;
        this.differences = differences;
    }

    /** What to look at when a step is done. */
    interface AfterStep {
        /**
         * Looks.
         *
         * @param t steps done
         */
        void look(int t, Stage stage);
    }

    /** Tolerances of a state's parts in m, rad, m/s and rad/s. */
    record Tolerances(double position, double heading, double velocity, double yawRate) {
        /** Nothing is judged. */
        static final Tolerances NONE = all(Tally.NOT_JUDGED);

        /** From the sphere's centre to the centre of mass, m. */
        private static final double COM_AHEAD = 0.0193;

        static Tolerances all(double tolerance) {
            return new Tolerances(tolerance, tolerance, tolerance, tolerance);
        }

        private static Tolerances ofYawRate(double yawRate) {
            double heading = SUBSTEP * yawRate / (1 - 1 / GROWTH);
            return new Tolerances(
                    Observations.TOLERANCE + COM_AHEAD * heading,
                    Observations.TOLERANCE + heading,
                    Observations.TOLERANCE + COM_AHEAD * yawRate,
                    Observations.TOLERANCE + yawRate);
        }
    }

    static String step(int t) {
        return "step " + t;
    }

    /** Rewards of the recorded states, and goals, which stay until they are reached. */
    void judge(AfterStep after) {
        Stage stage = new Stage(course.scenario());
        stage.place(course.scene(0));
        Tally reward = differences.of(Part.GIVEN_STATES, "reward", "");
        Tally met = differences.of(Part.GIVEN_STATES, "goal_met", "");
        Tally goal = differences.of(Part.GIVEN_STATES, "goal", "m");
        for (int t = 1; t <= course.length(); t++) {
            double before = stage.goalDistance();
            course.states().placeRobot(t, stage.state);
            stage.world.judge(stage.state, stage.parameters, before, 0, stage.outcome);
            reward.compare(
                    stage.outcome.reward, course.rewards()[t - 1], REWARD_TOLERANCE, step(t));
            met.compareTruth(stage.outcome.goalMet, course.goalSteps().contains(t), step(t));
            after.look(t, stage);
            if (!course.goalSteps().contains(t)) {
                double[] goalX = course.states().goalX();
                double[] goalY = course.states().goalY();
                goal.compare(stage.state.goalX, goalX[t], 0, step(t) + ", x");
                goal.compare(stage.state.goalY, goalY[t], 0, step(t) + ", y");
            }
            course.states().placeGoal(t, stage.state);
        }
    }

    /**
     * One step of the robot alone from each recorded state.
     *
     * @param pushing steps in which vases may have changed its motion: not judged
     */
    void stepFromEach(Set<Integer> pushing) {
        Stage alone = new Stage(Scenario.load("goal0"));
        for (int t = 0; t < course.length(); t++) {
            course.states().placeRobot(t, alone.state);
            alone.step(course.actions()[t]);
            if (pushing.contains(t + 1)) {
                compareRobot(alone.state, t + 1, Part.PUSHING, Tolerances.NONE);
            } else {
                compareRobot(alone.state, t + 1, Part.ONE_STEP, ONE_STEP);
            }
        }
    }

    /**
     * All steps from the first state. The goal is moved when the recorded one is.
     *
     * @param after looks before the goal is moved
     */
    Replay.Paths openLoop(AfterStep after) {
        Stage stage = new Stage(course.scenario());
        stage.place(course.scene(0));
        course.place(0, stage);
        List<Scene> recorded = new ArrayList<>(List.of(course.scene(0)));
        List<Scene> replayed = new ArrayList<>(List.of(course.scene(0)));
        for (int t = 1; t <= course.length(); t++) {
            stage.step(course.actions()[t - 1]);
            after.look(t, stage);
            course.states().placeGoal(t, stage.state);
            recorded.add(course.scene(t));
            replayed.add(stage.scene(course.scene(t)));
        }
        return new Replay.Paths(recorded, replayed);
    }

    /** Compares the robot with the recorded one after so many steps. */
    void compareRobot(State state, int t, Part part, Tolerances tolerances) {
        Course.States states = course.states();
        List<Tally> robot = robot(part);
        robot.get(0).compare(state.x, states.x()[t], tolerances.position, step(t) + ", x");
        robot.get(0).compare(state.y, states.y()[t], tolerances.position, step(t) + ", y");
        robot.get(1).compareAngles(state.heading, states.heading()[t], tolerances.heading, step(t));
        robot.get(2).compare(state.vx, states.vx()[t], tolerances.velocity, step(t) + ", x");
        robot.get(2).compare(state.vy, states.vy()[t], tolerances.velocity, step(t) + ", y");
        robot.get(3).compare(state.yawRate, states.yawRate()[t], tolerances.yawRate, step(t));
    }

    /** Position, heading, velocity and yaw rate. */
    private List<Tally> robot(Part part) {
        return List.of(
                differences.of(part, "position", "m"),
                differences.of(part, "heading", "rad"),
                differences.of(part, "velocity", "m/s"),
                differences.of(part, "yaw_rate", "rad/s"));
    }
}
