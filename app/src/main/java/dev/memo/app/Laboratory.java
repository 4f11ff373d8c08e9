package dev.memo.app;

import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.evaluation.Behaviour;
import dev.memo.learner.evaluation.Evaluation;
import dev.memo.learner.evaluation.LikelihoodBounds;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.memo.MemoEvaluation;
import dev.memo.learner.memo.MemoModel;
import dev.memo.learner.memo.MemoRecognition;
import dev.memo.learner.memo.MemoRun;
import dev.memo.learner.rollout.Policy;
import dev.memo.learner.rollout.Recognition;
import dev.memo.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What several commands do with a run.
 *
 * @param team the threads
 * @param device where networks are computed
 * @param progress how far the work is
 */
record Laboratory(ThreadTeam team, Device device, Progress progress) {
    /** Layouts whose paths are recorded: as many as one panel of the report shows readably. */
    private static final int RECORDED = 4;

    /** A run's folder holds the same run with one mode more under this name, if there is one. */
    private static final String ONE_MORE = "one-more-mode";

    /** Where a run keeps the run with one mode more. */
    static Path oneMore(Path run) {
        return run.resolve(ONE_MORE);
    }

    /** Trains, from the folder's checkpoint if it has one. */
    void train(RunConfig config, Dataset dataset, RunFolder folder) {
        MemoRun.train(config.memo(), dataset, device, folder, progress);
    }

    /**
     * Measures a run, takes a sample of its modes, and records its paths.
     *
     * @param world empty for data of another world
     * @param layouts to steer on
     */
    Evaluation evaluate(LearnedRun run, Optional<Scenario> world, int layouts) {
        RunFolder folder = run.folder();
        Dataset dataset = run.dataset();
        Path oneMoreFolder = oneMore(folder.path());
        Optional<MemoEvaluation> oneMore =
                Files.exists(oneMoreFolder)
                        ? Optional.of(
                                new MemoEvaluation(
                                        MemoRun.load(
                                                RunFolder.open(oneMoreFolder), device, dataset),
                                        dataset,
                                        run.labels()))
                        : Optional.empty();
        MemoModel model = run.model();
        List<Expert> experts = world.isPresent() ? run.experts(device) : List.of();
        MemoEvaluation heldOut = new MemoEvaluation(model, dataset, run.labels());
        Evaluation evaluation =
                heldOut.evaluate(
                        world, experts, layouts, oneMore, LikelihoodBounds.NONE, team, progress);
        // Recording refuses a world that does not fit; then nothing has been written.
        world.ifPresent(
                scenario -> {
                    recordExperts(folder, scenario, experts, model.config().seed());
                    recordModes(folder, scenario, model, model.config().seed());
                });
        ModeSampler.sample(dataset, heldOut.heldOutCodes(), model.modes()).write(folder.path());
        evaluation.write(folder.evaluation());
        return evaluation;
    }

    /** Records some paths of experts on layouts that the run did not learn on. */
    void recordExperts(RunFolder folder, Scenario world, List<Expert> experts, long runSeed) {
        Recorder recorder = recorder(folder, world, runSeed);
        for (Expert expert : experts) {
            recorder.record(
                    "expert-" + expert.name(),
                    expert.name(),
                    expert.policy(0, team),
                    Recognition.NONE,
                    (_, _) -> {});
        }
    }

    /** Records some paths of every mode on the same layouts. */
    void recordModes(RunFolder folder, Scenario world, MemoModel model, long runSeed) {
        Recorder recorder = recorder(folder, world, runSeed);
        Recognition recognition = new MemoRecognition(model, recorder.spec(), recorder.watched());
        for (int mode = 0; mode < model.modes(); mode++) {
            recorder.record(
                    "mode-" + mode,
                    "mode " + mode,
                    model.steered(mode, false),
                    recognition,
                    (_, _) -> {});
        }
    }

    /** Records some paths of a policy on the same layouts. */
    void recordPolicy(RunFolder folder, Scenario world, String name, Policy policy, long runSeed) {
        recorder(folder, world, runSeed).record(name, name, policy, Recognition.NONE, (_, _) -> {});
    }

    private Recorder recorder(RunFolder folder, Scenario world, long runSeed) {
        long[] seeds = Behaviour.heldOutLayouts(runSeed, RECORDED);
        return new Recorder(folder.recordings(), world, seeds, team, Progress.SILENT);
    }

    /** Makes a folder and those above it, unless they are there. */
    static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new InputException(folder + ": cannot be made: " + e, e);
        }
    }
}
