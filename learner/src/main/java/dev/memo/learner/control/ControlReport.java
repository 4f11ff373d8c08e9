package dev.memo.learner.control;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.evaluation.Behaviour;
import dev.memo.learner.evaluation.EpisodeTotals;
import dev.memo.learner.metrics.Interval;
import dev.memo.learner.metrics.Samples;
import dev.memo.learner.rollout.ScheduledPolicy;
import dev.memo.learner.rollout.SteeredPolicy;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What is earned if modes are switched so that the mean cost of an episode keeps a limit: by a rule
 * and by a bandit, beside single modes, their mixtures and an oracle, all on the same layouts.
 *
 * @param scenario the world's name
 * @param seed that layouts and draws follow from
 * @param episodes N, and as many layouts
 * @param calibrationEpisodes other layouts, from which the rule knows its plans
 * @param modes [K] each throughout
 * @param plans that the rule draws from, by rising cost; it can keep no limit below the first
 * @param limits what is reached within each limit
 * @param mixtures the corners of what mixtures of two modes earn and pay
 * @param oracle what the oracle earns and pays over a range of limits
 */
public record ControlReport(
        String scenario,
        long seed,
        int episodes,
        int calibrationEpisodes,
        List<Result> modes,
        List<Calibrated> plans,
        List<AtLimit> limits,
        List<Place> mixtures,
        List<Place> oracle) {
    /**
     * A plan in calibration.
     *
     * @param plan for people
     * @param episodeReturn mean
     * @param episodeCost mean
     */
    public record Calibrated(String plan, double episodeReturn, double episodeCost) {}

    /** A mean return and a mean cost. */
    public record Place(double episodeReturn, double episodeCost) {}

    /**
     * What somebody reached.
     *
     * @param what was done: a mode, two that are drawn, the plan that was chosen most
     * @param episodeReturn mean over episodes
     * @param episodeCost likewise
     * @param share of the oracle's return on the same layouts; null where that is not above 0,
     *     which is what a robot earns that stands still
     * @param way from the best mode's return to the oracle's, as a share; null where no mode keeps
     *     the limit or the best one is as good as the oracle
     */
    public record Result(
            String what, Interval episodeReturn, Interval episodeCost, Double share, Double way) {}

    /**
     * Within one limit on the mean cost.
     *
     * @param costLimit of an episode
     * @param bestMode the mode that earns most of those that keep the limit on these layouts; null
     *     if none does
     * @param mixture the two modes that earn most if one is drawn for each episode; null if none
     *     keep the limit
     * @param oracle knows in hindsight what each mode does on each layout; null if the cheapest
     *     mode of each layout misses the limit
     * @param rule knows its plans from other layouts
     * @param bandit all its episodes
     * @param banditLater the second half of them; without share and way, since the oracle's and the
     *     best mode's returns are those of all layouts
     */
    public record AtLimit(
            double costLimit,
            Result bestMode,
            Result mixture,
            Result oracle,
            Result rule,
            Result bandit,
            Result banditLater) {}

    /**
     * Whose modes are switched how.
     *
     * @param policy steered here
     * @param names [K] of its modes, at least two
     * @param distances at least one, in m up to which a hazard can be near; the first is the
     *     bandit's
     * @param limits on the mean cost; if empty the one half way between the mean costs of the
     *     cheapest and the dearest mode in calibration
     * @throws InputException if there is one mode, or a distance or limit breaks its rule
     */
    public record Plans(
            SteeredPolicy policy, List<String> names, double[] distances, double[] limits) {
        public Plans {
            if (names.size() < 2) {
                throw new InputException("control needs two modes or more: there is one");
            }
            for (double distance : distances) {
                if (!(distance > 0 && Double.isFinite(distance))) {
                    throw new InputException("near %s m: must be above 0".formatted(distance));
                }
            }
            for (double limit : limits) {
                if (!(limit >= 0 && Double.isFinite(limit))) {
                    throw new InputException(
                            "cost limit %s: must be a number from 0 on".formatted(limit));
                }
            }
        }
    }

    /**
     * Calibrates, runs every plan that is needed on every layout, and lets everybody choose.
     *
     * @param episodes N
     * @param calibrationEpisodes of each plan, on layouts of their own
     * @param seed that layouts and draws follow from
     * @throws InputException if hazards are to be near further away than the lidar sees
     * @throws CancellationException if a person asks to stop
     */
    public static ControlReport of(
            Scenario scenario,
            Plans plans,
            int episodes,
            int calibrationEpisodes,
            long seed,
            ThreadTeam team,
            Progress progress) {
        EnvSpec spec = PointGoalEnv.specOf(scenario);
        int modes = plans.names.size();
        Rollouts rollouts = new Rollouts(scenario, plans.policy, team, progress);
        Map<Plan, EpisodeTotals> calibrated =
                rollouts.of(
                        "calibrating",
                        Plan.all(modes, plans.distances, spec, scenario.lidar()),
                        Behaviour.layouts(seed, "control calibration", calibrationEpisodes));
        Known known = Known.of(calibrated);
        List<Plan> ofBandit =
                Plan.all(modes, Arrays.copyOf(plans.distances, 1), spec, scenario.lidar());
        Set<Plan> needed = new LinkedHashSet<>(ofBandit);
        needed.addAll(known.plans());
        Map<Plan, EpisodeTotals> fresh =
                rollouts.of("controlling", needed, Behaviour.layouts(seed, "control", episodes));
        Comparison comparison = new Comparison(plans.names, known, ofBandit, fresh, seed);
        double[] limits =
                plans.limits.length > 0 ? plans.limits : new double[] {halfWay(calibrated, modes)};
        return new ControlReport(
                scenario.name(),
                seed,
                episodes,
                calibrationEpisodes,
                comparison.ofModes(),
                known.figures(plans.names),
                DoubleStream.of(limits).mapToObj(comparison::at).toList(),
                comparison.mixtures(),
                comparison.oracle());
    }

    /** Between the mean costs of the cheapest and the dearest mode. */
    private static double halfWay(Map<Plan, EpisodeTotals> totals, int modes) {
        double[] costs =
                IntStream.range(0, modes)
                        .mapToDouble(mode -> Samples.mean(totals.get(Plan.always(mode)).costs()))
                        .sorted()
                        .toArray();
        return (costs[0] + costs[modes - 1]) / 2;
    }

    /** Where plans run. */
    private record Rollouts(
            Scenario scenario, SteeredPolicy policy, ThreadTeam team, Progress progress) {
        /** What each plan earns and costs on the layouts, in the plans' order. */
        Map<Plan, EpisodeTotals> of(String task, Collection<Plan> plans, long[] layouts) {
            long steps = (long) plans.size() * layouts.length * scenario.episodeSteps();
            progress.begin(task, steps, "env-steps");
            EnvSpec spec = PointGoalEnv.specOf(scenario);
            Map<Plan, EpisodeTotals> totals = new LinkedHashMap<>();
            for (Plan plan : plans) {
                ScheduledPolicy.Schedule schedule = plan.schedule(spec, scenario.lidar());
                totals.put(
                        plan,
                        EpisodeTotals.of(
                                scenario,
                                new ScheduledPolicy(policy, schedule),
                                layouts,
                                team,
                                progress));
            }
            progress.end();
            return totals;
        }
    }
}
