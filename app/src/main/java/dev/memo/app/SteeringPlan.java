package dev.memo.app;

import dev.memo.app.report.Steerings.Way;
import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.memo.MemoModel;
import dev.memo.learner.memo.SteeringTrace;
import dev.memo.learner.rollout.EpisodeStatistics;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.Rollout;
import dev.memo.learner.rollout.ScheduledPolicy;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.env.VectorEnv;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How a run's policy is steered, as a command line says it.
 *
 * @param label for people
 * @param name of files
 * @param contexts [choices][K] to choose from
 * @param schedule which choice acts when
 */
record SteeringPlan(
        String label, String name, float[][] contexts, ScheduledPolicy.Schedule schedule) {
    private static final Pattern PART = Pattern.compile("(\\d{1,6}):(\\d{1,9})");
    private static final Pattern BETWEEN = Pattern.compile("(\\d{1,6}):(\\d{1,6})(?::(\\S+))?");

    /** The policy that follows the plan, without noise. */
    Policy policy(MemoModel model) {
        return new ScheduledPolicy(model.steeredBy(contexts, 0, false), schedule);
    }

    /**
     * What the policy does under the plan.
     *
     * @param seeds of the layouts, an episode on each
     * @throws CancellationException if a person asks to stop
     */
    Way drive(MemoModel model, Scenario world, long[] seeds, ThreadTeam team, Progress progress) {
        try (VectorEnv env = new PointGoalEnv(world, seeds.length, Autoreset.SAME_STEP, team)) {
            SteeringTrace trace = new SteeringTrace(model, env.spec(), seeds.length);
            EpisodeStatistics statistics = new EpisodeStatistics(env.spec());
            int steps = world.episodeSteps();
            progress.begin(label, (long) seeds.length * steps, "env-steps");
            int made =
                    Rollout.run(env, policy(model), seeds, steps, progress, trace.and(statistics));
            progress.end();
            if (made < steps) {
                throw new CancellationException("stopped while steering");
            }
            return new Way(
                    label,
                    seeds.length,
                    statistics.returns(),
                    statistics.costs(),
                    1000 * statistics.goalRate(),
                    trace.near(),
                    trace.logDensities(),
                    List.of());
        }
    }

    /** Every mode, nobody, away from each, and half way between each two. */
    static List<SteeringPlan> all(MemoModel model) {
        int modes = model.modes();
        List<SteeringPlan> plans = new ArrayList<>();
        for (int mode = 0; mode < modes; mode++) {
            plans.add(mode(model, mode));
        }
        plans.add(unsteered(model));
        for (int mode = 0; mode < modes && modes > 1; mode++) {
            plans.add(avoid(model, mode));
        }
        for (int from = 0; from < modes; from++) {
            for (int to = from + 1; to < modes; to++) {
                plans.add(between(model, from + ":" + to));
            }
        }
        return plans;
    }

    private static float[][] contextsOf(MemoModel model) {
        return IntStream.range(0, model.modes())
                .mapToObj(model::steeringContext)
                .toArray(float[][]::new);
    }

    /** One mode throughout. */
    static SteeringPlan mode(MemoModel model, int mode) {
        require(model, "--mode", mode);
        return new SteeringPlan(
                "mode " + mode, "mode-" + mode, contextsOf(model), (_, _, _) -> mode);
    }

    /**
     * One mode after the other; the last one stays.
     *
     * @param text such as {@code 2:300,0:300}: mode and steps
     */
    static SteeringPlan modes(MemoModel model, String text) {
        List<Integer> modes = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        int end = 0;
        for (String one : text.split(",", -1)) {
            Matcher part = PART.matcher(one);
            if (!part.matches() || Integer.parseInt(part.group(2)) < 1) {
                throw new InputException(
                        "--modes %s: '%s' must be a mode and its steps, such as 2:300"
                                .formatted(text, one));
            }
            int mode = Integer.parseInt(part.group(1));
            require(model, "--modes " + text, mode);
            end += Integer.parseInt(part.group(2));
            modes.add(mode);
            ends.add(end);
        }
        return new SteeringPlan(
                "modes " + text,
                "modes-" + text.replace(':', '-').replace(',', '_'),
                contextsOf(model),
                (_, step, _) -> {
                    int at = 0;
                    while (at < modes.size() - 1 && step >= ends.get(at)) {
                        at++;
                    }
                    return modes.get(at);
                });
    }

    /** Nobody steers: episodes have all modes in turn. */
    static SteeringPlan unsteered(MemoModel model) {
        int modes = model.modes();
        return new SteeringPlan(
                "unsteered", "unsteered", contextsOf(model), (env, _, _) -> env % modes);
    }

    /** Episodes have all modes but one in turn. */
    static SteeringPlan avoid(MemoModel model, int avoided) {
        require(model, "--avoid", avoided);
        int others = model.modes() - 1;
        if (others == 0) {
            throw new InputException("--avoid " + avoided + ": the run has no other mode");
        }
        return new SteeringPlan(
                "avoiding mode " + avoided,
                "avoid-" + avoided,
                contextsOf(model),
                (env, _, _) -> env % others + (env % others >= avoided ? 1 : 0));
    }

    /**
     * A context between those of two modes.
     *
     * @param text such as {@code 0:2:0.25}: from the first (0) to the second (1); half way without
     *     the third number
     */
    static SteeringPlan between(MemoModel model, String text) {
        Matcher parts = BETWEEN.matcher(text);
        double share = parts.matches() ? share(parts.group(3)) : Double.NaN;
        if (!(share >= 0 && share <= 1)) {
            throw new InputException(
                    "--between %s: must be two modes and a share from 0 to 1, such as 0:2:0.25"
                            .formatted(text));
        }
        int from = Integer.parseInt(parts.group(1));
        int to = Integer.parseInt(parts.group(2));
        require(model, "--between " + text, from);
        require(model, "--between " + text, to);
        float[] begin = model.steeringContext(from);
        float[] end = model.steeringContext(to);
        float[] between = new float[begin.length];
        for (int i = 0; i < between.length; i++) {
            between[i] = (float) (begin[i] + share * (end[i] - begin[i]));
        }
        return new SteeringPlan(
                "between modes %d and %d, %s".formatted(from, to, share),
                "between-%d-%d-%s".formatted(from, to, share),
                new float[][] {between},
                (_, _, _) -> 0);
    }

    private static double share(String text) {
        try {
            return text == null ? 0.5 : Double.parseDouble(text);
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }

    private static void require(MemoModel model, String flag, int mode) {
        if (mode >= model.modes() || mode < 0) {
            throw new InputException(
                    "%s: mode %d: the run has modes 0 to %d"
                            .formatted(flag, mode, model.modes() - 1));
        }
    }
}
