package dev.memo.learner.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.RandomStream;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.rollout.EpisodeStatistics;
import dev.memo.learner.rollout.Episodes;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.Rollout;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptedExpertTest {
    private static final Scenario GOAL1 = Scenario.load("goal1");
    private static final EnvSpec SPEC = PointGoalEnv.specOf(GOAL1);

    /** Has no thread of its own, so there is nothing to close. */
    private static final ThreadTeam ALONE = new ThreadTeam(1);

    private final EnvBatch state = new EnvBatch(SPEC, 2);
    private final float[] actions = new float[4];

    private static Policy begun(String name, double noise, long... seeds) {
        Policy expert = ScriptedExpert.named(name, noise, ALONE);
        expert.begin(SPEC, seeds);
        return expert;
    }

    /** x, y, heading, vx, vy, yaw rate, goal x, goal y of an environment. */
    private void pose(int env, double... pose) {
        System.arraycopy(pose, 0, state.poses, env * pose.length, pose.length);
    }

    @ParameterizedTest
    @CsvSource({"forward, -1, 0", "circle, -1, 0.25", "spin, 0, -1", "left, 0, 1"})
    void constantExpertsAlwaysDoTheSame(String name, float thrust, float yaw) {
        Policy expert = begun(name, 0, 1, 2);
        pose(1, 1, 2, 3, 4, 5, 6, 7, 8);
        for (int step = 0; step < 200; step++) {
            expert.act(state, actions);
            assertThat(actions).containsExactly(thrust, yaw, thrust, yaw);
        }
    }

    @ParameterizedTest
    @CsvSource({"square, 75, 25", "back-forth, 50, 50"})
    void alternatingExpertsDriveAndTurnAndStartAnewWithTheEpisode(
            String name, int drive, int turn) {
        Policy expert = begun(name, 0, 1, 2);
        int secondStart = 130;
        for (int step = 0; step < 300; step++) {
            state.truncated[1] = step == secondStart;
            expert.act(state, actions);
            boolean drives = step % (drive + turn) < drive;
            int ofSecond = step < secondStart ? step : step - secondStart;
            boolean secondDrives = ofSecond % (drive + turn) < drive;
            assertThat(actions)
                    .as("step %d", step)
                    .containsExactly(
                            drives ? -1 : 0,
                            drives ? 0 : 1,
                            secondDrives ? -1 : 0,
                            secondDrives ? 0 : 1);
        }
    }

    /**
     * Worked by hand from d = goal - position - 0.4 velocity, yaw = 3 error, drive at cos > 0.7.
     */
    @ParameterizedTest
    @CsvSource({
        "ahead,               0,    0, 0,   0, 1, 0,   1, 0",
        "behind,              0,    0, 0,   0,-1, 0,  -1, 0",
        "a little left,       0, -0.2, 0,   0, 1, 0,   1, 0.6",
        "behind and left,     0,  0.2, 0,   0,-1, 0,  -1, -0.6",
        "abeam,               0,    0, 0,   0, 0, 1,   0, 1",
        "drifting left,       0,    0, 0, 0.5, 1, 0,   1, -0.592187",
        "would shoot past it, 0,    0, 3,   0, 1, 0,  -1, 0",
        "elsewhere,           5,  1.5, 0,   0, 5, 1,   1, 0.212389"
    })
    void goalDrivesWhereItWouldComeToRestAtTheGoal(
            String where,
            double x,
            double heading,
            double vx,
            double vy,
            double goalX,
            double goalY,
            float thrust,
            float yaw) {
        pose(1, x, 0, heading, vx, vy, 0, goalX, goalY);
        for (String name : List.of("goal", "goal-safe")) {
            begun(name, 0, 1, 2).act(state, actions);
            assertThat(actions[2]).as(where).isEqualTo(thrust);
            assertThat(actions[3]).as(where).isCloseTo(yaw, within(1e-6f));
        }
    }

    /**
     * A hazard that touches, in the bin at pi/16, ahead and a little left of a goal straight ahead,
     * pushes with 4: direction (1 - 2 (cos + sin), -2 (sin - cos)) with the detour on the left,
     * since the goal is on the right of the hazard: side = -1 gives (1 - 2 (cos - sin), -2 (sin +
     * cos)) = (-0.571, -2.352), an angle of -1.809; backwards that is 1.332, too far to drive.
     */
    @Test
    void goalSafeTurnsAwayFromANearHazard() {
        pose(1, 0, 0, 0, 0, 0, 0, 1, 0);
        int lidar = SPEC.observationStride() + SPEC.slice("hazards_lidar").offset();
        state.observations[lidar] = 0.7f; // 0.9 m away: not yet
        begun("goal-safe", 0, 1, 2).act(state, actions);
        assertThat(Arrays.copyOfRange(actions, 2, 4)).containsExactly(1, 0);

        state.observations[lidar] = 1;
        begun("goal-safe", 0, 1, 2).act(state, actions);
        assertThat(Arrays.copyOfRange(actions, 2, 4)).containsExactly(0, 1);
        begun("goal", 0, 1, 2).act(state, actions);
        assertThat(Arrays.copyOfRange(actions, 2, 4)).containsExactly(1, 0);
    }

    /** The middle of sector b of 16 has the bearing (b + 0.5) 0.3927, on the right less 2 pi. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, 0.196350",
        "1, 1, 0.589049",
        "2, 1, 0.981748",
        "3, 0, 1",
        "7, 0, 1",
        "8, 0, -1",
        "13, 1, -0.981748",
        "15, 1, -0.196350"
    })
    void ramTurnsToTheSectorOfTheNearestVaseAndDrivesIfItIsAhead(
            int sector, float thrust, float yaw) {
        int lidar = SPEC.observationStride() + SPEC.slice("vases_lidar").offset();
        Arrays.fill(state.observations, lidar, lidar + 16, 0.3f);
        state.observations[lidar + sector] = 0.4f;
        begun("ram", 0, 1, 2).act(state, actions);
        assertThat(actions[2]).isEqualTo(thrust);
        assertThat(actions[3]).isCloseTo(yaw, within(1e-6f));
    }

    @Test
    void ramTouchesVasesFarMoreOftenThanGoal() {
        assertThat(contactSteps("ram")).isGreaterThan(3 * contactSteps("goal")).isPositive();
    }

    private static long contactSteps(String expert) {
        Scenario goal2 = Scenario.load("goal2");
        long[] seeds = LongStream.range(0, 40).toArray();
        try (ThreadTeam team = new ThreadTeam(2);
                PointGoalEnv env =
                        new PointGoalEnv(goal2, seeds.length, Autoreset.SAME_STEP, team)) {
            EpisodeStatistics unused = new EpisodeStatistics(env.spec());
            Policy acting = ScriptedExpert.named(expert, 0, team);
            Rollout.run(env, acting, seeds, 500, Progress.SILENT, unused);
            return env.contactSteps();
        }
    }

    @Test
    void ramIsRefusedByNameWhereThereCanBeNoVases() {
        Policy ram = ScriptedExpert.named("ram", 0, ALONE);
        EnvSpec withoutVases = PointGoalEnv.specOf(Scenario.load("goal0"));
        assertThatThrownBy(() -> ram.begin(withoutVases, new long[1]))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'goal0'")
                .hasMessageContaining("ram")
                .hasMessageContaining("vases_lidar");
    }

    /** The law as its description has it, by the library's functions, on random poses. */
    @Test
    void goalIsItsFormula() {
        int envs = 5_000;
        EnvBatch many = new EnvBatch(SPEC, envs);
        RandomStream random = new RandomStream(0, 0, 0, 0);
        for (int i = 0; i < many.poses.length; i++) {
            many.poses[i] = random.uniform(-4, 4);
        }
        float[] chosen = new float[2 * envs];
        begun("goal", 0, new long[envs]).act(many, chosen);
        int drives = 0;
        for (int env = 0; env < envs; env++) {
            double[] p = Arrays.copyOfRange(many.poses, 8 * env, 8 * env + 8);
            double dx = p[6] - p[0] - 0.4 * p[3];
            double dy = p[7] - p[1] - 0.4 * p[4];
            double error = Math.IEEEremainder(Math.atan2(dy, dx) - p[2], 2 * Math.PI);
            double direction = Math.cos(error) < 0 ? -1 : 1;
            error = direction < 0 ? Math.IEEEremainder(error + Math.PI, 2 * Math.PI) : error;
            assertThat(chosen[2 * env]).isEqualTo(Math.cos(error) > 0.7 ? (float) direction : 0);
            assertThat(chosen[2 * env + 1])
                    .isCloseTo((float) Math.clamp(3 * error, -1, 1), within(1e-6f));
            drives += chosen[2 * env] != 0 ? 1 : 0;
        }
        assertThat(drives).isBetween(envs / 3, 2 * envs / 3);
    }

    @Test
    void arcTangentIsThatOfTheLibrary() {
        assertThat(GoalLaw.atan2(0, 0)).isZero();
        for (double angle = -3.14; angle < 3.15; angle += 0.01) {
            for (double length : new double[] {1e-3, 1, 40}) {
                double x = length * Math.cos(angle);
                double y = length * Math.sin(angle);
                assertThat(GoalLaw.atan2(y, x)).isCloseTo(Math.atan2(y, x), within(2e-15));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"goal", "goal-safe", "square", "circle", "ram"})
    void threadsDoNotChangeAnAction(String name) {
        int envs = 700;
        long[] seeds = LongStream.range(0, envs).toArray();
        EnvBatch many = new EnvBatch(SPEC, envs);
        RandomStream random = new RandomStream(0, 0, 0, 0);
        for (int i = 0; i < many.observations.length; i++) {
            many.observations[i] = (float) random.uniform();
        }
        for (int i = 0; i < many.poses.length; i++) {
            many.poses[i] = random.uniform(-2, 2);
        }
        float[] alone = new float[2 * envs];
        float[] shared = new float[2 * envs];
        try (ThreadTeam team = new ThreadTeam(3)) {
            Policy onTeam = ScriptedExpert.named(name, 0.2, team);
            onTeam.begin(SPEC, seeds);
            Policy byItself = begun(name, 0.2, seeds);
            for (int step = 0; step < 80; step++) {
                many.truncated[500] = step == 20;
                byItself.act(many, alone);
                onTeam.act(many, shared);
                assertThat(shared).isEqualTo(alone);
            }
        }
    }

    @Test
    void refusesAnUnknownNameWithTheNamesThatThereAre() {
        assertThatThrownBy(() -> ScriptedExpert.named("backwards", 0, ALONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'backwards'")
                .hasMessageContaining("goal, goal-safe, forward, circle");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesNoiseThatIsNoDeviation(double noise) {
        assertThatThrownBy(() -> ScriptedExpert.named("goal", noise, ALONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("noise " + noise);
    }

    @Test
    void noiseIsAFunctionOfTheEnvironmentsSeed() {
        Policy two = begun("circle", 0.1, 7, 8);
        Policy swapped = begun("circle", 0.1, 8, 7);
        float[] other = new float[4];
        double sum = 0;
        double squares = 0;
        int steps = 2_000;
        for (int step = 0; step < steps; step++) {
            two.act(state, actions);
            swapped.act(state, other);
            assertThat(other).containsExactly(actions[2], actions[3], actions[0], actions[1]);
            double noise = actions[1] - 0.25;
            sum += noise;
            squares += noise * noise;
            for (float action : actions) {
                assertThat(action).isBetween(-1f, 1f);
            }
        }
        assertThat(actions[1]).isNotEqualTo(actions[3]);
        // Standard errors: of the mean 0.1 / sqrt(2000), of the deviation 0.1 / sqrt(4000).
        assertThat(sum / steps).isCloseTo(0, within(0.009));
        assertThat(Math.sqrt(squares / steps)).isCloseTo(0.1, within(0.006));
    }

    /**
     * Safety-Gymnasium's own world gave the same law, over 30 episodes, the return 28.29 (standard
     * deviation 0.98) and the cost 59.6 (40.9).
     */
    @Test
    void goalScoresAsInSafetyGymnasiumAndGoalSafeAvoidsCost() {
        int count = 60;
        double sharedError = Math.sqrt(1.0 / count + 1.0 / 30);
        double[] goal = returnAndCost(GOAL1, "goal", count);
        assertThat(goal[0]).isCloseTo(28.29, within(3 * 0.98 * sharedError));
        assertThat(goal[1]).isCloseTo(59.6, within(3 * 40.9 * sharedError));

        double[] safe = returnAndCost(GOAL1, "goal-safe", count);
        assertThat(safe[0]).isGreaterThan(18);
        assertThat(safe[1]).isLessThan(0.7 * goal[1]);
    }

    @Test
    void goalSafeIsGoalWhereThereAreNoHazards() {
        Scenario goal0 = Scenario.load("goal0").withEpisodeSteps(100);
        assertThat(returnAndCost(goal0, "goal-safe", 2))
                .containsExactly(returnAndCost(goal0, "goal", 2));
    }

    private static double[] returnAndCost(Scenario scenario, String expert, int episodes) {
        long[] seeds = LongStream.range(40_000, 40_000 + episodes).toArray();
        try (ThreadTeam team = new ThreadTeam(2)) {
            Episode[] all =
                    Episodes.collect(
                            scenario,
                            ScriptedExpert.named(expert, 0, team),
                            seeds,
                            team,
                            Progress.SILENT);
            double reward = 0;
            double cost = 0;
            for (Episode episode : all) {
                reward += Arrays.stream(episode.rewards()).sum();
                int width = episode.costs().length / episode.steps();
                for (int i = width - 1; i < episode.costs().length; i += width) {
                    cost += episode.costs()[i];
                }
            }
            return new double[] {reward / episodes, cost / episodes};
        }
    }
}
