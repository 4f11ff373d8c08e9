package dev.memo.learner.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memo.base.RandomStream;
import dev.memo.learner.evaluation.EpisodeTotals;
import dev.memo.learner.metrics.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ControllerTest {
    /** Mean returns and costs of plans, of which 0 and 2 mixed are best at the limit. */
    private static final double[] RETURNS = {1, -2, 8, 3};

    private static final double[] COSTS = {1, 3, 9, 8};
    private static final double LIMIT = 5;

    /** Half of plan 0, half of plan 2. */
    private static final double BEST = 4.5;

    /** Plans whose returns are normal and whose costs are 0 or 20. */
    private static List<EpisodeTotals> plans(int episodes, long seed) {
        RandomStream random = new RandomStream(seed, 7, 0, 0);
        List<EpisodeTotals> plans = new ArrayList<>();
        for (int plan = 0; plan < RETURNS.length; plan++) {
            double[] returns = new double[episodes];
            double[] costs = new double[episodes];
            for (int i = 0; i < episodes; i++) {
                returns[i] = RETURNS[plan] + 2 * random.normal();
                costs[i] = random.uniform() < COSTS[plan] / 20 ? 20 : 0;
            }
            plans.add(new EpisodeTotals(returns, costs));
        }
        return plans;
    }

    private static Controller bandit(long seed) {
        return new ThompsonBandit(RETURNS.length, seed);
    }

    /** What an episode of the bandit earns less than the best mixture, over several problems. */
    private static double regret(int episodes) {
        return IntStream.range(0, 20)
                .mapToDouble(
                        seed -> {
                            EpisodeTotals totals =
                                    bandit(seed).control(plans(episodes, seed), LIMIT).totals();
                            // But for the last few episodes, it spends what is not kept back.
                            double budget = (1 - Controller.RESERVE) * LIMIT;
                            double episode = 20.0 / episodes;
                            assertThat(Samples.mean(totals.costs()))
                                    .isBetween(budget - 5 * episode, budget + 3 * episode);
                            return BEST - Samples.mean(totals.returns());
                        })
                .average()
                .orElseThrow();
    }

    @Test
    void theBanditKeepsTheLimitAndComesCloserTheLongerItActs() {
        double few = regret(100);
        double some = regret(1_000);
        double many = regret(10_000);
        assertThat(few).isGreaterThan(2 * some);
        assertThat(some).isGreaterThan(1.5 * many);
        // What is kept back of the budget would earn 7 / 8 for each unit of cost.
        assertThat(many).isLessThan(0.15).isGreaterThan(0.5 * Controller.RESERVE * LIMIT * 7 / 8);
    }

    @Test
    void whereNoLimitBindsTheBanditFindsThePlanThatEarnsMost() {
        Controller.Course course = bandit(1).control(plans(1_000, 1), 100);
        assertThat(Arrays.stream(course.plans()).skip(500).filter(plan -> plan == 2).count())
                .isGreaterThan(490);
    }

    @Test
    void theBanditTriesEveryPlanTwiceFirst() {
        assertThat(Arrays.stream(bandit(1).control(plans(50, 1), LIMIT).plans()).limit(8))
                .containsExactly(0, 1, 2, 3, 0, 1, 2, 3);
    }

    @Test
    void equalSeedsActAlike() {
        List<EpisodeTotals> plans = plans(300, 2);
        int[] once = bandit(4).control(plans, LIMIT).plans();
        assertThat(bandit(4).control(plans, LIMIT).plans()).isEqualTo(once);
        assertThat(bandit(5).control(plans, LIMIT).plans()).isNotEqualTo(once);
    }

    @Test
    void aRuleThatKnowsEarnsWhatTheBestMixtureDoes() {
        EpisodeTotals totals =
                new CalibratedRule(RETURNS, COSTS, 3).control(plans(10_000, 3), LIMIT).totals();
        assertThat(Samples.mean(totals.returns())).isBetween(BEST - 0.2, BEST + 0.1);
        assertThat(Samples.mean(totals.costs())).isBetween(0.97 * LIMIT, LIMIT);
    }

    @Test
    void aRuleWithAFreePlanOverspendsByLessThanOneEpisodeHoweverWrongItIs() {
        RandomStream random = new RandomStream(8, 0, 0, 0);
        double most = 30;
        double furthest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < 500; i++) {
            int episodes = 1 + random.below(60);
            double limit = random.uniform(0, 10);
            List<EpisodeTotals> plans = new ArrayList<>();
            double[] returns = new double[4];
            double[] costs = new double[4];
            for (int plan = 0; plan < 4; plan++) {
                double truth = plan == 0 ? 0 : most;
                plans.add(
                        new EpisodeTotals(
                                new double[episodes],
                                IntStream.range(0, episodes)
                                        .mapToDouble(_ -> random.uniform(0, truth))
                                        .toArray()));
                returns[plan] = random.uniform(-5, 5);
                // It takes the others for far cheaper than they are.
                costs[plan] = plan == 0 ? 0 : random.uniform(0.1, 3);
            }
            double[] paid =
                    new CalibratedRule(returns, costs, i).control(plans, limit).totals().costs();
            double over = Arrays.stream(paid).sum() - limit * episodes;
            assertThat(over).isLessThan(most);
            furthest = Math.max(furthest, over);
        }
        assertThat(furthest).as("the bound is nearly reached").isGreaterThan(most / 2);
    }
}
