package dev.memo.learner.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.metrics.Interval;
import dev.memo.learner.metrics.Samples;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.Recognition;
import dev.memo.learner.rollout.Rollout;
import dev.memo.learner.rollout.SwitchedPolicy;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwitchReportTest {
    private static final Scenario WORLD = Scenario.load("goal1").withEpisodeSteps(220);
    private static final List<String> EXPERTS = List.of("goal", "circle");
    private static final int AT = 60;

    private final ThreadTeam team = new ThreadTeam(2);
    private final long[] seeds = new long[40];

    SwitchReportTest() {
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = 100 + i;
        }
    }

    @AfterEach
    void closeTeam() {
        team.close();
    }

    private SwitchedPolicy policy() {
        List<Policy> experts =
                EXPERTS.stream().map(name -> ScriptedExpert.named(name, 0, team)).toList();
        return new SwitchedPolicy(experts, 0);
    }

    private SwitchReport report(SwitchedPolicy policy, Recognition recognition) {
        return SwitchReport.of(WORLD, policy, recognition, seeds, AT, team, Progress.SILENT);
    }

    /** What an expert costs in the steps after the switch if nobody switches. */
    private double costOf(String expert) {
        double[] sum = new double[1];
        int[] step = new int[1];
        Rollout.Listener listener =
                new Rollout.Listener() {
                    @Override
                    public void reset(EnvBatch state) {}

                    @Override
                    public void step(float[] actions, EnvBatch state) {
                        step[0]++;
                        if (step[0] > AT && step[0] <= AT + SwitchReport.AFTER) {
                            int kinds = state.costs.length / seeds.length;
                            for (int env = 0; env < seeds.length; env++) {
                                sum[0] += state.costs[(env + 1) * kinds - 1];
                            }
                        }
                    }
                };
        try (PointGoalEnv env = new PointGoalEnv(WORLD, seeds.length, Autoreset.SAME_STEP, team)) {
            Policy policy = ScriptedExpert.named(expert, 0, team);
            Rollout.run(env, policy, seeds, 200, Progress.SILENT, listener);
        }
        return sum[0] / seeds.length;
    }

    @Test
    void modesThatNeverSwitchCostWhatTheyCostAlone() {
        SwitchReport report = report(policy(), Recognition.NONE);
        assertThat(report.pairs()).hasSize(4);
        assertThat(report.pairs().get(0).cost().mean()).isEqualTo(costOf("goal")).isPositive();
        assertThat(report.pairs().get(3).cost().mean()).isEqualTo(costOf("circle"));
        assertThat(report.pairs().get(0).extraCost().mean()).isZero();
        assertThat(report.pairs().get(0).recognised()).isEmpty();
    }

    /**
     * What a layout costs in the steps from AT on, where one expert acts first and another after so
     * many steps: [layouts].
     */
    private double[] costsByHand(int from, int to, int switchAt) {
        double[] costs = new double[seeds.length];
        try (PointGoalEnv env = new PointGoalEnv(WORLD, seeds.length, Autoreset.SAME_STEP, team)) {
            EnvBatch state = new EnvBatch(env.spec(), seeds.length);
            float[] actions = new float[seeds.length * env.spec().actionSize()];
            int kinds = env.spec().costNames().size();
            SwitchedPolicy policy = policy();
            env.reset(seeds, state);
            policy.begin(env.spec(), seeds);
            for (int step = 0; step < AT + 50; step++) {
                for (int i = 0; i < seeds.length; i++) {
                    policy.steer(i, step < switchAt ? from : to);
                }
                policy.act(state, actions);
                env.step(actions, state);
                for (int i = 0; i < seeds.length; i++) {
                    costs[i] += step < AT ? 0 : state.costs[i * kinds + kinds - 1];
                }
            }
        }
        return costs;
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0"})
    void thePairsSwitchAfterSoManyStepsAndNoStepEarlierOrLater(int from, int to) {
        SwitchReport.Pair pair =
                report(policy(), Recognition.NONE).pairs().stream()
                        .filter(one -> one.from() == from && one.to() == to)
                        .findFirst()
                        .orElseThrow();
        double[] costs = costsByHand(from, to, AT);
        assertThat(pair.cost()).isEqualTo(Interval.of(costs));
        assertThat(Interval.of(costsByHand(from, to, AT - 1))).isNotEqualTo(pair.cost());
        assertThat(Interval.of(costsByHand(from, to, AT + 1))).isNotEqualTo(pair.cost());
        double[] stayed = costsByHand(from, from, AT);
        double[] always = costsByHand(to, to, AT);
        double[] extra = new double[costs.length];
        Arrays.setAll(extra, i -> costs[i] - (stayed[i] + always[i]) / 2);
        assertThat(pair.extraCost()).isEqualTo(Interval.of(extra));
        assertThat(Samples.mean(stayed)).isNotEqualTo(Samples.mean(always));
    }

    @Test
    void anEncoderThatNeedsSevenStepsIsSeenToNeedThem() {
        SwitchedPolicy policy = policy();
        Recognition late =
                new Recognition() {
                    private final float[] distances = new float[2];
                    private int step;

                    @Override
                    public int size() {
                        return 2;
                    }

                    @Override
                    public float[] distances(int env) {
                        int first = env / seeds.length / 2;
                        int second = env / seeds.length % 2;
                        boolean seen = step >= AT + 7;
                        distances[seen ? second : first] = 0;
                        distances[1 - (seen ? second : first)] = 1;
                        return distances;
                    }

                    @Override
                    public void reset(EnvBatch state) {
                        step = 0;
                    }

                    @Override
                    public void step(float[] actions, EnvBatch state) {
                        step++;
                    }
                };
        SwitchReport report = report(policy, late);
        assertThat(report.pairs().get(1).recognised()).hasValue(1);
        assertThat(report.pairs().get(1).medianSteps()).hasValue(7);
        assertThat(report.pairs().get(0).medianSteps()).hasValue(1);
    }

    @Test
    void aSwitchThatLeavesNoTimeIsRefused() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(
                        () ->
                                SwitchReport.of(
                                        WORLD,
                                        policy(),
                                        Recognition.NONE,
                                        seeds,
                                        71,
                                        team,
                                        Progress.SILENT))
                .withMessage(
                        "switch at step 71: in an episode of 220 steps it must be from 1 to 70");
    }
}
