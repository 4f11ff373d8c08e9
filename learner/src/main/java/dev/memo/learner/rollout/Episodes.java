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
        try (VectorEnv env = envs(scenario, seeds, team)) {
            EpisodeCollector collector = new EpisodeCollector(env.spec(), seeds, sink);
            Rollout.run(env, policy, seeds, scenario.episodeSteps(), progress, collector);
        }
        return episodes;
    }

    /**
     * Records one episode per seed.
     *
     * @param label who acts, for people
     */
    public static List<Recording> record(
            Scenario scenario, String label, Policy policy, long[] seeds, ThreadTeam team) {
        try (VectorEnv env = envs(scenario, seeds, team)) {
            Recorders recorders = new Recorders(scenario, label, env, policy);
            Rollout.run(env, policy, seeds, scenario.episodeSteps(), Progress.SILENT, recorders);
            return recorders.list.stream().map(EpisodeRecorder::recording).toList();
        }
    }

    private static VectorEnv envs(Scenario scenario, long[] seeds, ThreadTeam team) {
        return new PointGoalEnv(scenario, seeds.length, Autoreset.SAME_STEP, team);
    }

    /** A recorder for each environment. */
    private static final class Recorders implements Rollout.Listener {
        private final Scenario scenario;
        private final String label;
        private final VectorEnv env;
        private final Policy policy;
        private final List<EpisodeRecorder> list = new ArrayList<>();
        private float[] contexts = new float[0];

        Recorders(Scenario scenario, String label, VectorEnv env, Policy policy) {
            this.scenario = scenario;
            this.label = label;
            this.env = env;
            this.policy = policy;
        }

        @Override
        public void reset(EnvBatch state) {
            int size = policy.context(0).length;
            contexts = new float[env.envs() * size];
            for (int i = 0; i < env.envs(); i++) {
                list.add(new EpisodeRecorder(scenario, label, env, i, size));
            }
        }

        @Override
        public void step(float[] actions, EnvBatch state) {
            int size = contexts.length / list.size();
            for (int i = 0; i < list.size(); i++) {
                System.arraycopy(policy.context(i), 0, contexts, i * size, size);
            }
            list.forEach(recorder -> recorder.step(actions, contexts, state));
        }
    }
}
