package dev.memo.app;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.rollout.Episodes;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.Recognition;
import dev.memo.sim.env.EnvSpec;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.recording.Recording;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;

/**
 * Records what several policies do on the same layouts.
 *
 * @param folder made if it is not there; a file of the same name is replaced
 * @param world where they act
 * @param seeds of the layouts
 * @param team the threads
 * @param progress advances by the steps of all environments
 */
record Recorder(Path folder, Scenario world, long[] seeds, ThreadTeam team, Progress progress) {
    /** Layouts at once; bounds the memory of recordings, a megabyte for 1000 steps of goal1. */
    private static final int BATCH = 64;

    /** What the environments show. */
    EnvSpec spec() {
        return PointGoalEnv.specOf(world);
    }

    /** How many of the first environments there can be to watch. */
    int watched() {
        return Math.min(BATCH, seeds.length);
    }

    /**
     * Records one policy: files NAME.I.safetensors, I counting layouts.
     *
     * @param label who acts, for people
     * @param recognition of {@link #watched} environments
     * @param written told of every file
     * @throws CancellationException if a person asks to stop
     */
    void record(
            String name,
            String label,
            Policy policy,
            Recognition recognition,
            BiConsumer<Path, Recording> written) {
        for (int from = 0; from < seeds.length; from += BATCH) {
            long[] some = Arrays.copyOfRange(seeds, from, Math.min(seeds.length, from + BATCH));
            int number = from;
            for (Recording recording :
                    Episodes.record(world, label, policy, recognition, some, team, progress)) {
                if (progress.stopRequested()) {
                    throw new CancellationException("stopped while recording");
                }
                Laboratory.makeFolder(folder);
                Path file = folder.resolve(name + "." + number++ + ".safetensors");
                recording.write(file);
                written.accept(file, recording);
            }
        }
    }
}
