package dev.memo.learner.control;

import dev.memo.base.RandomStream;
import dev.memo.learner.metrics.Moments;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A bandit with a knapsack (Badanidiyuru, Kleinberg, Slivkins 2013) that knows nothing of its plans
 * at first. After two episodes of each it draws what every plan may earn and cost from what it
 * believes (Thompson 1933), takes the draws for the truth, and draws the episode's plan from the
 * {@link Mixture} that then earns most within the allowance.
 *
 * <p>It believes that a plan's mean is normal around the mean of its n episodes, with variance s² /
 * n. Of few episodes s² says little, so it is averaged with the variance within all plans, as if
 * that came from {@value #PRIOR} episodes more.
 *
 * <p>Sources: Ferreira, Simchi-Levi, Wang, Online network revenue management using Thompson
 * sampling (Operations Research 2018), Algorithm 2: the linear program of the draws, with what is
 * left of the budget; Agrawal, Devanur, Bandits with concave rewards and convex knapsacks (EC
 * 2014), the same with confidence bounds in the place of draws.
 */
final class ThompsonBandit implements Controller {
    private static final int TRIALS = 2;
    private static final int PRIOR = 2;

    private final Moments[] returns;
    private final Moments[] costs;
    private final RandomStream random;

    /**
     * Nothing is known.
     *
     * @param plans how many
     * @param seed of the draws
     */
    ThompsonBandit(int plans, long seed) {
        returns = Stream.generate(Moments::new).limit(plans).toArray(Moments[]::new);
        costs = Stream.generate(Moments::new).limit(plans).toArray(Moments[]::new);
        random = new RandomStream(seed, 0, 0, 0);
    }

    @Override
    public int choose(double allowance) {
        int fewest = 0;
        for (int plan = 1; plan < costs.length; plan++) {
            fewest = costs[plan].count() < costs[fewest].count() ? plan : fewest;
        }
        if (costs[fewest].count() < TRIALS) {
            return fewest;
        }
        return Mixture.best(draws(returns), draws(costs), allowance).pick(random.uniform());
    }

    /** [plans] what their means may be. */
    private double[] draws(Moments[] seen) {
        double within =
                Arrays.stream(seen).mapToDouble(ThompsonBandit::squares).sum()
                        / Arrays.stream(seen).mapToLong(one -> one.count() - 1).sum();
        return Arrays.stream(seen)
                .mapToDouble(
                        one -> {
                            double variance =
                                    (PRIOR * within + squares(one)) / (PRIOR + one.count() - 1);
                            double error = Math.sqrt(variance / one.count());
                            return one.mean() + error * random.normal();
                        })
                .toArray();
    }

    /** The sum of squared differences from the mean. */
    private static double squares(Moments seen) {
        return (seen.count() - 1) * seen.standardDeviation() * seen.standardDeviation();
    }

    @Override
    public void learn(int plan, double earned, double cost) {
        returns[plan].add(earned);
        costs[plan].add(cost);
    }
}
