package dev.memo.sim.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.memo.base.InputException;
import dev.memo.base.TensorFile;
import dev.memo.base.ThreadTeam;
import dev.memo.sim.scenario.Scenario;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointGoalEnvTest extends VectorEnvContract {
    /** Everything at once, in so little room that robot and vases touch in most episodes. */
    private static final Scenario CROWD =
            Scenario.parse(
                    """
                    {"name": "crowd", "description": "Everything, close together.",
                     "extent": {"min": 0.9, "max": 1}, "episode_steps": 120,
                     "robot": {"keepout": 0.2, "thrust": {"min": 0.8, "max": 1.2}},
                     "goal": {"keepout": 0.2},
                     "hazards": {"count": {"min": 1, "max": 3}},
                     "vases": {"count": {"min": 5, "max": 8}},
                     "costs": {"on": ["hazards", "vases_contact", "vases_displace", "vases_velocity"]},
                     "noise": {"action": 0.1, "observation": 0.01}}
                    """,
                    "test");

    @Override
    protected VectorEnv create(int envs, Autoreset autoreset, ThreadTeam team) {
        return new PointGoalEnv(CROWD, envs, autoreset, team);
    }

    /** Steps a batch for so long, everyone with the same driver. */
    private static void drive(VectorEnv env, EnvBatch batch, int steps, Driver driver) {
        float[] actions = new float[2 * env.envs()];
        for (int step = 0; step < steps; step++) {
            driver.actInAll(env.spec(), batch, actions);
            env.step(actions, batch);
        }
    }

    /** The controllers of the recorded scores: they coast for about as long as the lead. */
    private static Driver goalSeeker(double lead, double gain, double align, boolean twoWay) {
        return (_, batch, env, actions) -> {
            int at = 8 * env;
            double[] pose = batch.poses;
            double dx = pose[at + 6] - pose[at] - lead * pose[at + 3];
            double dy = pose[at + 7] - pose[at + 1] - lead * pose[at + 4];
            double error = Math.IEEEremainder(Math.atan2(dy, dx) - pose[at + 2], 2 * Math.PI);
            double direction = 1;
            if (twoWay && Math.cos(error) < 0) {
                error = Math.IEEEremainder(error + Math.PI, 2 * Math.PI);
                direction = -1;
            }
            actions[2 * env] = Math.cos(error) > align ? (float) direction : 0;
            actions[2 * env + 1] = (float) Math.clamp(gain * error, -1, 1);
        };
    }

    private static Driver constant(double thrust, double yaw) {
        return (_, _, env, actions) -> {
            actions[2 * env] = (float) thrust;
            actions[2 * env + 1] = (float) yaw;
        };
    }

    private static Driver driver(String policy) {
        return switch (policy) {
            case "goal-seeker" -> goalSeeker(0.5, 2, 0.5, false);
            case "goal-seeker-two-way" -> goalSeeker(0.4, 3, 0.7, true);
            case "backward" -> constant(-1, 0);
            case "circle" -> constant(-1, 0.25);
            case "left" -> constant(0, 1);
            default -> throw new IllegalArgumentException(policy);
        };
    }

    /**
     * Mean and standard deviation over 30 episodes of Safety-Gymnasium's PointGoal1 (golden numbers
     * of the whole world at once), against 120 of ours: within three standard errors of theirs.
     */
    @ParameterizedTest
    @CsvSource({
        "goal-seeker, 24.5656, 1.204, 41.467, 26.604",
        "goal-seeker-two-way, 28.2912, 0.977, 59.6, 40.861",
        "backward, -27.5657, 1.502, 3.8, 6.975",
        "circle, 0.8533, 1.742, 20.9, 20.033",
        "left, 0.0006, 0.0127, 0, 0"
    })
    void scriptedPoliciesScoreAsInSafetyGymnasium(
            String policy, double reward, double rewardSd, double cost, double costSd) {
        int envs = 120;
        try (ThreadTeam team = new ThreadTeam(2);
                VectorEnv env =
                        new PointGoalEnv(Scenario.load("goal1"), envs, Autoreset.SAME_STEP, team)) {
            EnvBatch batch = new EnvBatch(env.spec(), envs);
            env.reset(40_000, batch);
            drive(env, batch, 1000, driver(policy));
            double meanReturn = 0;
            double meanCost = 0;
            for (int i = 0; i < envs; i++) {
                meanReturn += batch.episodeReturns[i] / envs;
                meanCost += batch.episodeCosts[i] / envs;
            }
            double errors = 3 * Math.sqrt(1 / 30.0 + 1 / (double) envs);
            assertThat(meanReturn)
                    .isBetween(reward - errors * rewardSd, reward + errors * rewardSd);
            assertThat(meanCost).isBetween(cost - errors * costSd, cost + errors * costSd);
        }
    }

    @Test
    void hasTheSlicesOfSafetyGymnasium() {
        try (ThreadTeam team = new ThreadTeam(1);
                VectorEnv goal0 = goal("goal0", team);
                VectorEnv goal1 = goal("goal1", team);
                VectorEnv goal2 = goal("goal2", team)) {
            assertThat(goal0.spec().observationSize()).isEqualTo(28);
            assertThat(goal1.spec().observationSize()).isEqualTo(60);
            assertThat(goal1.spec().slice("goal_lidar"))
                    .isEqualTo(new EnvSpec.Slice("goal_lidar", 12, 16));
            assertThat(goal1.spec().slice("vases_lidar"))
                    .isEqualTo(new EnvSpec.Slice("vases_lidar", 44, 16));
            assertThat(goal1.spec().costNames()).containsExactly("hazards", "sum");
            assertThat(goal2.spec().costNames())
                    .containsExactly("hazards", "vases_contact", "vases_velocity", "sum");
        }
    }

    private static VectorEnv goal(String name, ThreadTeam team) {
        return new PointGoalEnv(Scenario.load(name), 1, Autoreset.SAME_STEP, team);
    }

    @Test
    void restoresBitForBitInTheMiddleOfContacts() {
        int envs = 16;
        try (ThreadTeam team = new ThreadTeam(2);
                VectorEnv env = create(envs, Autoreset.SAME_STEP, team);
                VectorEnv other = create(envs, Autoreset.SAME_STEP, team)) {
            EnvBatch batch = new EnvBatch(env.spec(), envs);
            EnvBatch otherBatch = new EnvBatch(env.spec(), envs);
            env.reset(3, batch);
            drive(env, batch, 20, driver("goal-seeker"));
            while (touching(env, batch) < 3) {
                drive(env, batch, 1, driver("goal-seeker"));
            }
            other.restore(env.save(), otherBatch);
            for (int step = 0; step < 100; step++) {
                drive(env, batch, 1, driver("goal-seeker"));
                drive(other, otherBatch, 1, driver("goal-seeker"));
                assertThat(otherBatch.observations).isEqualTo(batch.observations);
                assertThat(otherBatch.poses).isEqualTo(batch.poses);
                assertThat(otherBatch.costs).isEqualTo(batch.costs);
            }
        }
    }

    /** In how many environments the robot touches a vase. */
    private static int touching(VectorEnv env, EnvBatch batch) {
        int costs = env.spec().costNames().size();
        int contact = env.spec().costNames().indexOf("vases_contact");
        int touching = 0;
        for (int i = 0; i < env.envs(); i++) {
            touching += batch.costs[i * costs + contact] > 0 ? 1 : 0;
        }
        return touching;
    }

    @Test
    void refusesTheStateOfAnotherScenario() {
        try (ThreadTeam team = new ThreadTeam(1);
                VectorEnv goal1 = goal("goal1", team);
                VectorEnv goal2 = goal("goal2", team)) {
            EnvBatch batch = new EnvBatch(goal1.spec(), 1);
            goal1.reset(0, batch);
            TensorFile saved = goal1.save();
            assertThatThrownBy(() -> goal2.restore(saved, batch))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("goal1")
                    .hasMessageContaining("goal2");
        }
    }

    @Test
    void savesAfterAResetWhatAFreshBatchSaves() {
        try (ThreadTeam team = new ThreadTeam(1);
                VectorEnv used = create(8, Autoreset.SAME_STEP, team);
                VectorEnv fresh = create(8, Autoreset.SAME_STEP, team)) {
            EnvBatch batch = new EnvBatch(used.spec(), 8);
            used.reset(1, batch);
            drive(used, batch, 150, driver("goal-seeker"));
            used.reset(2, batch);
            fresh.reset(2, batch);
            assertThat(used.save().tensors())
                    .usingRecursiveComparison()
                    .isEqualTo(fresh.save().tensors());
        }
    }

    @Test
    void aResetThatFailsLeavesABatchThatHasNotStarted() {
        // The hazard's disc touches all four edges, and no robot stands far enough from it.
        Scenario full =
                Scenario.parse(
                        """
                        {"name": "full", "description": "No room.", "extent": 1,
                         "robot": {"keepout": 0.2}, "goal": {"keepout": 0.3},
                         "hazards": {"count": 1, "keepout": 1}}
                        """,
                        "test");
        try (ThreadTeam team = new ThreadTeam(1);
                VectorEnv env = new PointGoalEnv(full, 1, Autoreset.SAME_STEP, team)) {
            EnvBatch batch = new EnvBatch(env.spec(), 1);
            assertThatThrownBy(() -> env.reset(0, batch))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("no room");
            assertThatThrownBy(() -> env.step(new float[2], batch))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("reset with seeds first");
        }
    }

    @Test
    void showsTheSceneThatIsObserved() {
        try (ThreadTeam team = new ThreadTeam(1);
                VectorEnv env = goal("goal2", team)) {
            EnvBatch batch = new EnvBatch(env.spec(), 1);
            env.reset(5, batch);
            drive(env, batch, 50, driver("goal-seeker"));
            Scene scene = env.scene(0);
            assertThat(scene.robot())
                    .isEqualTo(new Scene.Pose(batch.poses[0], batch.poses[1], batch.poses[2]));
            assertThat(scene.goal()).isEqualTo(new Scene.Disc(batch.poses[6], batch.poses[7], 0.3));
            assertThat(scene.hazards()).hasSize(10).allMatch(hazard -> hazard.radius() == 0.2);
            assertThat(scene.vases()).hasSize(10).allMatch(vase -> vase.halfSide() == 0.1);
            assertThat(scene.extent()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"goal0", "goal1", "goal2", "open", "crowded"})
    void everyShippedScenarioRuns(String name) {
        try (ThreadTeam team = new ThreadTeam(2);
                VectorEnv env =
                        new PointGoalEnv(Scenario.load(name), 20, Autoreset.SAME_STEP, team)) {
            EnvBatch batch = new EnvBatch(env.spec(), 20);
            env.reset(0, batch);
            drive(env, batch, 1100, driver("goal-seeker-two-way"));
            for (float number : batch.observations) {
                assertThat(number).isFinite();
            }
        }
    }

    /** Resets, contacts and ends of episodes included; before it is compiled, SIMD allocates. */
    @ParameterizedTest
    @ValueSource(strings = {"goal1", "goal2"})
    void onceCompiledAStepAllocatesNothing(String name) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (ThreadTeam team = new ThreadTeam(1);
                PointGoalEnv env =
                        new PointGoalEnv(Scenario.load(name), 64, Autoreset.SAME_STEP, team)) {
            EnvBatch batch = new EnvBatch(env.spec(), 64);
            env.reset(0, batch);
            Driver driver = driver("goal-seeker");
            float[] actions = new float[2 * 64];
            long allocated = -1;
            long contacts = 0;
            // The JIT decides when the last box is gone; on a busy machine it takes its time.
            long deadline = System.nanoTime() + 180_000_000_000L;
            while (allocated != 0 && System.nanoTime() < deadline) {
                long contactsBefore = env.contactSteps();
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int step = 0; step < 1_000; step++) {
                    driver.actInAll(env.spec(), batch, actions);
                    env.step(actions, batch);
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
                contacts = env.contactSteps() - contactsBefore;
            }
            assertThat(allocated).isZero();
            assertThat(contacts).isPositive();
        }
    }

    @Test
    void needsAtLeastOneEnvironment() {
        try (ThreadTeam team = new ThreadTeam(1)) {
            assertThatThrownBy(() -> create(0, Autoreset.SAME_STEP, team))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("envs = 0");
        }
    }
}
