package dev.memo.app;

import dev.memo.app.report.Report;
import dev.memo.base.InputException;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.dataset.Dataset;
import dev.memo.learner.memo.MemoConfig;
import dev.memo.learner.memo.MemoTrainer;
import dev.memo.learner.memo.ModeSelection;
import dev.memo.learner.ppo.PpoConfig;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** What learns. */
@Command(
        name = "train",
        description = "Learners.",
        subcommands = {TrainCommand.Memo.class, TrainCommand.Ppo.class})
final class TrainCommand {

    /** Trains MEMO. */
    @Command(
            name = "memo",
            description = "Finds the behaviours in a dataset and learns a policy steered to each.",
            footerHeading = "%nExample:%n",
            footer = "  memo train memo --data data/open --modes 3 --out runs/open")
    static final class Memo implements Runnable {
        /** Enough to see whether seeds agree. */
        private static final int SELECTION_SEEDS = 3;

        @Mixin private CommonOptions common;
        @Mixin private MemoOptions options;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "A dataset in Minari's format; with --resume the run's own.")
        private Path data;

        @Option(
                names = "--choose-modes",
                paramLabel = "MOST",
                description =
                        "Try 1 to MOST modes with three seeds each and learn as many as are worth"
                                + " having, by held-out likelihood and agreement of seeds.")
        private Integer chooseModes;

        /**
         * How a run ended.
         *
         * @param run its folder
         * @param epochs of its configuration
         * @param stopped whether a person stopped it before the last
         * @param selection how many modes are worth having; null if that was not asked or not found
         */
        record Figures(String run, int epochs, boolean stopped, ModeSelection selection) {}

        @Override
        public void run() {
            Path out = common.out(Path.of("runs", "memo"));
            RunConfig config = common.resume() ? resumed(out) : asked();
            Dataset dataset = Dataset.read(config.data());
            try (ThreadTeam team = new ThreadTeam(common.threads());
                    Device device = common.device(team)) {
                RunFolder folder =
                        common.resume()
                                ? RunFolder.open(out)
                                : create(out, config, dataset, device);
                ModeSelection selection = null;
                if (chooseModes != null) {
                    Optional<ModeSelection> choice = choose(config.memo(), dataset, device);
                    if (choice.isEmpty()) {
                        common.say("Stopped while choosing the number of modes.");
                        common.figures(figures(out, config, true, null));
                        return;
                    }
                    selection = choice.get();
                    selection.lines().forEach(common::say);
                    config = config.withModes(selection.modes());
                }
                if (!common.resume()) {
                    config.write(folder, common.commandLine());
                }
                Laboratory laboratory = new Laboratory(team, device, common.progress());
                laboratory.train(config, dataset, folder);
                boolean stopped = laboratory.progress().stopRequested();
                String shown = CommonOptions.quoted(out.toString());
                common.say(
                        stopped
                                ? "Stopped. Go on with: ./memo train memo --resume --out " + shown
                                : "The run is in %s. Next: ./memo evaluate %s"
                                        .formatted(out, shown));
                common.figures(figures(out, config, stopped, selection));
            }
        }

        private static Figures figures(
                Path out, RunConfig config, boolean stopped, ModeSelection selection) {
            return new Figures(out.toString(), config.memo().epochs(), stopped, selection);
        }

        private Optional<ModeSelection> choose(MemoConfig memo, Dataset dataset, Device device) {
            return ModeSelection.of(
                    memo, dataset, chooseModes, SELECTION_SEEDS, device, common.progress());
        }

        private RunConfig asked() {
            if (chooseModes != null) {
                common.refuse("--choose-modes", options.modes() != null, "--modes is given");
            }
            if (data == null) {
                throw common.wrong("--data: the folder of a dataset is needed");
            }
            MemoConfig memo = over(MemoConfig.DEFAULT);
            if (chooseModes != null) {
                common.fromFlags(() -> checked(memo));
            }
            return new RunConfig(memo, data);
        }

        private MemoConfig checked(MemoConfig memo) {
            ModeSelection.check(memo, chooseModes, SELECTION_SEEDS);
            return memo;
        }

