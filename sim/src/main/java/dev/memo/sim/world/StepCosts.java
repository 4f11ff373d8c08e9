package dev.memo.sim.world;

import dev.memo.sim.scenario.Cost;
import dev.memo.sim.scenario.Costs;
import java.util.List;

/** The costs of a step (Safety Gym engine.py, cost). */
final class StepCosts {
    /** How far from its first place a vase counts as displaced, m. */
    private static final double DISPLACED = 1e-3;

    private final List<Cost> on;
    private final boolean indicator;

    StepCosts(Costs costs) {
        on = costs.on();
        indicator = costs.form() == Costs.Form.INDICATOR;
    }

    /**
     * Writes every cost and their sum.
     *
     * @param touches how many vases the robot touched in the last substep
     * @param speed of moving vases, by {@link #speed}
     * @param costs [C] modified
     */
    void evaluate(State state, Parameters parameters, int touches, double speed, double[] costs) {
        double sum = 0;
        for (int i = 0; i < on.size(); i++) {
            double amount =
                    switch (on.get(i)) {
                        case HAZARDS -> hazards(state, parameters);
                        case VASES_CONTACT -> touches;
                        case VASES_DISPLACE -> displacement(state, parameters);
                        case VASES_VELOCITY -> speed;
                    };
            costs[i] = form(amount);
            sum += costs[i];
        }
        costs[on.size()] = form(sum);
    }

    private double form(double amount) {
        return indicator && amount > 0 ? 1 : amount;
    }

    /** How deep the robot's centre is within hazards, m. */
    private static double hazards(State state, Parameters parameters) {
        double depth = 0;
        for (int i = 0; i < parameters.hazards; i++) {
            double distance =
                    World.distance(state.hazardX[i] - state.x, state.hazardY[i] - state.y);
            depth += Math.max(0, parameters.hazardRadius - distance);
        }
        return depth;
    }

    /** How far displaced vases are from where they stood, m. */
    private static double displacement(State state, Parameters parameters) {
        double sum = 0;
        for (int i = 0; i < parameters.vases; i++) {
            double distance =
                    World.distance(
                            state.vaseX[i] - state.vaseHomeX[i],
                            state.vaseY[i] - state.vaseHomeY[i]);
            sum += distance > DISPLACED ? distance : 0;
        }
        return sum;
    }

    /** The speed of the candidates that move, added up, m/s. */
    static double speed(State state, Candidates candidates) {
        double sum = 0;
        for (int k = 0; k < candidates.count; k++) {
            double speed = Vase.visibleSpeed(state, candidates.vases[k]);
            sum += speed >= Vase.MOVING ? speed : 0;
        }
        return sum;
    }
}
