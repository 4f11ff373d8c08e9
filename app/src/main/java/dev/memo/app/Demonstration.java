package dev.memo.app;

import dev.memo.base.Folders;
import dev.memo.base.InputException;
import dev.memo.kernels.Device;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.evaluation.Evaluation;
import dev.memo.learner.expert.Demonstrations;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.memo.MemoConfig;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The demonstration: experts act, MEMO finds them again in the data without labels and is steered
 * to each. A run's folder with the data in {@code data} and the run with one mode more inside.
 *
 * @param folder of the run
 * @param config what is learned
 * @param size how much is collected and measured
 * @param command that makes it again
 */
record Demonstration(RunFolder folder, RunConfig config, Size size, String command) {
    static final List<String> EXPERTS = List.of("goal", "forward", "circle");
    private static final String SCENARIO = "open";

    /** Noise shows the learner how the experts recover from where they would not have gone. */
    static final double NOISE = 0.3;

    /**
     * How much is collected, learned and measured.
     *
     * @param episodes of each expert
     * @param steps of an episode
     * @param memo what is learned, but for the seed
     * @param oneMoreEpochs of the run with one mode more; it is there for its codes, which settle
     *     early
     * @param layouts to steer on
     */
    record Size(int episodes, int steps, MemoConfig memo, int oneMoreEpochs, int layouts) {
        /** What {@code memo demo} does. */
        static final Size FULL = new Size(500, 300, MemoConfig.DEFAULT, 16, 50);

        private MemoConfig memo(long seed) {
            return memo.with(seed, EXPERTS.size(), memo.epochs());
        }
    }

    /**
     * Refuses who cannot act in the demonstration's world.
     *
     * @throws InputException saying what it misses
     */
    static void requireCanAct(Expert expert) {
        expert.check(PointGoalEnv.specOf(Scenario.load(SCENARIO)));
    }

    /**
     * A new one.
     *
     * @param experts who acts, as {@link Experts} names them
     */
    static Demonstration create(
            Path out, long seed, List<String> experts, Size size, String command) {
        RunConfig config = new RunConfig(size.memo(seed), data(out), experts);
        Demonstration made = new Demonstration(RunFolder.create(out), config, size, command);
        config.write(made.folder, command);
        return made;
    }

    /**
     * One that was stopped; it goes on with its own seed.
     *
     * @param seed what a person takes its seed to be, if given
     * @throws InputException if it has another seed, or the folder is not that of a demonstration
     */
    static Demonstration open(Path out, Optional<Long> seed, Size size, String command) {
        RunFolder folder = RunFolder.open(out);
        RunConfig config = RunConfig.read(folder);
        MemoConfig before = config.memo();
        if (seed.isPresent() && seed.get() != before.seed()) {
            throw new InputException(
                    "--seed %d: %s was started with --seed %d"
                            .formatted(seed.get(), out, before.seed()));
        }
        if (!before.equals(size.memo(before.seed()))) {
            throw new InputException(
                    "%s: is a run with %s, not a demonstration".formatted(out, before));
        }
        List<String> experts = config.experts().isEmpty() ? EXPERTS : config.experts();
        RunConfig here = new RunConfig(before, data(out), experts);
        return new Demonstration(folder, here, size, command);
    }

    private static Path data(Path out) {
        return out.resolve("data");
    }

    /**
     * Does what is not done yet.
     *
     * @return empty if a person stopped it
     */
    Optional<Evaluation> run(Laboratory laboratory) {
        Scenario world = Scenario.load(SCENARIO).withEpisodeSteps(size.steps());
        collect(laboratory, world);
        if (laboratory.progress().stopRequested()) {
            return Optional.empty();
        }
        Dataset dataset = Dataset.read(config.data());
        laboratory.train(config, dataset, folder);
        trainOneMore(laboratory, dataset);
        if (laboratory.progress().stopRequested()) {
            return Optional.empty();
        }
        LearnedRun learned = LearnedRun.of(folder, config, dataset, laboratory.device());
        return Optional.of(laboratory.evaluate(learned, Optional.of(world), size.layouts()));
    }

    /** What it has learned, from its own data even if its folder has been moved. */
    LearnedRun learned(Device device) {
        return LearnedRun.of(folder, config, Dataset.read(config.data()), device);
    }

    /** Data that a stop left incomplete are made again: it takes seconds. */
    private void collect(Laboratory laboratory, Scenario world) {
        if (Files.exists(config.data())) {
            if (collected()) {
                return;
            }
            Folders.delete(config.data());
        }
        List<Expert> experts =
                config.experts().stream()
                        .map(one -> Experts.named(one, laboratory.device()))
                        .toList();
        new Demonstrations(world, experts, size.episodes(), NOISE, config.memo().seed())
                .write(config.data(), laboratory.team(), laboratory.progress());
    }

    /** Whether all data are there and readable. */
    private boolean collected() {
        try {
            int episodes = Dataset.read(config.data()).episodes().size();
            return episodes == EXPERTS.size() * size.episodes();
        } catch (InputException _) {
            return false;
        }
    }

    private void trainOneMore(Laboratory laboratory, Dataset dataset) {
        if (laboratory.progress().stopRequested()) {
            return;
        }
        MemoConfig memo = config.memo();
        RunConfig oneMore =
                new RunConfig(
                        memo.with(memo.seed(), memo.modes() + 1, size.oneMoreEpochs()),
                        config.data());
        Path path = Laboratory.oneMore(folder.path());
        RunFolder inside = Files.exists(path) ? new RunFolder(path) : RunFolder.create(path);
        oneMore.write(inside, command);
        laboratory.train(oneMore, dataset, inside);
    }
}
