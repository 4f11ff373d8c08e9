package dev.memo.learner.guarantee;

import dev.memo.base.InputException;
import dev.memo.sim.scenario.Cost;
import dev.memo.sim.scenario.Costs;
import dev.memo.sim.scenario.Goal;
import dev.memo.sim.scenario.Reward;
import dev.memo.sim.scenario.Robot;
import dev.memo.sim.scenario.Scenario;

/**
 * Where return and cost of an episode lie, whoever acts: certainly in continuous time, and in the
 * simulation up to the integrator's error. Bounds of means refuse a value that lies outside ({@link
 * Range#unit}), so they never rest on a range that does not hold for what was seen.
 *
 * <p>The robot's path: motors put in what damping takes out and what is left as motion. Over an
 * episode of T s with path length L, thrust of at most F, torque of at most N, and dampings b and c
 * of slides and hinge, the balance of energy is b L^2 / T &lt;= F L + T N^2 / (4 c), whatever the
 * yaw rate, so
 *
 * <pre>
 *   L / T &lt;= F / 2b + sqrt((F / 2b)^2 + N^2 / (4 b c)) = 0.75 (f + sqrt(f^2 + 2)) / d
 * </pre>
 *
 * with the scenario's factors f on the thrust and d on the damping, and F = 0.015 N, N = 0.015 N m,
 * b = 0.01 N s/m, c = 0.005 N m s (point.xml). At factors of 1 that is 2.05 m/s; driving straight
 * reaches 1.5 m/s. Contacts take energy and give none.
 *
 * <p>A step earns at least minus the weighted way, since the distance to the goal changes by no
 * more than that, so the return is -|distance| L or more. The highest return adds the goals that
 * lie on such a path; a lower bound of a mean holds even where that is too low.
 *
 * @param returns of the sum of rewards
 * @param costs of the sum of the cost "sum"
 */
public record EpisodeRanges(Range returns, Range costs) {
    /** m/s: F / 2b. */
    private static final double HALF_SPEED = 0.75;

    /** The ranges of a scenario's episodes. */
    public static EpisodeRanges of(Scenario scenario) {
        return new EpisodeRanges(returns(scenario), costs(scenario));
    }

    /** The longest path of an episode, m. */
    static double path(Scenario scenario) {
        Robot robot = scenario.robot();
        double damping = robot.damping().min();
        if (damping == 0) {
            throw new InputException(
                    "scenario '%s': $.robot.damping = %s: without damping no speed is the largest, and no range of the return is known"
                            .formatted(scenario.name(), robot.damping()));
        }
        double thrust = robot.thrust().max();
        double speed = HALF_SPEED * (thrust + Math.sqrt(thrust * thrust + 2)) / damping;
        return speed * scenario.episodeSteps() * Scenario.STEP_SECONDS;
    }

    private static Range returns(Scenario scenario) {
        Reward reward = scenario.reward();
        double path = path(scenario);
        int steps = scenario.episodeSteps();
        double clipped = reward.clip() * steps;
        double way = Math.abs(reward.distance()) * path;
        double lost = Math.min(0, reward.goal()) * steps;
        double won = Math.max(0, reward.goal()) * goals(scenario, path);
        return new Range(Math.max(-clipped, lost - way), Math.min(clipped, won + way));
    }

    /** The most goals on a path: each is drawn away from the robot; at most one per step. */
    private static double goals(Scenario scenario, double path) {
        Goal goal = scenario.goal();
        double apart =
                scenario.robot().keepout().min() + goal.keepout().min() - goal.radius().max();
        double most = scenario.episodeSteps();
        return goal.positions().isEmpty() && apart > 0 ? Math.min(most, path / apart + 1) : most;
    }

    private static Range costs(Scenario scenario) {
        boolean atMostOne =
                scenario.costs().form() == Costs.Form.INDICATOR || scenario.costs().on().isEmpty();
        double ofStep =
                atMostOne
                        ? 1
                        : scenario.costs().on().stream()
                                .mapToDouble(cost -> most(cost, scenario))
                                .sum();
        return new Range(0, ofStep * scenario.episodeSteps());
    }

    /** The most that a raw cost can be in a step. */
    private static double most(Cost cost, Scenario scenario) {
        return switch (cost) {
            case HAZARDS -> scenario.maxHazards() * scenario.hazards().radius().max();
            case VASES_CONTACT -> scenario.maxVases();
            case VASES_DISPLACE, VASES_VELOCITY ->
                    throw new InputException(
                            "scenario '%s': raw cost %s: no largest value is known, so no bound of its mean"
                                    .formatted(scenario.name(), cost.key()));
        };
    }
}
