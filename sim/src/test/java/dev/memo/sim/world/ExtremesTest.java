package dev.memo.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.InputException;
import dev.memo.base.ThreadTeam;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.env.Scene;
import dev.memo.sim.scenario.Scenario;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scenarios at the ends of what is allowed: they work whole episodes, or are refused by name. */
class ExtremesTest {
    private static final int STEPS = 200;

    // How far float32 readings may be off, in arenas of a few metres: in all, per sector, and per
    // sector for an object at 1 m.
    private static final double LIDAR_ERROR = 2e-7;
    private static final double PER_BIN = 4e-8;
    private static final double PER_BIN_AND_NEARNESS = 3e-8;

    private static Scenario scenario(String keys) {
        String json = "{'name': 'my', 'description': 'Mine.', 'episode_steps': %d, %s}";
        return Scenario.parse(json.formatted(STEPS, keys).replace('\'', '"'), "my.json");
    }

    /** One environment in three seeks goals, the others ram the nearest vase. */
    private static void drive(PointGoalEnv env, EnvBatch batch, float[] actions) {
        for (int i = 0; i < env.envs(); i++) {
            Scene scene = env.scene(i);
            Scene.Pose robot = scene.robot();
            double dx = scene.goal().x() - robot.x();
            double dy = scene.goal().y() - robot.y();
            double nearest = Double.MAX_VALUE;
            for (Scene.Box vase : i % 3 == 0 ? List.<Scene.Box>of() : scene.vases()) {
                double distance = Math.hypot(vase.x() - robot.x(), vase.y() - robot.y());
                if (distance < nearest) {
                    nearest = distance;
                    dx = vase.x() - robot.x();
                    dy = vase.y() - robot.y();
                }
            }
            double error = Math.IEEEremainder(Math.atan2(dy, dx) - robot.heading(), 2 * Math.PI);
            actions[2 * i] = Math.cos(error) > 0.5 ? 1 : 0;
            actions[2 * i + 1] = (float) Math.clamp(2 * error, -1, 1);
        }
        env.step(actions, batch);
    }

    /**
     * Steps through two episodes beside the reference, which must agree to the last bit.
     *
     * @return the steps in which bodies touched
     */
    private static long run(Scenario scenario) {
        int envs = 9;
        try (ThreadTeam team = new ThreadTeam(1);
                PointGoalEnv fast = new PointGoalEnv(scenario, envs, Autoreset.SAME_STEP, team);
                PointGoalEnv plain =
                        PointGoalEnv.reference(scenario, envs, Autoreset.SAME_STEP, team)) {
            EnvBatch batch = new EnvBatch(fast.spec(), envs);
            EnvBatch expected = new EnvBatch(fast.spec(), envs);
            fast.reset(77, batch);
            plain.reset(77, expected);
            float[] actions = new float[2 * envs];
            for (int step = 0; step < 2 * STEPS; step++) {
                drive(fast, batch, actions);
                plain.step(actions, expected);
                assertThat(batch.observations)
                        .as("observations, step %d", step)
                        .isEqualTo(expected.observations);
                assertThat(batch.poses).as("poses, step %d", step).isEqualTo(expected.poses);
                assertThat(batch.costs).as("costs, step %d", step).isEqualTo(expected.costs);
                assertThat(batch.rewards).as("rewards").isEqualTo(expected.rewards);
                for (float number : batch.observations) {
                    assertThat(number).isFinite();
                }
            }
            assertThat(batch.truncated).containsOnly(true);
            assertThat(fast.contactSteps()).isEqualTo(plain.contactSteps());
            return fast.contactSteps();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'extent': 1",
                "'extent': 1e3, 'hazards': {'count': 8}, 'vases': {'count': 10}",
                "'extent': 0.1, 'robot': {'keepout': 0.03}, 'goal': {'radius': 0.04, 'keepout':"
                        + " 0.02}, 'hazards': {'count': 3, 'radius': 0.01, 'keepout': 0.01}",
                "'extent': 1e-6, 'robot': {'keepout': 3e-7}, 'goal': {'radius': 4e-7, 'keepout':"
                        + " 2e-7}, 'hazards': {'count': 1, 'radius': 1e-7, 'keepout': 1e-7}",
                "'extent': 2, 'hazards': {'count': 0}, 'vases': {'count': 0}",
                "'extent': 2, 'hazards': {'count': 8}, 'lidar': {'range': 1e-3}",
                "'extent': 2, 'hazards': {'count': 8}, 'lidar': {'range': 1e6}",
                "'extent': 2, 'hazards': {'count': 2, 'radius': 100}",
                "'extent': 2, 'robot': {'damping': 100}, 'hazards': {'count': 8}",
                "'extent': 2, 'robot': {'thrust': 100, 'damping': 0}, 'hazards': {'count': 8}",
                "'extent': 2, 'noise': {'action': 100, 'observation': 100}"
            })
    void whatIsAllowedWorksAsInTheReference(String keys) {
        run(scenario(keys));
    }

