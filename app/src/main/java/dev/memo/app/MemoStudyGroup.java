package dev.memo.app;

import dev.memo.app.MemoStudy.Case;
import dev.memo.app.MemoStudy.Data;
import dev.memo.app.MemoStudy.Learner;
import dev.memo.base.AtomicFiles;
import dev.memo.base.Folders;
import dev.memo.base.ProcessorTime;
import dev.memo.learner.baseline.BaselineConfig;
import dev.memo.learner.baseline.BaselineModel;
import dev.memo.learner.baseline.BaselineTrainer;
import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.dataset.ExpertLabels;
import dev.memo.learner.evaluation.CodeReport;
import dev.memo.learner.evaluation.Evaluation;
import dev.memo.learner.evaluation.HeldOut;
import dev.memo.learner.evaluation.LikelihoodBounds;
import dev.memo.learner.evaluation.ModeCodes;
import dev.memo.learner.evaluation.ModeEvaluation;
import dev.memo.learner.expert.Demonstrations;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.memo.MemoConfig;
import dev.memo.learner.memo.MemoEvaluation;
import dev.memo.learner.memo.MemoModel;
import dev.memo.learner.memo.MemoRun;
import dev.memo.learner.memo.ModeSelection;
import dev.memo.learner.ppo.PpoConfig;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The cases of a study that learn from one dataset; what they share is made once. */
final class MemoStudyGroup {
    private final MemoStudy study;
    private final MemoStudyFiles files;
    private final Laboratory laboratory;
    private final String command;
    private final Consumer<JsonNode> finished;
    private final int seed;
    private final Scenario world;
    private final Dataset dataset;
    private final Path folder;
    private final Optional<ExpertLabels> labels;
    private final List<Expert> experts;
    private final Map<BaselineConfig, Trained> clones = new HashMap<>();

    /**
     * Collects the data unless they are there.
     *
     * @param ppoSteps of the learned expert
     * @param command that makes the study again
     * @param finished takes each row as it is done
     */
    MemoStudyGroup(
            MemoStudy study,
            MemoStudyFiles files,
            Laboratory laboratory,
            long ppoSteps,
            String command,
            Consumer<JsonNode> finished,
            Data data,
            int seed) {
        this.study = study;
        this.files = files;
        this.laboratory = laboratory;
        this.command = command;
        this.finished = finished;
        this.seed = seed;
        world = Scenario.load(MemoStudy.SCENARIO).withEpisodeSteps(data.steps());
        experts = data.experts().stream().map(name -> expert(name, ppoSteps)).toList();
        folder = files.data(data, seed);
        collect(data);
        dataset = Dataset.read(folder);
        labels = ExpertLabels.read(folder, dataset);
    }

    private Expert expert(String name, long ppoSteps) {
        return name.equals(MemoStudy.LEARNED_GOAL)
                ? Experts.named("goal=" + learnedGoal(ppoSteps), laboratory.device())
                : Expert.scripted(name);
    }

    /** The goal expert that PPO learns, once for all. */
    private Path learnedGoal(long ppoSteps) {
        Path path = files.learnedGoal();
        PpoConfig config = ConfigJson.with(PpoConfig.DEFAULT, Map.of("steps", ppoSteps));
        PpoExperiment experiment =
                RunFolder.isOne(path)
                        ? PpoExperiment.open(path)
                        : PpoExperiment.create(
                                path,
                                PpoRunConfig.of(config, Scenario.load(MemoStudy.SCENARIO), 1),
                                command);
        if (experiment.folder().readEvaluation().isEmpty()
                && experiment.run(laboratory).isEmpty()) {
            throw new CancellationException("stopped while PPO learned");
        }
        return path;
    }

    /** Data without their mark were stopped half way and are made again. */
    private void collect(Data data) {
        Path mark = folder.resolveSibling(folder.getFileName() + ".done");
        if (Files.exists(mark)) {
            return;
        }
        if (Files.exists(folder)) {
            Folders.delete(folder);
        }
        new Demonstrations(world, experts, data.episodes(), data.noise(), seed)
                .write(folder, laboratory.team(), laboratory.progress());
        stopIfAsked();
        AtomicFiles.writeText(mark, "");
    }

    void run(List<Case> cases) {
        for (Case one : cases) {
            switch (one.learner()) {
                case Learner.Memo(MemoConfig config, List<Integer> _, int _) ->
                        memo(one, config.with(seed, config.modes(), config.epochs()));
                case Learner.Selection(MemoConfig config, int most, int seeds) ->
                        selection(one, config, most, seeds);
                case Learner.Baseline(BaselineConfig config) -> baseline(one, ofSeed(config));
            }
        }
    }

    private BaselineConfig ofSeed(BaselineConfig config) {
        return ConfigJson.with(config, Map.of("seed", seed));
    }

