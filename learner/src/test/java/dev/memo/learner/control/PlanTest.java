package dev.memo.learner.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.Rollout;
import dev.memo.learner.rollout.ScheduledPolicy;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.env.Scene;
import dev.memo.sim.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Scenario WORLD = Scenario.load("goal1");
    private static final int ENVS = 5;

    private static double nearestHazard(Scene scene) {
        return scene.hazards().stream()
                .mapToDouble(
                        hazard ->
                                Math.hypot(
                                        hazard.x() - scene.robot().x(),
                                        hazard.y() - scene.robot().y()))
                .min()
                .orElseThrow();
    }

    @Test
    void theOtherModeActsJustWhileAHazardIsNear() {
        Plan plan = new Plan(2, 1, 0.4);
        int[] acted = new int[3];
        try (ThreadTeam team = new ThreadTeam(2);
                PointGoalEnv env = new PointGoalEnv(WORLD, ENVS, Autoreset.SAME_STEP, team)) {
            ScheduledPolicy.Schedule schedule = plan.schedule(env.spec(), WORLD.lidar());
            Rollout.Listener listener =
                    new Rollout.Listener() {
                        @Override
                        public void reset(EnvBatch state) {
                            check(state);
                        }

                        @Override
                        public void step(float[] actions, EnvBatch state) {
                            check(state);
                        }

                        private void check(EnvBatch state) {
                            for (int i = 0; i < ENVS; i++) {
                                double distance = nearestHazard(env.scene(i));
                                int mode = schedule.mode(i, 0, state);
                                // The lidar is float32.
                                if (Math.abs(distance - 0.4) > 1e-4) {
                                    assertThat(mode).isEqualTo(distance < 0.4 ? 1 : 2);
                                    acted[mode]++;
                                }
                            }
                        }
                    };
            long[] seeds = {1, 2, 3, 4, 5};
            Policy goal = ScriptedExpert.named("goal", 0, team);
            Rollout.run(env, goal, seeds, 400, Progress.SILENT, listener);
        }
        assertThat(acted[1]).isGreaterThan(100);
        assertThat(acted[2]).isGreaterThan(100);
    }

    @Test
    void thereAreAllModesAndAllPairsAtEachDistance() {
        EnvSpec spec = PointGoalEnv.specOf(WORLD);
        assertThat(Plan.all(2, new double[] {0.4, 0.2}, spec, WORLD.lidar()))
                .containsExactly(
                        new Plan(0, 0, 0),
                        new Plan(1, 1, 0),
                        new Plan(0, 1, 0.4),
                        new Plan(1, 0, 0.4),
                        new Plan(0, 1, 0.2),
                        new Plan(1, 0, 0.2));
    }

    @Test
    void inAWorldWithoutHazardsThereIsNothingToSwitchBy() {
        Scenario goals = Scenario.load("goal0");
        EnvSpec spec = PointGoalEnv.specOf(goals);
        assertThat(Plan.all(3, new double[] {0.4}, spec, goals.lidar()))
                .containsExactly(Plan.always(0), Plan.always(1), Plan.always(2));
    }

    @Test
    void whatTheLidarDoesNotSeeCannotBeNear() {
        EnvSpec spec = PointGoalEnv.specOf(WORLD);
        assertThat(Plan.all(2, new double[] {3}, spec, WORLD.lidar())).hasSize(4);
        assertThatThrownBy(() -> Plan.all(2, new double[] {0.4, 3.5}, spec, WORLD.lidar()))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "near 3.5 m: must be at most 3.0 m, the range of the lidar in scenario"
                                + " 'goal1'");
    }

    @Test
    void saysWhatItDoes() {
        List<String> names = List.of("goal", "circle");
        assertThat(Plan.always(1).text(names)).isEqualTo("circle");
        assertThat(new Plan(0, 1, 0.3).text(names)).isEqualTo("goal, near hazards (0.3 m) circle");
    }
}
