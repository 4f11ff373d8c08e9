package dev.memo.learner.rollout;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.dataset.Episode;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.env.VectorEnv;
import dev.memo.sim.recording.EpisodeRecorder;
import dev.memo.sim.recording.Recording;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/** One episode per seed. */
public final class Episodes {
    private Episodes() {}

    /**
     * Runs a policy for one episode per seed, all at once.
     *
     * @param seeds of the layouts
     * @return [seeds] the episodes; null where a person stopped the work before the episode's end
     */
    public static Episode[] collect(
            Scenario scenario, Policy policy, long[] seeds, ThreadTeam team, Progress progress) {
        Episode[] episodes = new Episode[seeds.length];
        // An environment whose episode ends early starts another; the first one counts.
        EpisodeCollector.Sink sink =
                (env, episode) -> episodes[env] = episodes[env] == null ? episode : episodes[env];
        try (VectorEnv env = new PointGoalEnv(scenario, seeds.length, Autoreset.SAME_STEP, team)) {
            EpisodeCollector collector = new EpisodeCollector(env.spec(), seeds, sink);
            Rollout.run(env, policy, seeds, scenario.episodeSteps(), progress, collector);
        }
        return episodes;
    }

    /**
     * Records one episode per seed, all at once.
     *
     * @param label who acts, for people
     * @param recognition whose distances are recorded
     * @return [seeds] the recordings; shorter than an episode where a person stopped the work
     */
    public static List<Recording> record(
            Scenario scenario,
            String label,
            Policy policy,
            Recognition recognition,
            long[] seeds,
            ThreadTeam team,
            Progress progress) {
        // The next episode must not take the last scene of this one away.
        try (VectorEnv env = new PointGoalEnv(scenario, seeds.length, Autoreset.DISABLED, team)) {
            List<EpisodeRecorder> recorders = new ArrayList<>();
            Rollout.Listener recording =
                    new Rollout.Listener() {
                        @Override
                        public void reset(EnvBatch state) {
                            for (int i = 0; i < seeds.length; i++) {
                                recorders.add(
                                        new EpisodeRecorder(scenario, label, seeds[i], env, i));
                            }
                        }

                        @Override
                        public void step(float[] actions, EnvBatch state) {
                            boolean[] over = new boolean[seeds.length];
                            for (int i = 0; i < seeds.length; i++) {
                                float[] context = policy.context(i);
                                float[] distances = recognition.distances(i);
                                recorders.get(i).step(actions, context, distances, state);
                                over[i] = state.ended(i);
                            }
                            // What ended early goes on with an episode that nobody records.
                            env.reset(over, state);
                        }
                    };
            int steps = scenario.episodeSteps();
            Rollout.run(env, policy, seeds, steps, progress, recognition.and(recording));
            return recorders.stream().map(EpisodeRecorder::recording).toList();
        }
    }
}
