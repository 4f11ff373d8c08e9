package dev.memo.app;

import dev.memo.app.MemoStudy.Case;
import dev.memo.app.MemoStudy.Data;
import dev.memo.app.MemoStudy.Learner;
import dev.memo.base.AtomicFiles;
import dev.memo.base.Folders;
import dev.memo.base.InputException;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Does what is not done yet of a {@link MemoStudy}, in a folder: data by experts and seed, runs by
 * section, line and seed. Every measurement leaves a {@code row.json}; what has one is done.
 */
final class MemoStudyRun {
    private final MemoStudy study;
    private final Path out;
    private final Laboratory laboratory;
    private final long ppoSteps;
    private final String command;
    private final Consumer<JsonNode> finished;

    /**
     * Prepares it.
     *
     * @param ppoSteps of the learned expert
     * @param command that makes all of it again
     * @param finished takes each row as it is done
     */
    MemoStudyRun(
            MemoStudy study,
            Path out,
            Laboratory laboratory,
            long ppoSteps,
            String command,
            Consumer<JsonNode> finished) {
        this.study = study;
        this.out = out;
        this.laboratory = laboratory;
        this.ppoSteps = ppoSteps;
        this.command = command;
        this.finished = finished;
    }

    /**
     * Goes through all cases, data by data, so that what they share is made once.
     *
     * @return whether all is done; false if a person asked to stop
     */
    boolean run() {
        requireSameStudy();
        try {
            for (Data data : new LinkedHashSet<>(study.cases().stream().map(Case::data).toList())) {
                List<Case> cases =
                        study.cases().stream().filter(one -> one.data().equals(data)).toList();
                int seeds = cases.stream().mapToInt(Case::seeds).max().orElseThrow();
                for (int seed = 0; seed < seeds; seed++) {
                    int current = seed;
                    List<Case> left =
                            cases.stream()
                                    .filter(one -> current < one.seeds())
                                    .filter(one -> !done(one, current))
                                    .toList();
                    if (!left.isEmpty()) {
                        new Group(data, seed).run(left);
                    }
                }
            }
            return true;
        } catch (CancellationException _) {
            return false;
        }
    }

    /** A folder goes on with the study that it was begun with. */
    private void requireSameStudy() {
        Path file = out.resolve("study.json");
        String text = JsonMapper.shared().writeValueAsString(study) + "\n";
        try {
            if (Files.exists(file) && !Files.readString(file).equals(text)) {
                throw new InputException(
                        file + ": was begun with other cases: choose another --out, or its flags");
            }
        } catch (IOException e) {
            throw new InputException(file + ": not readable: " + e, e);
        }
        Laboratory.makeFolder(out);
        AtomicFiles.writeText(file, text);
    }

    private boolean done(Case one, int seed) {
        return stages(one).stream().allMatch(epoch -> Files.exists(row(one, seed, epoch)));
    }

    /** The epochs after which a case is measured. */
    static List<Integer> stages(Case one) {
        return switch (one.learner()) {
            case Learner.Memo(MemoConfig _, List<Integer> epochs) -> epochs;
            case Learner.Selection(MemoConfig config, int _, int _) -> List.of(config.epochs());
            case Learner.Baseline(BaselineConfig config) -> List.of(config.epochs());
        };
    }

    /** Where a measurement's figures are. */
    Path row(Case one, int seed, int epoch) {
        return stage(one, seed, epoch).resolve("row.json");
    }

    /** Where a measurement's files are: figures, evaluation and recordings. */
    Path stage(Case one, int seed, int epoch) {
        return folder(one, seed).resolve("epoch-" + epoch);
    }

    /** The run of a case and seed. */
    Path folder(Case one, int seed) {
        return out.resolve(one.section()).resolve(slug(one)).resolve("seed-" + seed);
    }

    /** A case's name as a file's. */
    String slug(Case one) {
        return one.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private void stopIfAsked() {
        if (laboratory.progress().stopRequested()) {
            throw new CancellationException("stopped between two pieces of work");
        }
    }

    /**
     * Behaviour cloning of some data.
     *
     * @param floor without modes
     * @param ceiling told who acted
     */
    private record Clones(BaselineModel floor, BaselineModel ceiling) {}

    /** The cases of one dataset. */
    private final class Group {
        private final int seed;
        private final Scenario world;
        private final Dataset dataset;
        private final Path folder;
        private final Optional<ExpertLabels> labels;
        private final List<Expert> experts;
        private final Map<BaselineConfig, Clones> clones = new HashMap<>();

        Group(Data data, int seed) {
            this.seed = seed;
            world = Scenario.load(MemoStudy.SCENARIO).withEpisodeSteps(data.steps());
            experts = data.experts().stream().map(this::expert).toList();
            folder = out.resolve("data").resolve(data.name() + "-" + seed);
            collect(data);
            dataset = Dataset.read(folder);
            labels = ExpertLabels.read(folder, dataset);
        }

        private Expert expert(String name) {
            return name.equals(MemoStudy.LEARNED_GOAL)
                    ? Experts.named("goal=" + learnedGoal(), laboratory.device())
                    : Expert.scripted(name);
        }

        /** The goal expert that PPO learns, once for all. */
        private Path learnedGoal() {
            Path path = out.resolve("experts").resolve("goal");
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
                    case Learner.Memo(MemoConfig config, List<Integer> epochs) ->
                            memo(one, config.with(seed, config.modes(), config.epochs()), epochs);
                    case Learner.Selection(MemoConfig config, int most, int seeds) ->
                            selection(one, config, most, seeds);
                    case Learner.Baseline(BaselineConfig config) -> baseline(one, ofSeed(config));
                }
            }
        }

