package dev.memo.learner.control;

import dev.memo.base.RandomStream;

/**
 * A rule that knows what its plans earn and cost on average, from episodes on other layouts. It
 * draws each episode's plan from the {@link Mixture} that earns most within the allowance, and
 * learns nothing.
 *
 * <p>However wrong it is about the other plans, as long as it takes none of them for free: if one
 * plan never costs anything, and it knows, all N episodes together overspend by less than one
 * episode can cost. For where nothing is left, it chooses that plan.
 */
final class CalibratedRule implements Controller {
    private final double[] returns;
    private final double[] costs;
    private final RandomStream random;

    /**
     * What is known.
     *
     * @param returns [plans] mean return of each
     * @param costs [plans] mean cost of each
     * @param seed of the draws
     */
    CalibratedRule(double[] returns, double[] costs, long seed) {
        this.returns = returns;
        this.costs = costs;
        random = new RandomStream(seed, 0, 0, 0);
    }

    @Override
    public int choose(double allowance) {
        return Mixture.best(returns, costs, allowance).pick(random.uniform());
    }

    @Override
    public void learn(int plan, double earned, double cost) {}
}
