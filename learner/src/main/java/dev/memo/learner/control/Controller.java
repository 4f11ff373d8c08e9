package dev.memo.learner.control;

import dev.memo.learner.evaluation.EpisodeTotals;
import java.util.List;

/** Chooses a plan for each episode, so that the mean cost of all episodes keeps a limit. */
interface Controller {
    /**
     * The share of all episodes' budget that is kept back: what the last episodes overspend, no
     * later one can save. Agrawal and Devanur (2014) keep back a share as well.
     */
    double RESERVE = 0.02;

    /**
     * The plan of the next episode.
     *
     * @param allowance the mean cost that is left to each episode; below 0 if too much was paid
     */
    int choose(double allowance);

    /** Takes what came of it. */
    void learn(int plan, double earned, double cost);

    /**
     * What was done.
     *
     * @param plans [N] the plan of each episode
     * @param totals what it earned and cost
     */
    record Course(int[] plans, EpisodeTotals totals) {}

    /**
     * Acts on one layout after the other. Each time the allowance is what is left of the budget of
     * all episodes, in equal parts.
     *
     * @param plans on the same layouts: what each earns and costs there, which the controller
     *     learns only of those that it chooses
     */
    default Course control(List<EpisodeTotals> plans, double limit) {
        int episodes = plans.getFirst().count();
        int[] chosen = new int[episodes];
        double[] returns = new double[episodes];
        double[] costs = new double[episodes];
        double left = (1 - RESERVE) * limit * episodes;
        for (int i = 0; i < episodes; i++) {
            chosen[i] = choose(left / (episodes - i));
            returns[i] = plans.get(chosen[i]).returns()[i];
            costs[i] = plans.get(chosen[i]).costs()[i];
            learn(chosen[i], returns[i], costs[i]);
            left -= costs[i];
        }
        return new Course(chosen, new EpisodeTotals(returns, costs));
    }
}