        private MemoConfig over(MemoConfig base) {
            return common.fromFlags(() -> options.over(base, common.givenSeed()));
        }

        /** Makes the folder once it is known that the data can be learned from as asked. */
        private RunFolder create(Path out, RunConfig config, Dataset dataset, Device device) {
            new MemoTrainer(config.memo(), dataset, device);
            // Episodes of unequal length: those held out may all be too short to be judged by.
            int[] heldOut = MemoTrainer.split(config.memo(), dataset).heldOut();
            MemoTrainer.windows(config.memo(), dataset, heldOut);
            return RunFolder.create(out);
        }

        /** The run's own configuration; flags that contradict it are refused. */
        private RunConfig resumed(Path out) {
            common.refuse("--choose-modes", chooseModes != null, "with --resume the run's own");
            RunConfig before = RunConfig.read(RunFolder.open(out));
            MemoConfig asked = over(before.memo());
            if (!asked.equals(before.memo())) {
                throw new InputException(
                        "%s: was started with %s: --resume does not change it to %s"
                                .formatted(out, before.memo(), asked));
            }
            return data == null ? before : new RunConfig(before.memo(), data);
        }
    }

    /** Trains PPO. */
    @Command(
            name = "ppo",
            description = "Learns an expert by PPO, with a limit on the cost if asked.",
            footerHeading = "%nExample:%n",
            footer = "  memo train ppo --scenario goal1 --cost-limit 25 --out runs/safe")
    static final class Ppo implements Runnable {
        @Mixin private CommonOptions common;
        @Mixin private PpoOptions options;

        @Option(
                names = "--scenario",
                paramLabel = "SCENARIO",
                description =
                        "A scenario file, or the name of one that comes with MEMO; with --resume"
                                + " the run's own.")
        private String scenario;

        @Option(
                names = "--seeds",
                paramLabel = "N",
                converter = CommonOptions.AtLeastOne.class,
                description =
                        "Train so many seeds from --seed on, each a run in a folder of its own;"
                                + " default 1.")
        private Integer seeds;

        @Override
        public void run() {
            Path out = common.out(Path.of("runs", "ppo"));
            PpoRunConfig config = common.resume() ? resumed(out) : asked();
            try (ThreadTeam team = new ThreadTeam(common.threads());
                    Device device = common.device(team)) {
                PpoExperiment experiment =
                        common.resume()
                                ? PpoExperiment.open(out)
                                : PpoExperiment.create(out, config, common.commandLine());
                Laboratory laboratory = new Laboratory(team, device, common.progress());
                Optional<JsonNode> evaluation = experiment.run(laboratory);
                String shown = CommonOptions.quoted(out.toString());
                if (evaluation.isEmpty()) {
                    common.say("Stopped. Go on with: ./memo train ppo --resume --out " + shown);
                    return;
                }
                PpoExperiment.verdict(evaluation.get()).forEach(common::say);
                Path page = out.resolve("report.html");
                Report.write(out, page);
                common.say("The report: " + page.toAbsolutePath());
                common.figures(evaluation.get());
            }
        }

        private PpoRunConfig asked() {
            if (scenario == null) {
                throw common.wrong("--scenario: a world to learn in is needed");
            }
            Scenario world = Scenario.load(scenario);
            return PpoRunConfig.of(over(PpoConfig.DEFAULT), world, seeds == null ? 1 : seeds);
        }

        private PpoConfig over(PpoConfig base) {
            return common.fromFlags(() -> options.over(base, common.givenSeed()));
        }

        /** The run's own configuration; flags that contradict it are refused. */
        private PpoRunConfig resumed(Path out) {
            common.refuse("--seeds", seeds != null, "with --resume the run's own");
            PpoRunConfig own = PpoRunConfig.read(RunFolder.open(out));
            PpoConfig asked = over(own.ppo());
            if (!asked.equals(own.ppo())
                    || scenario != null && !Scenario.load(scenario).equals(own.scenario())) {
                throw new InputException(
                        "%s: was started in %s with %s: --resume does not change it"
                                .formatted(out, own.scenario().name(), own.ppo()));
            }
            return own;
        }
    }
}
