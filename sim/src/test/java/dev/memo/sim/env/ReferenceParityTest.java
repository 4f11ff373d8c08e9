package dev.memo.sim.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.ThreadTeam;
import dev.memo.sim.scenario.Scenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The batch against the reference, which steps environment by environment without SIMD. */
class ReferenceParityTest {
    /** Lanes of one block, and the empty lanes behind them. */
    private static final int PART = 20;

    /** A whole block, and a few lanes of another. */
    private static final int MORE = 70;

    /** A scenario with room to touch, of which the rest is to be stated. */
    private static final String SMALL =
            """
            {"name": "small", "description": "What a test varies.", "extent": 1,
             "episode_steps": 100, "goal": {"keepout": 0.2}, %s}
            """;

    @ParameterizedTest
    @CsvSource({
        "goal0, goal, 1000",
        "goal1, goal, 1000",
        "goal1, random, 1000",
        "goal1, ram, 1000",
        "goal2, goal, 1000",
        "goal2, random, 1000",
        "goal2, ram, 1000",
        "open, goal, 250",
        "crowded, ram, 1000",
        "src/test/resources/scenarios/everything.json, ram, 250",
        "src/test/resources/scenarios/seven-sectors.json, goal, 250"
    })
    void agreesWithTheReferenceBitForBit(String name, String policy, int steps) {
        Scenario scenario = Scenario.load(name);
        for (Autoreset autoreset : new Autoreset[] {Autoreset.SAME_STEP, Autoreset.NEXT_STEP}) {
            long contacts = compare(scenario, PART, policy, steps + 10, autoreset);
            if (policy.equals("ram")) {
                assertThat(contacts).as("contacts").isGreaterThan(steps / 10);
            }
        }
    }

    /** Each is a way through the rules that the shipped scenarios do not take. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // Robots: the same coefficients for all, or some that differ.
                "'robot': {'thrust': 3, 'damping': 0.3, 'yaw': 'ideal'}, 'vases': {'count': 4}",
                "'robot': {'thrust': 2, 'damping': 0}, 'vases': {'count': 4}",
                "'robot': {'damping': {'choices': [0.2, 4]}}, 'vases': {'count': 4}",
                "'robot': {'thrust': {'min': 0.1, 'max': 8}}, 'vases': {'count': 4}",
                // Lidars: by table and one by one, with and without what may be missing.
                "'vases': {'count': 4}, 'lidar': {'alias': false}",
                "'vases': {'count': 4}, 'lidar': {'bins': 5, 'range': 0.7}",
                "'hazards': {'count': 2}, 'lidar': {'bins': 1}",
                "'hazards': {'count': 2}, 'vases': {'count': 4}, 'lidar': {'bins': 9}",
                "'vases': {'count': {'min': 0, 'max': 2}}, 'hazards': {'count': 2},"
                        + " 'lidar': {'bins': 33, 'alias': false}",
                // Costs: with and without hazards, with those that stay and those that pass.
                "'hazards': {'count': 2}, 'costs': {'on': []}",
                "'hazards': {'count': 2}, 'costs': {'on': ['hazards'], 'form': 'raw'}",
                "'hazards': {'count': 2}, 'vases': {'count': 4},"
                        + " 'costs': {'on': ['hazards', 'vases_displace']}",
                "'hazards': {'count': 2}, 'vases': {'count': 4},"
                        + " 'costs': {'on': ['hazards', 'vases_contact'], 'form': 'raw'}",
                "'hazards': {'count': 2}, 'vases': {'count': 4},"
                        + " 'costs': {'on': ['hazards', 'vases_velocity'], 'form': 'raw'}",
                "'hazards': {'count': 2}, 'vases': {'count': 4},"
                        + " 'costs': {'on': ['vases_contact']}",
                "'vases': {'count': 4}, 'costs': {'on': ['vases_velocity']}",
                "'vases': {'count': 4}, 'costs': {'on': ['vases_displace'], 'form': 'raw'}",
                // Rewards, noise, and layouts that return.
                "'vases': {'count': 4}, 'reward': {'distance': 3, 'goal': -2, 'clip': 0.02}",
                "'vases': {'count': 4}, 'noise': {'action': {'choices': [0, 0.2]}}",
                "'vases': {'count': 4}, 'noise': {'observation': 0.1}",
                "'vases': {'count': 4}, 'layout': 'each-seed'"
            })
    void agreesOnEveryWayThroughTheRules(String rest) {
        Scenario scenario = Scenario.parse(SMALL.formatted(rest.replace('\'', '"')), "test");
        boolean vases = scenario.maxVases() > 0;
        for (Autoreset autoreset : Autoreset.values()) {
            long contacts = compare(scenario, MORE, vases ? "mixed" : "goal", 150, autoreset);
            assertThat(contacts > 0).as("contacts").isEqualTo(vases);
        }
    }

    /** A robot at a goal that it has reached leaves no room for another. */
    @ParameterizedTest
    @EnumSource(Autoreset.class)
    void agreesWhereEpisodesTerminate(Autoreset autoreset) {
        Scenario scenario =
                Scenario.parse(
                        """
                        {"name": "cramped", "description": "Room for one goal.", "extent": 0.65,
                         "episode_steps": 200}
                        """,
                        "test");
        int terminated = 0;
        try (Pair pair = new Pair(scenario, MORE, "goal", autoreset)) {
            for (int step = 0; step < 150; step++) {
                pair.step();
                for (int env = 0; env < MORE; env++) {
                    terminated += pair.batch.terminated[env] ? 1 : 0;
                }
            }
            pair.assertSameStates();
        }
        assertThat(terminated).isGreaterThan(5);
    }

