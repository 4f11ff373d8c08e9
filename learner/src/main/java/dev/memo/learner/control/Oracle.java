package dev.memo.learner.control;

import dev.memo.learner.evaluation.EpisodeTotals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who knows in hindsight what each mode earns and costs on every layout, and chooses one mode for
 * each layout so that the mean return is highest while the mean cost keeps a limit.
 *
 * <p>That is a multiple-choice knapsack. Its linear relaxation lets one layout have two modes in
 * part and is solved exactly by taking the steps of all layouts' frontiers in the order of return
 * per cost (Sinha and Zoltners, The multiple-choice knapsack problem, Operations Research 1979). So
 * what the oracle earns is at least what whole choices can, by less than one layout's worth.
 */
final class Oracle {
    private Oracle() {}

    /**
     * From one mode to a dearer one that earns more.
     *
     * @param layout where
     */
    private record Step(int layout, double earned, double cost) {
        double efficiency() {
            return earned / cost;
        }
    }

    /**
     * What the oracle earns and pays on every layout; empty where even the cheapest mode of every
     * layout misses the limit.
     *
     * @param modes [K] on the same layouts
     */
    static Optional<EpisodeTotals> of(List<EpisodeTotals> modes, double limit) {
        int layouts = modes.getFirst().count();
        double[] returns = new double[layouts];
        double[] costs = new double[layouts];
        List<Step> steps = new ArrayList<>();
        for (int layout = 0; layout < layouts; layout++) {
            int at = layout;
            double[] earned = modes.stream().mapToDouble(one -> one.returns()[at]).toArray();
            double[] paid = modes.stream().mapToDouble(one -> one.costs()[at]).toArray();
            int[] frontier = Frontier.of(earned, paid);
            returns[layout] = earned[frontier[0]];
            costs[layout] = paid[frontier[0]];
            for (int i = 1; i < frontier.length; i++) {
                steps.add(
                        new Step(
                                layout,
                                earned[frontier[i]] - earned[frontier[i - 1]],
                                paid[frontier[i]] - paid[frontier[i - 1]]));
            }
        }
        double left = limit * layouts - Arrays.stream(costs).sum();
        if (left < 0) {
            return Optional.empty();
        }
        // Stable, and efficiency falls along a frontier: no layout's steps change their order.
        steps.sort(Comparator.comparingDouble(Step::efficiency).reversed());
        for (Step step : steps) {
            double share = Math.min(1, left / step.cost);
            returns[step.layout] += share * step.earned;
            costs[step.layout] += share * step.cost;
            left -= share * step.cost;
            if (share < 1) {
                break;
            }
        }
        return Optional.of(new EpisodeTotals(returns, costs));
    }
}