    private void memo(Case one, MemoConfig config) {
        Path path = files.folder(one, seed);
        RunFolder run;
        if (RunFolder.isOne(path)) {
            run = RunFolder.open(path);
        } else {
            run = RunFolder.create(path);
            new RunConfig(config, folder).write(run, command);
        }
        for (int epoch : one.stages(seed)) {
            if (Files.exists(files.row(one, seed, epoch))) {
                continue;
            }
            MemoModel model =
                    MemoRun.train(
                            config,
                            dataset,
                            laboratory.device(),
                            run,
                            epoch,
                            laboratory.progress());
            stopIfAsked();
            MemoEvaluation heldOut = new MemoEvaluation(model, dataset, labels);
            Evaluation evaluation =
                    heldOut.evaluate(
                            Optional.of(world),
                            experts,
                            study.layouts(),
                            Optional.empty(),
                            bounds(one, heldOut.heldOut()),
                            laboratory.team(),
                            laboratory.progress());
            RunFolder stage = new RunFolder(files.stage(one, seed, epoch));
            if (seed == 0) {
                laboratory.recordExperts(stage, world, experts, seed);
                laboratory.recordModes(stage, world, model, seed);
            }
            write(one, epoch, evaluation, run.processorSeconds(), stage);
        }
    }

    private void selection(Case one, MemoConfig config, int most, int seeds) {
        double start = ProcessorTime.seconds();
        ModeSelection choice =
                ModeSelection.of(
                                config,
                                dataset,
                                most,
                                seeds,
                                laboratory.device(),
                                laboratory.progress())
                        .orElseThrow(() -> new CancellationException("stopped while choosing"));
        double seconds = ProcessorTime.seconds() - start;
        Laboratory.makeFolder(files.stage(one, seed, config.epochs()));
        finish(one, config.epochs(), seconds, JsonMapper.shared().valueToTree(choice));
    }

    private void baseline(Case one, BaselineConfig config) {
        Trained trained = trained(config);
        BaselineModel model = trained.model();
        int[] episodes = BaselineTrainer.split(config, dataset).heldOut();
        HeldOut heldOut =
                new HeldOut(
                        BaselineTrainer.transitions(config, dataset, episodes),
                        episodes.length,
                        labels,
                        seed);
        ModeCodes codes =
                new ModeCodes(
                        ModeCodes.mostLikely(model, heldOut).ofRows(),
                        model.episodeModes(heldOut.rows()));
        Evaluation evaluation =
                new ModeEvaluation(model, heldOut, codes, OptionalDouble.empty())
                        .evaluate(
                                Optional.of(world),
                                experts,
                                study.layouts(),
                                Optional.empty(),
                                bounds(one, heldOut),
                                laboratory.team(),
                                laboratory.progress());
        RunFolder stage = new RunFolder(files.stage(one, seed, config.epochs()));
        write(one, config.epochs(), evaluation, trained.seconds(), stage);
    }

    /** Between what the data's modes are judged: clones, which the tables of baselines show too. */
    private LikelihoodBounds bounds(Case one, HeldOut heldOut) {
        int all = labels.orElseThrow().names().size();
        BaselineModel floor = clone(one.clones(), BaselineConfig.Kind.CLONING, 1);
        BaselineModel ceiling = clone(one.clones(), BaselineConfig.Kind.LABELLED, all);
        return LikelihoodBounds.of(floor, Optional.of(ceiling), heldOut);
    }

    private BaselineModel clone(BaselineConfig config, BaselineConfig.Kind kind, int modes) {
        return trained(ConfigJson.with(config, Map.of("kind", kind, "modes", modes, "seed", seed)))
                .model();
    }

    /**
     * Trains a baseline; those that bound likelihoods once, the others have nobody to share them.
     */
    private Trained trained(BaselineConfig config) {
        return switch (config.kind()) {
            case CLONING, LABELLED -> clones.computeIfAbsent(config, this::train);
            default -> train(config);
        };
    }

    private Trained train(BaselineConfig config) {
        int[] all = IntStream.range(0, dataset.episodes().size()).toArray();
        double start = ProcessorTime.seconds();
        BaselineModel model =
                BaselineTrainer.train(
                                config,
                                dataset,
                                labels.map(known -> known.ofRows(all)),
                                laboratory.device(),
                                laboratory.progress())
                        .orElseThrow(() -> new CancellationException("stopped while cloning"));
        return new Trained(model, ProcessorTime.seconds() - start);
    }

    private void write(
            Case one, int epoch, Evaluation evaluation, double seconds, RunFolder stage) {
        Laboratory.makeFolder(stage.path());
        evaluation.write(stage.evaluation());
        ObjectNode figures = evaluation.summary();
        evaluation
                .codes()
                .agreement()
                .ifPresent(known -> figures.set("confusion_step", table(known)));
        finish(one, epoch, seconds, figures);
    }

    /** Writes the row, last: what has it is done. */
    private void finish(Case one, int epoch, double seconds, ObjectNode figures) {
        ObjectNode row = JsonMapper.shared().createObjectNode();
        row.put("section", one.section());
        row.put("case", one.name());
        row.put("seed", seed);
        row.put("epoch", epoch);
        row.put("processor_seconds", seconds);
        row.setAll(figures);
        AtomicFiles.writeText(files.row(one, seed, epoch), row + "\n");
        finished.accept(row);
    }

    private static JsonNode table(CodeReport.Agreement known) {
        return JsonMapper.shared().valueToTree(known.perStep().counts());
    }

    private void stopIfAsked() {
        if (laboratory.progress().stopRequested()) {
            throw new CancellationException("stopped between two pieces of work");
        }
    }

    /**
     * A baseline.
     *
     * @param seconds that its training took of all processors together
     */
    private record Trained(BaselineModel model, double seconds) {}
}
