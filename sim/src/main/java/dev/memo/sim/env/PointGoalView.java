package dev.memo.sim.env;

import dev.memo.sim.scenario.Scenario;
import dev.memo.sim.scenario.Vases;
import dev.memo.sim.world.Parameters;
import dev.memo.sim.world.Sizes;
import dev.memo.sim.world.State;
import java.util.ArrayList;
import java.util.List;

/** How a Goal task looks from outside: its spec, its poses and its scene. */
final class PointGoalView {
    /** Thrust and yaw. */
    static final int ACTION_SIZE = 2;

    private static final List<String> POSE_NAMES =
            List.of("x", "y", "heading", "vx", "vy", "yaw_rate", "goal_x", "goal_y");

    private PointGoalView() {}

    /** What the arrays of a batch of the scenario hold. */
    static EnvSpec specOf(Scenario scenario) {
        Sizes sizes = Sizes.of(scenario);
        List<EnvSpec.Slice> slices = new ArrayList<>();
        for (String sensor : List.of("accelerometer", "velocimeter", "gyro", "magnetometer")) {
            slices.add(new EnvSpec.Slice(sensor, 3 * slices.size(), 3));
        }
        List<String> lidars = new ArrayList<>(List.of("goal_lidar"));
        if (sizes.hazards() > 0) {
            lidars.add("hazards_lidar");
        }
        if (sizes.vases() > 0) {
            lidars.add("vases_lidar");
        }
        int offset = 3 * slices.size();
        for (String lidar : lidars) {
            slices.add(new EnvSpec.Slice(lidar, offset, sizes.lidarBins()));
            offset += sizes.lidarBins();
        }
        return new EnvSpec(
                scenario.name(),
                slices,
                offset,
                ACTION_SIZE,
                scenario.costs().names(),
                POSE_NAMES,
                scenario.episodeSteps());
    }

    static Scene scene(State state, Parameters parameters) {
        List<Scene.Disc> hazards = new ArrayList<>();
        for (int i = 0; i < parameters.hazards(); i++) {
            double radius = parameters.hazardRadius();
            hazards.add(new Scene.Disc(state.hazardX[i], state.hazardY[i], radius));
        }
        List<Scene.Box> vases = new ArrayList<>();
        for (int i = 0; i < parameters.vases(); i++) {
            double heading = state.vaseHeading[i];
            vases.add(new Scene.Box(state.vaseX[i], state.vaseY[i], heading, Vases.HALF_SIDE));
        }
        return new Scene(
                parameters.extent(),
                new Scene.Pose(state.x, state.y, state.heading),
                new Scene.Disc(state.goalX, state.goalY, parameters.goalRadius()),
                hazards,
                vases);
    }
}