    /** Steps a batch and the reference, and returns the steps with contacts. */
    private static long compare(
            Scenario scenario, int envs, String policy, int steps, Autoreset autoreset) {
        try (Pair pair = new Pair(scenario, envs, policy, autoreset)) {
            for (int step = 0; step < steps; step++) {
                pair.step();
            }
            pair.assertSameStates();
            return pair.plain.contactSteps();
        }
    }

    /** A batch and the reference, side by side. */
    private static final class Pair implements AutoCloseable {
        private final ThreadTeam team = new ThreadTeam(2);
        private final Driver driver;
        private final boolean restarts;
        private final PointGoalEnv fast;
        private final PointGoalEnv plain;
        private final EnvBatch batch;
        private final EnvBatch expected;
        private final float[] actions;
        private final boolean[] mask;
        private int steps;

        Pair(Scenario scenario, int envs, String policy, Autoreset autoreset) {
            driver = Driver.named(policy);
            restarts = autoreset == Autoreset.DISABLED;
            fast = new PointGoalEnv(scenario, envs, autoreset, team);
            plain = PointGoalEnv.reference(scenario, envs, autoreset, team);
            batch = new EnvBatch(fast.spec(), envs);
            expected = new EnvBatch(fast.spec(), envs);
            actions = new float[2 * envs];
            mask = new boolean[envs];
            fast.reset(77, batch);
            plain.reset(77, expected);
            assertSame();
        }

        /** One step of both; without autoreset, a reset by mask before. */
        void step() {
            if (restarts) {
                for (int env = 0; env < mask.length; env++) {
                    // What has ended, and now and then what has not.
                    mask[env] = batch.ended(env) || (steps + env) % 37 == 0;
                }
                fast.reset(mask, batch);
                plain.reset(mask, expected);
                assertSame();
            }
            driver.actInAll(fast.spec(), batch, actions);
            fast.step(actions, batch);
            plain.step(actions, expected);
            steps++;
            assertSame();
        }

        private void assertSame() {
            same("observations", batch.observations, expected.observations);
            same("poses", batch.poses, expected.poses);
            same("rewards", batch.rewards, expected.rewards);
            same("costs", batch.costs, expected.costs);
            same("goals met", batch.goalsMet, expected.goalsMet);
            same("terminated", batch.terminated, expected.terminated);
            same("truncated", batch.truncated, expected.truncated);
            same("final observations", batch.finalObservations, expected.finalObservations);
            same("final poses", batch.finalPoses, expected.finalPoses);
            same("episode returns", batch.episodeReturns, expected.episodeReturns);
            same("episode costs", batch.episodeCosts, expected.episodeCosts);
            same("episode lengths", batch.episodeLengths, expected.episodeLengths);
        }

        private void same(String what, Object found, Object wanted) {
            assertThat(found).as("%s after %d steps", what, steps).isEqualTo(wanted);
        }

        void assertSameStates() {
            assertThat(fast.contactSteps()).isEqualTo(plain.contactSteps());
            assertThat(fast.save().tensors())
                    .usingRecursiveComparison()
                    .isEqualTo(plain.save().tensors());
        }

        @Override
        public void close() {
            fast.close();
            plain.close();
            team.close();
        }
    }
}