    /** So far out, a place in float32 is off by up to 0.03 mm: touches and costs must not be. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'extent': 2.5, 'vases': {'count': 40}",
                "'extent': 0.5, 'robot': {'keepout': 0.16}, 'goal': {'radius': 0.04, 'keepout':"
                        + " 0.01}, 'vases': {'count': 1}",
                "'extent': 1e3, 'robot': {'start': [900, -999, 0.3]}, 'goal': {'positions': [[901,"
                        + " -999], [900, -998]]}, 'hazards': {'positions': [[900.1, -999], [900.2,"
                        + " -998.5]]}, 'vases': {'poses': [[900.31, -999, 0], [900.6, -999.1, 0.4],"
                        + " [900.3, -998.5, 1]]}",
                "'extent': 2, 'robot': {'thrust': 10}, 'vases': {'count': 15}",
                "'extent': 2, 'vases': {'count': {'choices': [0, 8]}}, 'lidar': {'bins': 1}",
                "'extent': 2, 'vases': {'count': {'choices': [0, 8]}}, 'lidar': {'bins': 2}",
                "'extent': 2, 'vases': {'count': {'choices': [0, 8]}}, 'lidar': {'bins': 64}"
            })
    void vasesAreRammedAsInTheReference(String keys) {
        assertThat(run(scenario(keys + ", 'costs': {'on': ['vases_contact', 'vases_displace']}")))
                .isGreaterThan(50);
    }

    @Test
    void fortyVasesInTooLittleRoomAreRefusedByName() {
        // 40 discs of 0.15 m, the robot's and the goal's take 3.6 m2: more than 3.24 m2, where
        // reading refuses, and too much of 4 m2, where the reset finds out.
        assertThatThrownBy(() -> scenario("'extent': 0.9, 'vases': {'count': 40}"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("my.json: $.vases.count: 40: impossible crowd");
        Scenario dense = scenario("'extent': 1, 'vases': {'count': 40}");
        try (ThreadTeam team = new ThreadTeam(1);
                PointGoalEnv env = new PointGoalEnv(dense, 1, Autoreset.SAME_STEP, team)) {
            assertThatThrownBy(() -> env.reset(0, new EnvBatch(env.spec(), 1)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("scenario 'my': 10000 layouts had no room for vase")
                    .hasMessageContaining("of 40");
        }
    }

    @Test
    void lidarsSeeNothingWhereNothingIs() {
        Scenario scenario =
                scenario(
                        "'extent': 2, 'hazards': {'count': {'choices': [0, 3]}},"
                                + " 'vases': {'count': {'choices': [0, 3]}}, 'lidar': {'range': 1e6}");
        int envs = 70;
        try (ThreadTeam team = new ThreadTeam(1);
                PointGoalEnv env = new PointGoalEnv(scenario, envs, Autoreset.SAME_STEP, team)) {
            EnvBatch batch = new EnvBatch(env.spec(), envs);
            env.reset(5, batch);
            env.step(new float[2 * envs], batch);
            for (int i = 0; i < envs; i++) {
                Scene scene = env.scene(i);
                assertThat(largest(env.spec(), "hazards_lidar", batch, i) > 0.9)
                        .isEqualTo(!scene.hazards().isEmpty());
                assertThat(largest(env.spec(), "vases_lidar", batch, i) > 0.9)
                        .isEqualTo(!scene.vases().isEmpty());
            }
        }
    }

    private static float largest(EnvSpec spec, String lidar, EnvBatch batch, int env) {
        EnvSpec.Slice slice = spec.slice(lidar);
        float largest = 0;
        for (int bin = 0; bin < slice.length(); bin++) {
            int at = env * spec.observationStride() + slice.offset() + bin;
            largest = Math.max(largest, batch.observations[at]);
        }
        return largest;
    }

    /**
     * Float32 and its polynomial against the formula (Safety Gym engine.py, obs_lidar_pseudo) in
     * float64, while robots drive over and against what they see.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 16, 64, 360})
    void lidarsFollowTheFormulaInAnyNumberOfSectors(int bins) {
        Scenario scenario =
                scenario(
                        "'extent': 2, 'hazards': {'count': 10}, 'vases': {'count': 10}, 'lidar':"
                                + " {'bins': %d}".formatted(bins));
        int envs = 70;
        try (ThreadTeam team = new ThreadTeam(1);
                PointGoalEnv env = new PointGoalEnv(scenario, envs, Autoreset.SAME_STEP, team)) {
            EnvBatch batch = new EnvBatch(env.spec(), envs);
            env.reset(5, batch);
            float[] actions = new float[2 * envs];
            for (int step = 1; step <= 150; step++) {
                drive(env, batch, actions);
                for (int i = 0; i < envs && step % 10 == 0; i++) {
                    Scene scene = env.scene(i);
                    assertReadings(env.spec(), "goal_lidar", batch, i, goal(scene));
                    assertReadings(env.spec(), "hazards_lidar", batch, i, hazards(scene));
                    assertReadings(env.spec(), "vases_lidar", batch, i, vases(scene));
                }
            }
        }
    }

    private static Stream<double[]> goal(Scene scene) {
        return Stream.of(new double[] {scene.goal().x(), scene.goal().y()});
    }

    private static Stream<double[]> hazards(Scene scene) {
        return scene.hazards().stream().map(disc -> new double[] {disc.x(), disc.y()});
    }

    private static Stream<double[]> vases(Scene scene) {
        return scene.vases().stream().map(box -> new double[] {box.x(), box.y()});
    }

    private static void assertReadings(
            EnvSpec spec, String lidar, EnvBatch batch, int env, Stream<double[]> places) {
        EnvSpec.Slice slice = spec.slice(lidar);
        int bins = slice.length();
        double[] readings = new double[bins];
        double nearest = Double.MAX_VALUE;
        int pose = 8 * env;
        for (double[] place : places.toList()) {
            double dx = place[0] - batch.poses[pose];
            double dy = place[1] - batch.poses[pose + 1];
            double distance = Math.hypot(dx, dy);
            double turns = (Math.atan2(dy, dx) - batch.poses[pose + 2]) / (2 * Math.PI);
            double sectors = bins * (turns - Math.floor(turns));
            int bin = (int) sectors;
            double reading = Math.max(0, 1 - distance / 3);
            double part = sectors - bin;
            raise(readings, bin % bins, reading);
            raise(readings, (bin + 1) % bins, part * reading);
            raise(readings, (bin + bins - 1) % bins, (1 - part) * reading);
            nearest = Math.min(nearest, distance);
        }
        // Places are rounded to float32, which turns what is near; a sector is 2 pi / bins rad.
        double error = LIDAR_ERROR + bins * (PER_BIN + PER_BIN_AND_NEARNESS / nearest);
        int at = env * spec.observationStride() + slice.offset();
        for (int bin = 0; bin < bins; bin++) {
            assertThat((double) batch.observations[at + bin])
                    .as("%s, bin %d of environment %d", lidar, bin, env)
                    .isCloseTo(readings[bin], within(error));
        }
    }

    private static void raise(double[] readings, int bin, double reading) {
        readings[bin] = Math.max(readings[bin], reading);
    }
}
