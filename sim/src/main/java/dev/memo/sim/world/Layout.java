package dev.memo.sim.world;

import dev.memo.base.InputException;
import dev.memo.base.RandomStream;
import dev.memo.sim.scenario.Pose;
import dev.memo.sim.scenario.Position;
import dev.memo.sim.scenario.Scenario;

/**
 * Where things stand at first, and where the goal goes next (Safety Gym engine.py, sample_layout;
 * the same in Safety-Gymnasium's random_generator.py).
 *
 * <p>Robot, goal, hazards and vases are placed in this order, each uniform in the square less its
 * keepout, at least both keepouts away from everything placed before. An object that finds no place
 * in 100 tries starts the layout over. Objects with fixed places come first and are taken as they
 * are.
 */
final class Layout {
    private static final int TRIES = 100;
    private static final int LAYOUTS = 10_000;

    /** Draws of a goal that is placed among what stands already. */
    private static final int GOAL_TRIES = 10_000;

    // Objects in their order; a vase comes after the layout's last hazard.
    private static final int NONE = -1;
    private static final int ROBOT = 0;
    private static final int GOAL = 1;
    private static final int FIRST_HAZARD = 2;

    private final Scenario scenario;
    private final Placed placed;

    Layout(Scenario scenario, Sizes sizes) {
        this.scenario = scenario;
        placed = new Placed(2 + sizes.hazards() + sizes.vases());
    }

    /** The objects that have a place, and how far others stay from them. */
    private static final class Placed {
        final double[] x;
        final double[] y;
        final double[] keepout;
        int count;

        Placed(int capacity) {
            x = new double[capacity];
            y = new double[capacity];
            keepout = new double[capacity];
        }

        void add(double newX, double newY, double newKeepout) {
            x[count] = newX;
            y[count] = newY;
            keepout[count] = newKeepout;
            count++;
        }

        /** Draws a place and adds it; false if no try was far enough from the others. */
        boolean draw(double extent, double newKeepout, int tries, RandomStream random) {
            double reach = extent - newKeepout;
            for (int attempt = 0; attempt < tries && reach >= 0; attempt++) {
                double newX = random.uniform(-reach, reach);
                double newY = random.uniform(-reach, reach);
                if (isFree(newX, newY, newKeepout)) {
                    add(newX, newY, newKeepout);
                    return true;
                }
            }
            return false;
        }

