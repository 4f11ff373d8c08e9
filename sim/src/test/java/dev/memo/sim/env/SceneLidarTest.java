package dev.memo.sim.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.ThreadTeam;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SceneLidarTest {
    private static final int SENSORS = 12;

    @ParameterizedTest
    @ValueSource(strings = {"goal0", "goal1", "goal2", "open"})
    void readsInASceneWhatTheRobotObserved(String name) {
        Scenario scenario = Scenario.load(name);
        SceneLidar lidar = new SceneLidar(scenario);
        try (ThreadTeam team = new ThreadTeam(1);
                VectorEnv envs = new PointGoalEnv(scenario, 3, Autoreset.SAME_STEP, team)) {
            EnvBatch batch = new EnvBatch(envs.spec(), 3);
            envs.reset(5, batch);
            for (int step = 0; step < 50; step++) {
                envs.step(new float[] {1, 0.3f, 0.6f, -1, -0.4f, 0.8f}, batch);
                for (int env = 0; env < 3; env++) {
                    int at = env * envs.spec().observationStride() + SENSORS;
                    int size = envs.spec().observationSize() - SENSORS;
                    assertThat(lidar.read(envs.scene(env)))
                            .isEqualTo(Arrays.copyOfRange(batch.observations, at, at + size));
                }
            }
        }
    }
}
