package dev.memo.learner.evaluation;

import dev.memo.base.Progress;
import dev.memo.base.Seeds;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.metrics.Interval;
import dev.memo.learner.metrics.Samples;
import dev.memo.learner.rollout.Episodes;
import dev.memo.learner.rollout.Policy;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a policy does on some layouts, one episode each.
 *
 * @param values for each measure its value on every layout, in the layouts' order
 * @param features of the episode on every layout, in the same order, see {@link TrajectoryFeatures}
 */
public record Behaviour(Map<Measure, double[]> values, List<Map<String, Double>> features) {

    /**
     * Runs a policy for one episode per seed, all at once.
     *
     * @param seeds of the layouts
     * @throws CancellationException if a person asks to stop
     */
    public static Behaviour of(
            Scenario scenario, Policy policy, long[] seeds, ThreadTeam team, Progress progress) {
        Episode[] episodes = Episodes.collect(scenario, policy, seeds, team, progress);
        if (progress.stopRequested()) {
            throw new CancellationException("stopped while measuring behaviour");
        }
        return of(episodes, DatasetSpec.of(PointGoalEnv.specOf(scenario)));
    }

    /** What whole episodes were. */
    static Behaviour of(Episode[] episodes, DatasetSpec spec) {
        Map<Measure, double[]> values = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            values.put(
                    measure,
                    Arrays.stream(episodes).mapToDouble(one -> measure.of(one, spec)).toArray());
        }
        TrajectoryFeatures features = new TrajectoryFeatures(spec);
        return new Behaviour(values, Arrays.stream(episodes).map(features::of).toList());
    }

    /** The values of one measure. */
    public double[] of(Measure measure) {
        return values.get(measure);
    }

    /** Mean, standard deviation and 95 % interval of the mean over the layouts, by measure. */
    ObjectNode toJson() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        for (Measure measure : Measure.values()) {
            double[] ofLayouts = of(measure);
            Interval interval = Interval.of(ofLayouts);
            ObjectNode one = json.putObject(measure.key());
            one.put("mean", interval.mean());
            one.put("sd", Samples.standardDeviation(ofLayouts));
            one.put("low", interval.low());
            one.put("high", interval.high());
        }
        return json;
    }

    /** Seeds of layouts that a run did not learn on. */
    public static long[] heldOutLayouts(long runSeed, int count) {
        return layouts(runSeed, "evaluation", count);
    }

    /** Seeds of layouts for the classifier of rollouts: neither learned on nor evaluated on. */
    static long[] classifierLayouts(long runSeed, int count) {
        return layouts(runSeed, "classifier layouts", count);
    }

    /** Seeds of layouts for a purpose of a run, none of which another purpose has. */
    public static long[] layouts(long runSeed, String purpose, int count) {
        long first = Seeds.derive(runSeed, purpose);
        return LongStream.range(first, first + count).toArray();
    }
}
