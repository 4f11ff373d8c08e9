package dev.memo.learner.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memo.base.ThreadTeam;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SwitchedPolicyTest {
    private static final Scenario WORLD = Scenario.load("goal1").withEpisodeSteps(30);
    private static final EnvSpec SPEC = PointGoalEnv.specOf(WORLD);

    /** Laws that look at the world, count steps, draw numbers. */
    private static final List<String> EXPERTS = List.of("goal", "six-turn", "spin");

    private static final long[] SEEDS = {3, 1, 4, 15, 9};
    private static final int SIZE = SPEC.actionSize();

    private final ThreadTeam team = new ThreadTeam(2);

    @AfterEach
    void closeTeam() {
        team.close();
    }

    private Policy expert(String name) {
        return ScriptedExpert.named(name, name.equals("spin") ? 0.2 : 0, team);
    }

    private SwitchedPolicy switched(int mode) {
        return new SwitchedPolicy(EXPERTS.stream().map(this::expert).toList(), mode);
    }

    /** The action of one environment. */
    private static float[] of(float[] actions, int env) {
        return Arrays.copyOfRange(actions, env * SIZE, (env + 1) * SIZE);
    }

    @Test
    void steeringOneEnvironmentChangesItsActionsToThoseOfTheOtherPolicyAndNoOthers() {
        SwitchedPolicy policy = switched(0);
        List<Policy> alone = EXPERTS.stream().map(this::expert).toList();
        EnvBatch state = new EnvBatch(SPEC, SEEDS.length);
        int[] modes = new int[SEEDS.length];
        int differing = 0;
        try (PointGoalEnv env = new PointGoalEnv(WORLD, SEEDS.length, Autoreset.SAME_STEP, team)) {
            env.reset(SEEDS, state);
            policy.begin(SPEC, SEEDS);
            alone.forEach(one -> one.begin(SPEC, SEEDS));
            float[] actions = new float[SEEDS.length * SIZE];
            float[][] expected = new float[EXPERTS.size()][SEEDS.length * SIZE];
            // Over two ends of episodes; environment 3 is steered at odd times, 1 at the first.
            for (int t = 0; t < 80; t++) {
                if (t == 0) {
                    policy.steer(1, 2);
                    modes[1] = 2;
                } else if (t % 7 == 0) {
                    modes[3] = (modes[3] + 1) % EXPERTS.size();
                    policy.steer(3, modes[3]);
                }
                policy.act(state, actions);
                for (int mode = 0; mode < expected.length; mode++) {
                    alone.get(mode).act(state, expected[mode]);
                }
                for (int i = 0; i < SEEDS.length; i++) {
                    assertThat(of(actions, i))
                            .as("step %d, environment %d", t, i)
                            .isEqualTo(of(expected[modes[i]], i));
                }
                differing += Arrays.equals(of(expected[0], 3), of(actions, 3)) ? 0 : 1;
                env.step(actions, state);
            }
        }
        assertThat(differing).isGreaterThan(30);
    }

    @Test
    void aBatchBeginsInTheModeThatWasAskedFor() {
        EnvBatch state = new EnvBatch(SPEC, SEEDS.length);
        Policy spin = expert("spin");
        spin.begin(SPEC, SEEDS);
        float[] expected = new float[SEEDS.length * SIZE];
        spin.act(state, expected);
        SwitchedPolicy policy = switched(2);
        for (int time = 0; time < 2; time++) {
            policy.begin(SPEC, SEEDS);
            float[] actions = new float[SEEDS.length * SIZE];
            policy.act(state, actions);
            assertThat(actions).isEqualTo(expected);
            policy.steer(0, 0);
        }
    }

    @Test
    void refusesModesAndEnvironmentsThatAreNotThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> switched(3))
                .withMessage("mode 3: there are 3, from 0 on");
        SwitchedPolicy policy = switched(0);
        assertThat(policy.modes()).isEqualTo(3);
        policy.begin(SPEC, SEEDS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy.steer(0, -1))
                .withMessage("mode -1: there are 3, from 0 on");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy.steer(5, 0))
                .withMessage("environment 5: there are 5, from 0 on");
    }
}
