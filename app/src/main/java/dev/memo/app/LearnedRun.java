package dev.memo.app;

import dev.memo.kernels.Device;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.ExpertLabels;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.memo.MemoModel;
import dev.memo.learner.memo.MemoRun;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A run of MEMO with the data that it learned from, for what holds one against the other.
 *
 * @param actors its modes
 * @param dataset whole, held-out episodes too
 */
record LearnedRun(Actors.OfMemo actors, Dataset dataset) {
    /**
     * Loads a run and its data.
     *
     * @throws dev.memo.base.InputException if one of them cannot be read, the run is not one of
     *     MEMO, or the data are not those that it learned from
     */
    static LearnedRun open(Path run, Device device) {
        RunFolder folder = RunFolder.open(run);
        RunConfig config = RunConfig.read(folder);
        return of(folder, config, Dataset.read(config.data()), device);
    }

    /**
     * Loads a run whose data are at hand.
     *
     * @throws dev.memo.base.InputException if it cannot be read, or learned from other data
     */
    static LearnedRun of(RunFolder folder, RunConfig config, Dataset dataset, Device device) {
        MemoModel model = MemoRun.load(folder, device, dataset);
        return new LearnedRun(new Actors.OfMemo(folder, config, model), dataset);
    }

    RunFolder folder() {
        return actors.folder();
    }

    MemoModel model() {
        return actors.model();
    }

    /** Where the data are from; empty if that is another world than MEMO's. */
    Optional<Scenario> world() {
        return dataset.scenario().map(json -> Scenario.parse(json, actors.config().data() + ""));
    }

    /**
     * Who made the data, where that is known.
     *
     * @throws dev.memo.base.InputException if what says so is damaged
     */
    Optional<ExpertLabels> labels() {
        return ExpertLabels.read(actors.config().data(), dataset);
    }

    /** Those who made the data; empty if nobody knows them, or one of them cannot act again. */
    List<Expert> experts(Device device) {
        return labels().map(known -> Experts.of(known, device)).orElse(List.of());
    }

    /** The names of those who made the data; empty if nobody knows them. */
    List<String> expertNames() {
        return labels().map(ExpertLabels::names).orElse(List.of());
    }
}
