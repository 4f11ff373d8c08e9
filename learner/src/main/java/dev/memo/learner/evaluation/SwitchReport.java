package dev.memo.learner.evaluation;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.metrics.Interval;
import dev.memo.learner.rollout.Recognition;
import dev.memo.learner.rollout.Rollout;
import dev.memo.learner.rollout.SteeredPolicy;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.env.VectorEnv;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * What it costs to change modes in the middle of an episode, for all pairs of modes on the same
 * layouts.
 *
 * @param switchAt steps of the first mode
 * @param pairs by the first mode, then by the second; pairs of equal modes are those that never
 *     switch
 */
public record SwitchReport(int switchAt, List<Pair> pairs) {
    /** The steps after a switch in which its cost is counted. */
    public static final int AFTER = 50;

    /** The new mode must be the nearest for so many steps in a row to be recognised. */
    private static final int HELD = 10;

    /** Steps after a switch in which the new mode can be recognised. */
    private static final int PATIENCE = 150;

    /**
     * From one mode to another.
     *
     * @param from acts first
     * @param to acts afterwards
     * @param cost in the {@link #AFTER} steps after the switch
     * @param extraCost of a switch: that cost less the mean of what both modes cost in these steps
     *     on the same layout if they act all the time
     * @param recognised the share of layouts on which the encoder took the behaviour for the new
     *     mode within {@value #PATIENCE} steps, for {@value #HELD} in a row; empty if nothing
     *     recognises
     * @param mistaken the share of layouts on which the encoder takes the first mode, if it acts
     *     on, for the second in the same way: what recognition is worth nothing below; empty
     *     likewise
     * @param medianSteps from the switch to the first of these steps, of the layouts on which there
     *     is one
     */
    public record Pair(
            int from,
            int to,
            Interval cost,
            Interval extraCost,
            OptionalDouble recognised,
            OptionalDouble mistaken,
            OptionalDouble medianSteps) {}

    /**
     * Runs all pairs at once, one environment for each on each layout.
     *
     * @param policy steered here
     * @param recognition of all environments, K K layouts; or of none
     * @param seeds of the layouts
     * @param switchAt steps of the first mode, so that {@value #PATIENCE} are left in the episode
     * @throws InputException if the episode is too short for that
     * @throws CancellationException if a person asks to stop
     */
    public static SwitchReport of(
            Scenario scenario,
            SteeredPolicy policy,
            Recognition recognition,
            long[] seeds,
            int switchAt,
            ThreadTeam team,
            Progress progress) {
        if (switchAt < 1 || switchAt + PATIENCE > scenario.episodeSteps()) {
            throw new InputException(
                    "switch at step %d: in an episode of %d steps it must be from 1 to %d"
                            .formatted(
                                    switchAt,
                                    scenario.episodeSteps(),
                                    scenario.episodeSteps() - PATIENCE));
        }
        int modes = policy.modes();
        int envs = modes * modes * seeds.length;
        long[] all = new long[envs];
        Arrays.setAll(all, env -> seeds[env % seeds.length]);
        try (VectorEnv env = new PointGoalEnv(scenario, envs, Autoreset.SAME_STEP, team)) {
            Watcher watcher = new Watcher(policy, recognition, modes, seeds.length, switchAt);
            progress.begin("switching", (long) envs * (switchAt + PATIENCE), "env-steps");
            int made =
                    Rollout.run(
                            env,
                            policy,
                            all,
                            switchAt + PATIENCE,
                            progress,
                            recognition.and(watcher));
            progress.end();
            if (made < switchAt + PATIENCE) {
                throw new CancellationException("stopped while switching");
            }
            return watcher.report();
        }
    }

    /** Steers, and counts what comes of it. Environment (from K + to) L + layout. */
    private static final class Watcher implements Rollout.Listener {
        private final SteeredPolicy policy;
        private final Recognition recognition;
        private final int modes;
        private final int layouts;
        private final int switchAt;
        private final double[] costs;

        /** [envs] the code that is nearest, and for how many steps in a row. */
        private final int[] nearest;

        private final int[] heldFor;

        /**
         * [envs][K] after how many steps each code began to be the nearest for long; 0 if never.
         */
        private final int[][] takenFor;

        private int step;

        Watcher(
                SteeredPolicy policy,
                Recognition recognition,
                int modes,
                int layouts,
                int switchAt) {
            this.policy = policy;
            this.recognition = recognition;
            this.modes = modes;
            this.layouts = layouts;
            this.switchAt = switchAt;
            int envs = modes * modes * layouts;
            costs = new double[envs];
            nearest = new int[envs];
            heldFor = new int[envs];
            takenFor = new int[envs][modes];
        }

        private int from(int env) {
            return env / layouts / modes;
        }

        private int to(int env) {
            return env / layouts % modes;
        }

        @Override
        public void reset(EnvBatch state) {
            for (int env = 0; env < costs.length; env++) {
                policy.steer(env, from(env));
            }
        }

        @Override
        public void step(float[] actions, EnvBatch state) {
            step++;
            int after = step - switchAt;
            int kinds = state.costs.length / costs.length;
            for (int env = 0; env < costs.length; env++) {
                if (after == 0) {
                    policy.steer(env, to(env));
                }
                if (after > 0 && after <= AFTER) {
                    costs[env] += state.costs[(env + 1) * kinds - 1];
                }
                if (after > 0 && recognition.size() > 0) {
                    recognise(env, after);
                }
            }
        }

        private void recognise(int env, int after) {
            int code = recognition.nearest(env);
            heldFor[env] = code == nearest[env] ? heldFor[env] + 1 : 1;
            nearest[env] = code;
            if (heldFor[env] == HELD && code >= 0 && takenFor[env][code] == 0) {
                takenFor[env][code] = after - HELD + 1;
            }
        }

        SwitchReport report() {
            List<Pair> pairs = new ArrayList<>();
            for (int from = 0; from < modes; from++) {
                for (int to = 0; to < modes; to++) {
                    pairs.add(pair(from, to));
                }
            }
            return new SwitchReport(switchAt, List.copyOf(pairs));
        }

        private Pair pair(int from, int to) {
            double[] own = costsOf(from, to);
            double[] stayed = costsOf(from, from);
            double[] always = costsOf(to, to);
            double[] extra = new double[layouts];
            Arrays.setAll(extra, i -> own[i] - (stayed[i] + always[i]) / 2);
            int[] steps = takenFor(from, to, to);
            return new Pair(
                    from,
                    to,
                    Interval.of(own),
                    Interval.of(extra),
                    share(steps),
                    share(takenFor(from, from, to)),
                    steps.length > 0
                            ? OptionalDouble.of(
                                    (steps[(steps.length - 1) / 2] + steps[steps.length / 2]) / 2.0)
                            : OptionalDouble.empty());
        }

        private OptionalDouble share(int[] steps) {
            return recognition.size() > 0
                    ? OptionalDouble.of((double) steps.length / layouts)
                    : OptionalDouble.empty();
        }

        /** Ascending, of the layouts on which what was done was taken for a mode at all. */
        private int[] takenFor(int from, int to, int mode) {
            int first = (from * modes + to) * layouts;
            return IntStream.range(first, first + layouts)
                    .map(env -> takenFor[env][mode])
                    .filter(at -> at > 0)
                    .sorted()
                    .toArray();
        }

        private double[] costsOf(int from, int to) {
            int first = (from * modes + to) * layouts;
            return Arrays.copyOfRange(costs, first, first + layouts);
        }
    }
}