        private BaselineConfig ofSeed(BaselineConfig config) {
            return ConfigJson.with(config, Map.of("seed", seed));
        }

        private void memo(Case one, MemoConfig config, List<Integer> epochs) {
            Path path = MemoStudyRun.this.folder(one, seed);
            RunFolder run;
            if (RunFolder.isOne(path)) {
                run = RunFolder.open(path);
            } else {
                run = RunFolder.create(path);
                new RunConfig(config, folder).write(run, command);
            }
            for (int epoch : epochs) {
                if (Files.exists(row(one, seed, epoch))) {
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
                RunFolder stage = new RunFolder(stage(one, seed, epoch));
                if (seed == 0) {
                    laboratory.recordExperts(stage, world, experts, seed);
                    laboratory.recordModes(stage, world, model, seed);
                }
                write(one, epoch, evaluation, seconds(run), stage);
            }
        }

        private void selection(Case one, MemoConfig config, int most, int seeds) {
            long start = System.nanoTime();
            ModeSelection choice =
                    ModeSelection.of(
                                    config,
                                    dataset,
                                    most,
                                    seeds,
                                    laboratory.device(),
                                    laboratory.progress())
                            .orElseThrow(() -> new CancellationException("stopped while choosing"));
            double seconds = (System.nanoTime() - start) / 1e9;
            ObjectNode row = JsonMapper.shared().createObjectNode();
            row.put("section", one.section());
            row.put("case", one.name());
            row.put("seed", seed);
            row.put("epoch", config.epochs());
            row.put("seconds", seconds);
            row.setAll((ObjectNode) JsonMapper.shared().valueToTree(choice));
            Laboratory.makeFolder(stage(one, seed, config.epochs()));
            AtomicFiles.writeText(row(one, seed, config.epochs()), row + "\n");
            finished.accept(row);
        }

        private void baseline(Case one, BaselineConfig config) {
            long start = System.nanoTime();
            BaselineModel model = trained(config);
            double seconds = (System.nanoTime() - start) / 1e9;
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
            RunFolder stage = new RunFolder(stage(one, seed, config.epochs()));
            write(one, config.epochs(), evaluation, seconds, stage);
        }

        /** Between what the data's modes are judged; clones are trained when first needed. */
        private LikelihoodBounds bounds(Case one, HeldOut heldOut) {
            Clones clones = this.clones.computeIfAbsent(one.clones(), this::clones);
            return LikelihoodBounds.of(clones.floor, Optional.of(clones.ceiling), heldOut);
        }

        private Clones clones(BaselineConfig config) {
            int experts = labels.orElseThrow().names().size();
            return new Clones(
                    trained(of(config, BaselineConfig.Kind.CLONING, 1)),
                    trained(of(config, BaselineConfig.Kind.LABELLED, experts)));
        }

        private BaselineConfig of(BaselineConfig config, BaselineConfig.Kind kind, int modes) {
            return ConfigJson.with(config, Map.of("kind", kind, "modes", modes, "seed", seed));
        }

        private BaselineModel trained(BaselineConfig config) {
            int[] all = IntStream.range(0, dataset.episodes().size()).toArray();
            return BaselineTrainer.train(
                            config,
                            dataset,
                            labels.map(known -> known.ofRows(all)),
                            laboratory.device(),
                            laboratory.progress())
                    .orElseThrow(() -> new CancellationException("stopped while cloning"));
        }

        private void write(
                Case one, int epoch, Evaluation evaluation, double seconds, RunFolder stage) {
            Laboratory.makeFolder(stage.path());
            evaluation.write(stage.evaluation());
            ObjectNode row = JsonMapper.shared().createObjectNode();
            row.put("section", one.section());
            row.put("case", one.name());
            row.put("seed", seed);
            row.put("epoch", epoch);
            row.put("seconds", seconds);
            row.setAll(evaluation.summary());
            evaluation
                    .codes()
                    .agreement()
                    .ifPresent(known -> row.set("confusion_step", table(known)));
            // Last: what has it is done.
            AtomicFiles.writeText(row(one, seed, epoch), row + "\n");
            finished.accept(row);
        }

        private static JsonNode table(CodeReport.Agreement known) {
            return JsonMapper.shared().valueToTree(known.perStep().counts());
        }
    }

    /** What a run's epochs took so far. */
    private static double seconds(RunFolder run) {
        return run.readTimings().stream()
                .mapToDouble(line -> line.path("seconds").asDouble())
                .sum();
    }
}
