package dev.memo.learner.control;

import dev.memo.base.Seeds;
import dev.memo.learner.control.ControlReport.AtLimit;
import dev.memo.learner.control.ControlReport.Place;
import dev.memo.learner.control.ControlReport.Result;
import dev.memo.learner.evaluation.EpisodeTotals;
import dev.memo.learner.metrics.Interval;
import dev.memo.learner.metrics.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Everybody on the same layouts.
 *
 * @param names [K] of modes
 * @param known what the rule knows
 * @param ofBandit the bandit's plans; the first K are the modes throughout
 * @param totals [N] of every plan of rule and bandit
 * @param seed that draws follow from
 */
record Comparison(
        List<String> names,
        Known known,
        List<Plan> ofBandit,
        Map<Plan, EpisodeTotals> totals,
        long seed) {
    /** Limits on the oracle's curve. */
    private static final int PLACES = 40;

    /** Below this difference in return there is no way between two. */
    private static final double NO_WAY = 1e-9;

    /** Each mode throughout. */
    List<Result> ofModes() {
        return IntStream.range(0, names.size()).mapToObj(this::ofMode).toList();
    }

    private Result ofMode(int mode) {
        return result(names.get(mode), modes().get(mode), 0);
    }

    private List<EpisodeTotals> modes() {
        return IntStream.range(0, names.size())
                .mapToObj(mode -> totals.get(Plan.always(mode)))
                .toList();
    }

    private double[] meanReturns() {
        return modes().stream().mapToDouble(one -> Samples.mean(one.returns())).toArray();
    }

    private double[] meanCosts() {
        return modes().stream().mapToDouble(one -> Samples.mean(one.costs())).toArray();
    }

    /** What everybody reaches within a limit. */
    AtLimit at(double limit) {
        double[] returns = meanReturns();
        double[] costs = meanCosts();
        Optional<Integer> bestMode =
                IntStream.range(0, names.size())
                        .filter(mode -> costs[mode] <= limit)
                        .boxed()
                        .max(Comparator.comparingDouble(mode -> returns[mode]));
        Controller.Course rule =
                new CalibratedRule(
                                known.returns(), known.costs(), Seeds.derive(seed, "control rule"))
                        .control(known.plans().stream().map(totals::get).toList(), limit);
        Controller.Course bandit =
                new ThompsonBandit(ofBandit.size(), Seeds.derive(seed, "control bandit"))
                        .control(ofBandit.stream().map(totals::get).toList(), limit);
        Result mode = bestMode.map(this::ofMode).orElse(null);
        Result oracle =
                Oracle.of(modes(), limit)
                        .map(one -> result("a mode for each layout", one, 0))
                        .orElse(null);
        return new AtLimit(
                limit,
                scaled(mode, mode, oracle),
                // Where no mode keeps the limit, no mixture does.
                mode == null
                        ? null
                        : scaled(mixed(Mixture.best(returns, costs, limit)), mode, oracle),
                scaled(oracle, mode, oracle),
                scaled(result(known.plans(), rule, 0), mode, oracle),
                scaled(result(ofBandit, bandit, 0), mode, oracle),
                // Best mode and oracle had all layouts, so this has no share of theirs.
                result(ofBandit, bandit, bandit.plans().length / 2));
    }

    /** What a mixture earns and costs on every layout, on average over its draws. */
    private Result mixed(Mixture mixture) {
        EpisodeTotals one = modes().get(mixture.one());
        EpisodeTotals other = modes().get(mixture.other());
        double[] returns = new double[one.count()];
        double[] costs = new double[one.count()];
        for (int i = 0; i < returns.length; i++) {
            returns[i] = mixture.mean(one.returns()[i], other.returns()[i]);
            costs[i] = mixture.mean(one.costs()[i], other.costs()[i]);
        }
        String text =
                mixture.share() == 1
                        ? names.get(mixture.one())
                        : String.format(
                                Locale.ROOT,
                                "%s in %.0f %%, else %s",
                                names.get(mixture.one()),
                                100 * mixture.share(),
                                names.get(mixture.other()));
        return result(text, new EpisodeTotals(returns, costs), 0);
    }

    /** From an episode on; it says which plan was chosen most. */
    private Result result(List<Plan> plans, Controller.Course course, int from) {
        int[] counts = new int[plans.size()];
        Arrays.stream(course.plans()).skip(from).forEach(plan -> counts[plan]++);
        int most = 0;
        for (int plan = 1; plan < counts.length; plan++) {
            most = counts[plan] > counts[most] ? plan : most;
        }
        String text =
                String.format(
                        Locale.ROOT,
                        "%s in %.0f %%",
                        plans.get(most).text(names),
                        100.0 * counts[most] / (course.plans().length - from));
        return result(text, course.totals(), from);
    }

    private static Result result(String what, EpisodeTotals totals, int from) {
        int to = totals.count();
        return new Result(
                what,
                Interval.of(Arrays.copyOfRange(totals.returns(), from, to)),
                Interval.of(Arrays.copyOfRange(totals.costs(), from, to)),
                null,
                null);
    }

    /** With what it is of the oracle's. */
    private static Result scaled(Result one, Result bestMode, Result oracle) {
        if (one == null || oracle == null) {
            return one;
        }
        double earned = one.episodeReturn().mean();
        double most = oracle.episodeReturn().mean();
        double least = bestMode == null ? most : bestMode.episodeReturn().mean();
        return new Result(
                one.what(),
                one.episodeReturn(),
                one.episodeCost(),
                most > 0 ? earned / most : null,
                most - least > NO_WAY ? (earned - least) / (most - least) : null);
    }

    /** The modes between which mixtures lie, by rising cost. */
    List<Place> mixtures() {
        double[] returns = meanReturns();
        double[] costs = meanCosts();
        return IntStream.of(Frontier.of(returns, costs))
                .mapToObj(mode -> new Place(returns[mode], costs[mode]))
                .toList();
    }

    /** The oracle's curve, as far as a limit can be kept and binds. */
    List<Place> oracle() {
        double most = Arrays.stream(meanCosts()).max().orElseThrow();
        List<Place> places = new ArrayList<>();
        for (int i = 0; i <= PLACES; i++) {
            Oracle.of(modes(), most * i / PLACES)
                    .map(one -> new Place(Samples.mean(one.returns()), Samples.mean(one.costs())))
                    .filter(place -> places.isEmpty() || !place.equals(places.getLast()))
                    .ifPresent(places::add);
        }
        return places;
    }
}