        private boolean isFree(double newX, double newY, double newKeepout) {
            for (int i = 0; i < count; i++) {
                double dx = x[i] - newX;
                double dy = y[i] - newY;
                double distance = keepout[i] + newKeepout;
                if (dx * dx + dy * dy < distance * distance) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Places everything at rest; the goal is only kept free for, its place is {@link #drawGoal}'s.
     *
     * @param state poses of robot, hazards and vases modified, their velocities set to zero
     * @throws InputException if no layout of the scenario has room
     */
    void draw(State state, Parameters parameters, RandomStream random) {
        int homeless = NONE;
        for (int layout = 0; layout < LAYOUTS; layout++) {
            placed.count = 0;
            placeFixed(state, parameters);
            homeless = placeDrawn(state, parameters, random);
            if (homeless == NONE) {
                return;
            }
        }
        throw new InputException(
                "scenario '%s': %d layouts had no room for %s: needs fewer objects, smaller keepouts or an extent above %s m"
                        .formatted(
                                scenario.name(),
                                LAYOUTS,
                                nameOf(homeless, parameters),
                                parameters.extent));
    }

    private static String nameOf(int object, Parameters parameters) {
        return switch (object) {
            case ROBOT -> "the robot";
            case GOAL -> "the goal";
            default -> {
                int hazard = object - FIRST_HAZARD;
                yield hazard < parameters.hazards
                        ? "hazard %d of %d".formatted(hazard + 1, parameters.hazards)
                        : "vase %d of %d"
                                .formatted(hazard - parameters.hazards + 1, parameters.vases);
            }
        };
    }

    private void placeFixed(State state, Parameters parameters) {
        if (scenario.robot().start().isPresent()) {
            placeRobot(state, parameters, scenario.robot().start().get());
        }
        if (!scenario.goal().positions().isEmpty()) {
            Position goal = scenario.goal().positions().getFirst();
            placed.add(goal.x(), goal.y(), parameters.goalKeepout);
        }
        for (int i = 0; i < scenario.hazards().positions().size(); i++) {
            Position hazard = scenario.hazards().positions().get(i);
            state.hazardX[i] = hazard.x();
            state.hazardY[i] = hazard.y();
            placed.add(hazard.x(), hazard.y(), parameters.hazardKeepout);
        }
        for (int i = 0; i < scenario.vases().poses().size(); i++) {
            Pose vase = scenario.vases().poses().get(i);
            state.vaseX[i] = vase.x();
            state.vaseY[i] = vase.y();
            state.vaseHeading[i] = vase.heading();
            placed.add(vase.x(), vase.y(), parameters.vaseKeepout);
        }
    }

    private void placeRobot(State state, Parameters parameters, Pose start) {
        state.x = start.x();
        state.y = start.y();
        state.heading = start.heading();
        placed.add(start.x(), start.y(), parameters.robotKeepout);
    }

    /** Places what has no fixed place; the object that found none, or {@link #NONE}. */
    private int placeDrawn(State state, Parameters parameters, RandomStream random) {
        double extent = parameters.extent;
        if (scenario.robot().start().isEmpty()) {
            if (!placed.draw(extent, parameters.robotKeepout, TRIES, random)) {
                return ROBOT;
            }
            state.x = placed.x[placed.count - 1];
            state.y = placed.y[placed.count - 1];
            state.heading = random.uniform(0, 2 * Math.PI);
        }
        if (scenario.goal().positions().isEmpty()
                && !placed.draw(extent, parameters.goalKeepout, TRIES, random)) {
            return GOAL;
        }
        if (scenario.hazards().positions().isEmpty()) {
            for (int i = 0; i < parameters.hazards; i++) {
                if (!placed.draw(extent, parameters.hazardKeepout, TRIES, random)) {
                    return FIRST_HAZARD + i;
                }
                state.hazardX[i] = placed.x[placed.count - 1];
                state.hazardY[i] = placed.y[placed.count - 1];
            }
        }
        if (scenario.vases().poses().isEmpty()) {
            for (int i = 0; i < parameters.vases; i++) {
                if (!placed.draw(extent, parameters.vaseKeepout, TRIES, random)) {
                    return FIRST_HAZARD + parameters.hazards + i;
                }
                state.vaseX[i] = placed.x[placed.count - 1];
                state.vaseY[i] = placed.y[placed.count - 1];
                state.vaseHeading[i] = random.uniform(0, 2 * Math.PI);
            }
        }
        return NONE;
    }

    /**
     * Moves the goal: to the next of its fixed places, or to a drawn one away from everything as it
     * stands now.
     *
     * @param state goal modified
     * @return false, and the goal stays, if 10,000 draws found no place
     */
    boolean drawGoal(State state, Parameters parameters, RandomStream random) {
        int fixed = scenario.goal().positions().size();
        if (fixed > 0) {
            Position next = scenario.goal().positions().get(state.goals % fixed);
            state.goalX = next.x();
            state.goalY = next.y();
            return true;
        }
        placed.count = 0;
        placed.add(state.x, state.y, parameters.robotKeepout);
        for (int i = 0; i < parameters.hazards; i++) {
            placed.add(state.hazardX[i], state.hazardY[i], parameters.hazardKeepout);
        }
        for (int i = 0; i < parameters.vases; i++) {
            placed.add(state.vaseX[i], state.vaseY[i], parameters.vaseKeepout);
        }
        if (!placed.draw(parameters.extent, parameters.goalKeepout, GOAL_TRIES, random)) {
            return false;
        }
        state.goalX = placed.x[placed.count - 1];
        state.goalY = placed.y[placed.count - 1];
        return true;
    }
}
