package dev.memo.sim.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.RandomStream;
import dev.memo.base.ThreadTeam;
import dev.memo.sim.scenario.Scenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The batch against the reference, which steps environment by environment without SIMD. */
class ReferenceParityTest {
    /** Chooses an environment's action. */
    @FunctionalInterface
    private interface Driver {
        void act(EnvSpec spec, EnvBatch batch, int env, float[] actions);
    }

    private static Driver driver(String policy) {
        RandomStream random = new RandomStream(5, 0, 0, 0);
        return switch (policy) {
            case "goal" ->
                    (spec, batch, env, actions) -> steerTo(spec, "goal_lidar", batch, env, actions);
            case "ram" ->
                    (spec, batch, env, actions) ->
                            steerTo(spec, "vases_lidar", batch, env, actions);
            case "random" ->
                    (_, _, env, actions) -> {
                        actions[2 * env] = (float) random.uniform(-1.5, 1.5);
                        actions[2 * env + 1] = (float) random.uniform(-1.5, 1.5);
                    };
            default -> throw new IllegalArgumentException(policy);
        };
    }

    /** Turns to the sector that reads most, and drives when it lies ahead. */
    private static void steerTo(
            EnvSpec spec, String lidar, EnvBatch batch, int env, float[] actions) {
        EnvSpec.Slice slice = spec.slice(lidar);
        int at = env * spec.observationStride() + slice.offset();
        int best = 0;
        for (int bin = 1; bin < slice.length(); bin++) {
            best = batch.observations[at + bin] > batch.observations[at + best] ? bin : best;
        }
        double bearing = 2 * Math.PI * (best + 0.5) / slice.length();
        double error = Math.IEEEremainder(bearing, 2 * Math.PI);
        actions[2 * env] = Math.abs(error) < 1 ? 1 : 0;
        actions[2 * env + 1] = (float) Math.clamp(error, -1, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "goal0, goal, 1000",
        "goal1, goal, 1000",
        "goal1, random, 1000",
        "goal1, ram, 1000",
        "goal2, goal, 1000",
        "goal2, random, 1000",
        "goal2, ram, 1000",
        "crowded, ram, 1000",
        "/scenarios/everything.json, ram, 250",
        "/scenarios/seven-sectors.json, goal, 250"
    })
    void agreesWithTheReferenceBitForBit(String name, String policy, int steps) throws Exception {
        Scenario scenario = scenario(name);
        for (Autoreset autoreset : new Autoreset[] {Autoreset.SAME_STEP, Autoreset.NEXT_STEP}) {
            assertParity(scenario, policy, steps + 10, autoreset);
        }
    }

    private static Scenario scenario(String name) throws Exception {
        if (!name.startsWith("/")) {
            return Scenario.load(name);
        }
        try (var in = ReferenceParityTest.class.getResourceAsStream(name)) {
            return Scenario.parse(new String(in.readAllBytes()), name);
        }
    }

    /** 20 environments: lanes of one block, and the empty lanes behind them. */
    private static void assertParity(
            Scenario scenario, String policy, int steps, Autoreset autoreset) {
        int envs = 20;
        try (ThreadTeam team = new ThreadTeam(2);
                PointGoalEnv fast = new PointGoalEnv(scenario, envs, autoreset, team);
                PointGoalEnv plain = PointGoalEnv.reference(scenario, envs, autoreset, team)) {
            EnvBatch batch = new EnvBatch(fast.spec(), envs);
            EnvBatch expected = new EnvBatch(fast.spec(), envs);
            fast.reset(77, batch);
            plain.reset(77, expected);
            Driver driver = driver(policy);
            float[] actions = new float[2 * envs];
            for (int step = 0; step < steps; step++) {
                for (int env = 0; env < envs; env++) {
                    driver.act(fast.spec(), batch, env, actions);
                }
                fast.step(actions, batch);
                plain.step(actions, expected);
                assertThat(batch.observations)
                        .as("observations, step %d", step)
                        .isEqualTo(expected.observations);
                assertThat(batch.poses).as("poses, step %d", step).isEqualTo(expected.poses);
                assertThat(batch.rewards).isEqualTo(expected.rewards);
                assertThat(batch.costs).as("costs, step %d", step).isEqualTo(expected.costs);
                assertThat(batch.goalsMet).isEqualTo(expected.goalsMet);
                assertThat(batch.terminated).isEqualTo(expected.terminated);
                assertThat(batch.truncated).isEqualTo(expected.truncated);
                assertThat(batch.finalObservations).isEqualTo(expected.finalObservations);
                assertThat(batch.finalPoses).isEqualTo(expected.finalPoses);
                assertThat(batch.episodeReturns).isEqualTo(expected.episodeReturns);
                assertThat(batch.episodeCosts).isEqualTo(expected.episodeCosts);
                assertThat(batch.episodeLengths).isEqualTo(expected.episodeLengths);
            }
            assertThat(fast.contactSteps()).isEqualTo(plain.contactSteps());
            if (policy.equals("ram")) {
                assertThat(fast.contactSteps()).as("contacts").isGreaterThan(steps / 10);
            }
            assertThat(fast.save().tensors())
                    .usingRecursiveComparison()
                    .isEqualTo(plain.save().tensors());
        }
    }
}
