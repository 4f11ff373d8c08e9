package dev.memo.bench;

import dev.memo.base.Progress;
import dev.memo.base.Tensor;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.jvm.JvmDevice;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.DatasetSpec;
import dev.memo.learner.dataset.Episode;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.memo.MemoConfig;
import dev.memo.learner.memo.MemoTrainer;
import dev.memo.learner.rollout.Episodes;
import dev.memo.learner.rollout.Policy;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/**
 * MEMO's training with its default configuration. The data are few, so that an epoch is its
 * gradient steps and hardly anything else.
 */
public class Memo extends Throughput {
    private static final int EPISODES_PER_EXPERT = 12;

    private MemoTrainer trainer;
    private Map<String, Tensor> beginning;

    @Setup
    public void prepare(Team team) {
        trainer =
                new MemoTrainer(
                        MemoConfig.DEFAULT,
                        demonstrations(team.members()),
                        new JvmDevice(team.members()));
        beginning = trainer.snapshot();
    }

    private static Dataset demonstrations(ThreadTeam team) {
        Scenario world = Scenario.load("open").withEpisodeSteps(300);
        long[] seeds = LongStream.range(0, EPISODES_PER_EXPERT).toArray();
        List<Episode> episodes = new ArrayList<>();
        for (String name : List.of("goal", "forward", "circle")) {
            Policy expert = ScriptedExpert.named(name, 0.3, team);
            episodes.addAll(List.of(Episodes.collect(world, expert, seeds, team, Progress.SILENT)));
        }
        DatasetSpec spec = DatasetSpec.of(PointGoalEnv.specOf(world));
        return new Dataset("bench", Optional.of(world.toJson()), spec, episodes);
    }

    /** Learning rates are defined for the configured number of epochs only. */
    @Setup(Level.Iteration)
    public void startAnew() {
        trainer.restore(beginning, 0);
    }

    @Benchmark
    public Map<String, Double> epoch(Rows counter) {
        counter.rows += (long) MemoConfig.DEFAULT.iterations() * MemoConfig.DEFAULT.batch();
        return trainer.trainEpoch();
    }
}
