package dev.memo.learner.memo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.jvm.JvmDevice;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.rollout.EpisodeCollector;
import dev.memo.learner.rollout.Rollout;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.PointGoalEnv;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SteeringTraceTest {
    private static final long[] SEEDS = {5, 6, 7};

    private final ThreadTeam team = new ThreadTeam(2);
    private final JvmDevice device = new JvmDevice(team);

    @AfterEach
    void closeTeam() {
        device.close();
        team.close();
    }

    private MemoModel trained() {
        MemoTrainer trainer =
                new MemoTrainer(TinyData.config(), TinyData.forwardAndCircle(), device);
        trainer.trainEpoch();
        return trainer.model();
    }

    @Test
    void sharesAndDensitiesAreThoseOfTheRecordedEpisodes() {
        MemoModel model = trained();
        EnvSpec spec = PointGoalEnv.specOf(TinyData.SCENARIO);
        SteeringTrace trace = new SteeringTrace(model, spec, SEEDS.length);
        List<Episode> episodes = new ArrayList<>();
        EpisodeCollector collector =
                new EpisodeCollector(spec, SEEDS, (_, episode) -> episodes.add(episode));
        try (PointGoalEnv env =
                new PointGoalEnv(TinyData.SCENARIO, SEEDS.length, Autoreset.SAME_STEP, team)) {
            // Two whole episodes in each environment.
            Rollout.run(
                    env,
                    ScriptedExpert.named("goal", 0, team),
                    SEEDS,
                    2 * TinyData.SCENARIO.episodeSteps(),
                    Progress.SILENT,
                    collector.and(trace));
        }
        assertThat(episodes).hasSize(6);

        Dataset recorded =
                new Dataset("recorded", Optional.empty(), DatasetSpec.of(spec), episodes);
        Windows windows =
                MemoTrainer.windows(model.config(), recorded, IntStream.range(0, 6).toArray());
        double[] near = new double[2];
        for (int code : model.codes(windows)) {
            near[code] += 1.0 / windows.size();
        }
        assertThat(near[0]).isStrictlyBetween(0.05, 0.95).isNotCloseTo(near[1], within(0.05));
        assertThat(trace.near()).containsExactly(near, within(1e-12));

        double[] densities = new double[2];
        for (int mode = 0; mode < 2; mode++) {
            int steps = 0;
            for (Episode episode : episodes) {
                // Without the last observation, from which nobody acts.
                float[] seen =
                        Arrays.copyOf(
                                episode.observations(), episode.steps() * spec.observationSize());
                for (float density : model.logDensities(seen, episode.actions(), mode)) {
                    densities[mode] += density;
                    steps++;
                }
            }
            densities[mode] /= steps;
        }
        assertThat(densities[0]).isNotCloseTo(densities[1], within(0.01));
        assertThat(trace.logDensities()).containsExactly(densities, within(1e-9));
    }
}
