package dev.memo.sim.world;

import dev.memo.base.RandomStream;
import dev.memo.sim.scenario.Scenario;

/** The numbers that one layout draws from the scenario's quantities and that no step changes. */
public final class Parameters {
    double extent;
    double robotKeepout;

    /** Of the robot, by {@link RobotDynamics}. */
    final double[] dynamics = new double[RobotDynamics.COUNT];

    double goalRadius;
    double goalKeepout;
    int hazards;
    double hazardRadius;
    double hazardKeepout;
    int vases;
    double vaseKeepout;
    double actionNoise;
    double observationNoise;

    /** Draws all, in the order of the scenario's components. */
    void draw(Scenario scenario, RandomStream random) {
        extent = scenario.extent().draw(random);
        robotKeepout = scenario.robot().keepout().draw(random);
        double thrust = scenario.robot().thrust().draw(random);
        double damping = scenario.robot().damping().draw(random);
        RobotDynamics.compute(thrust, damping, scenario.robot().yaw(), dynamics);
        goalRadius = scenario.goal().radius().draw(random);
        goalKeepout = scenario.goal().keepout().draw(random);
        hazards = scenario.hazards().count().drawWhole(random);
        hazardRadius = scenario.hazards().radius().draw(random);
        hazardKeepout = scenario.hazards().keepout().draw(random);
        vases = scenario.vases().count().drawWhole(random);
        vaseKeepout = scenario.vases().keepout().draw(random);
        actionNoise = scenario.noise().action().draw(random);
        observationNoise = scenario.noise().observation().draw(random);
    }

    /** As {@link Lanes#fetch}, for the robot's dynamics. */
    double fetch() {
        return dynamics[0] + dynamics[Block.LINE / Double.BYTES];
    }

    /** Half the side of the square in which objects are placed, m. */
    public double extent() {
        return extent;
    }

    /** m. */
    public double goalRadius() {
        return goalRadius;
    }

    /** How many of the hazards in the state there are. */
    public int hazards() {
        return hazards;
    }

    /** m. */
    public double hazardRadius() {
        return hazardRadius;
    }

    /** How many of the vases in the state there are. */
    public int vases() {
        return vases;
    }
}
