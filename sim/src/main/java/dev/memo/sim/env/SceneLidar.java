package dev.memo.sim.env;

import dev.memo.sim.scenario.Scenario;
import dev.memo.sim.world.Sizes;
import dev.memo.sim.world.State;
import dev.memo.sim.world.World;

/**
 * What the robot's lidars read in scenes of one scenario: the same numbers, to the bit, as in the
 * observation of that moment, if the scenario has no observation noise.
 */
public final class SceneLidar {
    private final World world;
    private final Sizes sizes;
    private final State state;

    /** Reads scenes of that scenario; one caller at a time. */
    public SceneLidar(Scenario scenario) {
        world = new World(scenario);
        sizes = Sizes.of(scenario);
        state = new State(sizes);
    }

    /** B: numbers of each lidar. */
    public int bins() {
        return sizes.lidarBins();
    }

    /**
     * Reads all lidars.
     *
     * @return [kinds][B] in the order of the observation: goal, then hazards and vases where the
     *     scenario can have them
     */
    public float[] read(Scene scene) {
        state.x = scene.robot().x();
        state.y = scene.robot().y();
        state.heading = scene.robot().heading();
        state.goalX = scene.goal().x();
        state.goalY = scene.goal().y();
        for (int i = 0; i < scene.hazards().size(); i++) {
            state.hazardX[i] = scene.hazards().get(i).x();
            state.hazardY[i] = scene.hazards().get(i).y();
        }
        for (int i = 0; i < scene.vases().size(); i++) {
            state.vaseX[i] = scene.vases().get(i).x();
            state.vaseY[i] = scene.vases().get(i).y();
        }
        float[] readings = new float[sizes.lidars() * sizes.lidarBins()];
        world.readLidars(state, scene.hazards().size(), scene.vases().size(), readings, 0);
        return readings;
    }
}
