package dev.memo.learner.control;

import dev.memo.learner.control.ControlReport.Calibrated;
import dev.memo.learner.evaluation.EpisodeTotals;
import dev.memo.learner.metrics.Samples;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What the rule knows of plans: those on the {@link Frontier} in calibration, as no other one is
 * ever drawn.
 *
 * @param plans by rising cost
 * @param returns [plans] mean return of each
 * @param costs [plans] mean cost of each
 */
record Known(List<Plan> plans, double[] returns, double[] costs) {
    /**
     * From calibration.
     *
     * @param calibrated what each plan earned and cost, on the same layouts
     */
    static Known of(Map<Plan, EpisodeTotals> calibrated) {
        List<Plan> plans = List.copyOf(calibrated.keySet());
        double[] returns = means(calibrated, EpisodeTotals::returns);
        double[] costs = means(calibrated, EpisodeTotals::costs);
        int[] frontier = Frontier.of(returns, costs);
        return new Known(
                IntStream.of(frontier).mapToObj(plans::get).toList(),
                IntStream.of(frontier).mapToDouble(i -> returns[i]).toArray(),
                IntStream.of(frontier).mapToDouble(i -> costs[i]).toArray());
    }

    private static double[] means(
            Map<Plan, EpisodeTotals> calibrated, Function<EpisodeTotals, double[]> values) {
        return calibrated.values().stream()
                .mapToDouble(one -> Samples.mean(values.apply(one)))
                .toArray();
    }

    List<Calibrated> figures(List<String> names) {
        return IntStream.range(0, plans.size())
                .mapToObj(i -> new Calibrated(plans.get(i).text(names), returns[i], costs[i]))
                .toList();
    }
}
