package dev.memo.learner.control;

/**
 * At most two options, one of which is drawn for each episode. Among all distributions over options
 * none earns more on average at a mean cost within a limit: a linear program with one constraint
 * beside that of the sum has a solution with at most two options.
 *
 * @param one drawn with probability {@code share}
 * @param other drawn else
 * @param share above 0, up to 1
 */
record Mixture(int one, int other, double share) {
    /**
     * The mixture that earns most on average among those whose mean cost keeps the limit; where
     * none does, the cheapest option alone.
     *
     * @param returns [options] mean return of each
     * @param costs [options] mean cost of each
     */
    static Mixture best(double[] returns, double[] costs, double limit) {
        int[] frontier = Frontier.of(returns, costs);
        int last = 0;
        while (last + 1 < frontier.length && costs[frontier[last + 1]] <= limit) {
            last++;
        }
        int within = frontier[last];
        if (costs[within] >= limit || last + 1 == frontier.length) {
            return new Mixture(within, within, 1);
        }
        int beyond = frontier[last + 1];
        double share = (costs[beyond] - limit) / (costs[beyond] - costs[within]);
        return new Mixture(within, beyond, share);
    }

    /**
     * One of the two.
     *
     * @param uniform drawn from [0, 1)
     */
    int pick(double uniform) {
        return uniform < share ? one : other;
    }

    /** The mean over draws of what the two have. */
    double mean(double ofOne, double ofOther) {
        return share * ofOne + (1 - share) * ofOther;
    }
}
