package dev.memo.learner.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.rollout.Episodes;
import dev.memo.learner.rollout.Policy;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.scenario.Scenario;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpisodeRangesTest {
    private static Scenario scenario(String keys) {
        return Scenario.parse("{\"name\": \"s\", \"description\": \"A test.\"" + keys + "}", "s");
    }

    @Test
    void theRangesOfOpenAreThoseThatTheFormulasGive() {
        Scenario open = Scenario.load("open").withEpisodeSteps(300);
        double path = 6 * 0.75 * (1 + Math.sqrt(3));
        assertThat(EpisodeRanges.path(open)).isCloseTo(path, within(1e-12));
        EpisodeRanges ranges = EpisodeRanges.of(open);
        assertThat(ranges.returns().low()).isCloseTo(-path, within(1e-12));
        // A goal is 0.705 m from the robot when drawn and reached at 0.3 m.
        assertThat(ranges.returns().high()).isCloseTo(path + path / 0.405 + 1, within(1e-9));
        assertThat(ranges.costs()).isEqualTo(new Range(0, 300));
    }

    @Test
    void rewardsAndRawCostsCountAsTheScenarioSays() {
        EpisodeRanges ranges =
                EpisodeRanges.of(
                        scenario(
                                """
                                , "extent": 2, "episode_steps": 100,
                                "reward": {"distance": -3, "goal": -0.5, "clip": 1},
                                "hazards": {"count": {"min": 1, "max": 5}, "radius": 0.3},
                                "costs": {"on": ["hazards"], "form": "raw"}
                                """));
        double path = 2 * 0.75 * (1 + Math.sqrt(3));
        assertThat(ranges.returns().low()).isCloseTo(-50 - 3 * path, within(1e-12));
        assertThat(ranges.returns().high()).isCloseTo(3 * path, within(1e-12));
        assertThat(ranges.costs().high()).isCloseTo(100 * 5 * 0.3, within(1e-9));
        Range clipped =
                EpisodeRanges.of(
                                scenario(
                                        ", \"extent\": 2, \"episode_steps\": 100, \"reward\":"
                                                + " {\"distance\": 30, \"clip\": 0.1}"))
                        .returns();
        assertThat(clipped).isEqualTo(new Range(-10, 10));
    }

    /** Turns as hard as it can and thrusts by a pattern of the environment's index. */
    private static final class Wild implements Policy {
        private int step;

        @Override
        public void begin(EnvSpec spec, long[] seeds) {
            step = 0;
        }

        @Override
        public void act(EnvBatch state, float[] actions) {
            for (int env = 0; env < actions.length / 2; env++) {
                boolean back = env % 4 == 1 && step / (5 + env) % 2 == 1;
                actions[2 * env] = back ? -1 : 1;
                actions[2 * env + 1] =
                        switch (env % 3) {
                            case 0 -> 0;
                            case 1 -> step / (3 + env) % 2 == 0 ? 1 : -1;
                            default -> 1f / (1 + env % 7);
                        };
            }
            step++;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", \"robot\": {\"yaw\": \"ideal\"}",
                ", \"robot\": {\"thrust\": 3, \"damping\": 0.5}",
                ", \"robot\": {\"thrust\": {\"min\": 0.5, \"max\": 2}, \"damping\": 2}",
                ", \"vases\": {\"count\": 10}"
            })
    void noRobotLeavesThemAndSomeComeNear(String keys) {
        Scenario world = scenario(", \"extent\": 2, \"hazards\": {\"count\": 3}" + keys);
        double most = EpisodeRanges.path(world);
        Range returns = EpisodeRanges.of(world).returns();
        double longest = 0;
        try (ThreadTeam team = new ThreadTeam(2)) {
            long[] seeds = LongStream.range(0, 48).toArray();
            for (Episode episode :
                    Episodes.collect(world, new Wild(), seeds, team, Progress.SILENT)) {
                double path = 0;
                double[] poses = episode.poses();
                int width = poses.length / (episode.steps() + 1);
                double earned = 0;
                for (int t = 0; t < episode.steps(); t++) {
                    int at = width * t;
                    path +=
                            Math.hypot(
                                    poses[at + width] - poses[at],
                                    poses[at + width + 1] - poses[at + 1]);
                    earned += episode.rewards()[t];
                }
                longest = Math.max(longest, path);
                assertThat(earned).isBetween(returns.low(), returns.high());
            }
        }
        assertThat(longest).isBetween(0.5 * most, most);
    }

    @Test
    void refusesWorldsWithoutALargestValue() {
        assertThatThrownBy(
                        () ->
                                EpisodeRanges.of(
                                        scenario(", \"extent\": 2, \"robot\": {\"damping\": 0}")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("$.robot.damping = 0")
                .hasMessageContaining("no speed is the largest");
        assertThatThrownBy(
                        () ->
                                EpisodeRanges.of(
                                        scenario(
                                                ", \"extent\": 2, \"vases\": {\"count\": 2}, \"costs\": {\"on\":"
                                                        + " [\"vases_velocity\"], \"form\":"
                                                        + " \"raw\"}")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("raw cost vases_velocity");
    }
}
