package dev.memo.learner.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.sim.env.EnvSpec.Slice;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TrajectoryFeaturesTest {
    private static final List<String> POSES =
            List.of("x", "y", "heading", "vx", "vy", "yaw_rate", "goal_x", "goal_y");

    /**
     * Two steps, the goal at (3, 4). First at the origin, heading along x: 1 m/s ahead and 2 to the
     * left, turning left at 0.5. Then at (3, 0), heading along y: 3 m/s back, turning right at 1.5.
     * What stood before the first step does not count.
     */
    private static Episode episode(float[] observations) {
        return new Episode(
                OptionalLong.empty(),
                observations,
                new float[] {9, 9},
                new double[2],
                new boolean[2],
                new boolean[] {false, true},
                new double[] {7, 1, 7, 0},
                new boolean[] {false, true},
                new double[] {
                    99, 99, 99, 99, 99, 99, 99, 99, //
                    0, 0, 0, 1, 2, 0.5, 3, 4, //
                    3, 0, Math.PI / 2, 0, -3, -1.5, 3, 4
                });
    }

    private static DatasetSpec spec(List<Slice> observation) {
        return new DatasetSpec(observation, 1, List.of("hazards", "sum"), POSES);
    }

    @Test
    void describesHowTheRobotMovedAndWhatWasNear() {
        DatasetSpec spec =
                spec(List.of(new Slice("goal_lidar", 0, 1), new Slice("hazards_lidar", 1, 2)));
        Map<String, Double> features =
                new TrajectoryFeatures(spec)
                        .of(episode(new float[] {1, 1, 1, 1, 0.25f, 0.5f, 1, 0, 0}));

        // For two values the standard deviation is their distance over the root of 2.
        mean(features, "speed", Math.sqrt(5), 3);
        mean(features, "forward_speed", 1, -3);
        mean(features, "sideways_speed", 2, 0);
        mean(features, "yaw_rate", 0.5, -1.5);
        mean(features, "turning", 0.5, 1.5);
        mean(features, "goal_distance", 5, 4);
        mean(features, "approach_speed", (3 * 1 + 4 * 2) / 5.0, -3);
        mean(features, "hazard_closeness", 0.5, 0);
        assertThat(features.get("cost_rate")).isEqualTo(0.5);
        assertThat(features.get("goal_rate")).isEqualTo(0.5);
        assertThat(features).hasSize(18);
    }

    private static void mean(
            Map<String, Double> features, String name, double first, double second) {
        assertThat(features.get(name + "_mean"))
                .as(name)
                .isCloseTo((first + second) / 2, within(1e-12));
        assertThat(features.get(name + "_sd"))
                .as(name)
                .isCloseTo(Math.abs(first - second) / Math.sqrt(2), within(1e-12));
    }

    @Test
    void aWorldWithoutHazardsHasNoneInItsFeatures() {
        Map<String, Double> features =
                new TrajectoryFeatures(spec(List.of(new Slice("goal_lidar", 0, 1))))
                        .of(episode(new float[3]));
        assertThat(features).hasSize(16).doesNotContainKey("hazard_closeness_mean");
    }
}
