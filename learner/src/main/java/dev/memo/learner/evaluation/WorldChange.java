package dev.memo.learner.evaluation;

import dev.memo.base.InputException;
import dev.memo.sim.scenario.Quantity;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One thing of a scenario that is otherwise than it was; everything else stays.
 *
 * @param kind what
 * @param value in the kind's unit
 */
public record WorldChange(Kind kind, double value) {
    /** What changes. */
    public enum Kind {
        /** Which of several disjoint sets of layouts; all other changes are seen on the first. */
        LAYOUTS("set of layouts", 1, 2, 3, 4, 5) {
            @Override
            Scenario changed(Scenario scenario, double value) {
                return scenario;
            }
        },
        /** How many hazards every layout has. */
        HAZARDS("number of hazards", 4, 6, 8, 10, 12) {
            @Override
            Scenario changed(Scenario scenario, double value) {
                return scenario.with("hazards.count", Quantity.of(value));
            }
        },
        /** The edge of the square in which things stand. */
        EXTENT("extent, times its own", 0.75, 1, 1.25, 1.5) {
            @Override
            Scenario changed(Scenario scenario, double value) {
                return scenario.with("extent", scenario.extent().times(value));
            }
        },
        /** Noise that the world adds to actions. */
        ACTION_NOISE("noise on actions, standard deviation", 0, 0.1, 0.2, 0.4) {
            @Override
            Scenario changed(Scenario scenario, double value) {
                return scenario.with("noise.action", Quantity.of(value));
            }
        },
        /**
         * Noise that the world adds to what is observed; who steers by true poses, as the scripted
         * goal-seekers do, is not disturbed by it.
         */
        OBSERVATION_NOISE("noise on observations, standard deviation", 0, 0.05, 0.1, 0.2) {
            @Override
            Scenario changed(Scenario scenario, double value) {
                return scenario.with("noise.observation", Quantity.of(value));
            }
        },
        /** The gain of the robot's thrust. */
        THRUST("thrust, times its own", 0.7, 0.85, 1, 1.15, 1.3) {
            @Override
            Scenario changed(Scenario scenario, double value) {
                return scenario.with("robot.thrust", scenario.robot().thrust().times(value));
            }
        },
        /** The damping of the robot's motion, turning included. */
        DAMPING("damping, times its own", 0.7, 0.85, 1, 1.15, 1.3) {
            @Override
            Scenario changed(Scenario scenario, double value) {
                return scenario.with("robot.damping", scenario.robot().damping().times(value));
            }
        };

        private final String axis;
        private final double[] values;

        Kind(String axis, double... values) {
            this.axis = axis;
            this.values = values;
        }

        abstract Scenario changed(Scenario scenario, double value);

        /** What the values are, for people. */
        public String axis() {
            return axis;
        }

        /** As files name it: "action_noise". */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** All that are looked at, kind by kind, values ascending. */
    public static List<WorldChange> all() {
        return Arrays.stream(Kind.values())
                .flatMap(
                        kind ->
                                Arrays.stream(kind.values)
                                        .mapToObj(value -> new WorldChange(kind, value)))
                .toList();
    }

    /**
     * The changed scenario.
     *
     * @throws InputException if the scenario's rules forbid it
     */
    public Scenario of(Scenario scenario) {
        return kind.changed(scenario, value);
    }

    /** The set of layouts that it is seen on, from 1. */
    int layouts() {
        return kind == Kind.LAYOUTS ? (int) value : 1;
    }
}
