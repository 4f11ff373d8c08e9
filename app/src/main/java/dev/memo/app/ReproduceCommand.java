package dev.memo.app;

import dev.memo.app.report.Report;
import dev.memo.base.AtomicFiles;
import dev.memo.base.Folders;
import dev.memo.base.InputException;
import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.checkpoint.ConfigJson;
import dev.memo.learner.checkpoint.RunFolder;
import dev.memo.learner.ppo.PpoConfig;
import dev.memo.learner.ppo.PpoConfig.MultiplierKind;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Makes the tables of the documentation again. */
@Command(
        name = "reproduce",
        description = "Makes results of the documentation again.",
        subcommands = {ReproduceCommand.Ppo.class, ReproduceMemoCommand.class})
final class ReproduceCommand {

    /** The experts of docs/ppo.md. */
    @Command(
            name = "ppo",
            description = "Trains the experts of docs/ppo.md and writes their table.",
            footerHeading = "%nExample:%n",
            footer = "  memo reproduce ppo --quick")
    static final class Ppo implements Runnable {
        private static final int SEEDS = 5;
        private static final int QUICK_SEEDS = 2;

        /** Enough to see that it works. */
        private static final double QUICK = 0.1;

        @Mixin private CommonOptions common;

        @Option(
                names = "--quick",
                description = "Two seeds and a tenth of the steps: a minute or two on 2 cores.")
        private boolean quick;

        /**
         * One line of the table.
         *
         * @param name of its folder
         * @param limit on the cost, if there is one
         * @param steps of each seed
         */
        private record Case(String name, String scenario, Optional<Double> limit, long steps) {
            PpoConfig config(long seed, double share) {
                Map<String, Object> values = new HashMap<>();
                values.put("seed", seed);
                values.put("steps", Math.round(share * steps));
                limit.ifPresent(
                        cost -> {
                            values.put("cost_limit", cost);
                            values.put("multiplier", MultiplierKind.PID);
                        });
                return ConfigJson.with(PpoConfig.DEFAULT, values);
            }

            /** What a person types for this line alone. */
            String command(int seeds, PpoConfig config) {
                return "./memo train ppo --scenario %s%s%s%s --seeds %d"
                        .formatted(
                                scenario,
                                limit.map(" --cost-limit %.0f"::formatted).orElse(""),
                                config.steps() == PpoConfig.DEFAULT.steps()
                                        ? ""
                                        : " --steps " + config.steps(),
                                ofSeed(config),
                                seeds);
            }
        }

        private static final List<Case> CASES =
                List.of(
                        new Case("goal1", "goal1", Optional.empty(), 10_000_000),
                        new Case("goal1-safe", "goal1", Optional.of(25.0), 20_000_000),
                        new Case("goal2", "goal2", Optional.empty(), 10_000_000),
                        new Case("goal2-safe", "goal2", Optional.of(25.0), 20_000_000));

        @Override
        public void run() {
            Path out = common.out(Path.of("runs", quick ? "reproduce-ppo-quick" : "reproduce-ppo"));
            if (!common.resume()) {
                Folders.createEmpty(out, "choose another --out, or go on with --resume");
            } else if (!Files.isDirectory(out)) {
                throw new InputException(out + ": not there, so there is nothing to go on with");
            }
            int seeds = quick ? QUICK_SEEDS : SEEDS;
            StringBuilder table = new StringBuilder();
            try (ThreadTeam team = new ThreadTeam(common.threads());
                    Device device = common.device(team)) {
                Laboratory laboratory = new Laboratory(team, device, common.progress());
                for (Case one : CASES) {
                    PpoConfig config = one.config(common.seed(), quick ? QUICK : 1);
                    String command = one.command(seeds, config);
                    PpoExperiment experiment = experiment(out, one, config, seeds, command);
                    Optional<JsonNode> evaluation = experiment.run(laboratory);
                    if (evaluation.isEmpty()) {
                        common.say(
                                "Stopped. Go on with: ./memo reproduce ppo%s%s --resume --out %s"
                                        .formatted(
                                                quick ? " --quick" : "",
                                                ofSeed(config),
                                                CommonOptions.quoted(out.toString())));
                        return;
                    }
                    Path folder = experiment.folder().path();
                    Report.write(folder, folder.resolve("report.html"));
                    table.append(PpoTable.of(command, experiment, evaluation.get())).append('\n');
                    AtomicFiles.writeText(out.resolve("results.md"), table.toString());
                    PpoExperiment.verdict(evaluation.get()).forEach(common::say);
                    common.figures(evaluation.get());
                }
            }
            common.say("The tables are in " + out.resolve("results.md"));
        }

        private static String ofSeed(PpoConfig config) {
            return config.seed() == 0 ? "" : " --seed " + config.seed();
        }

        private PpoExperiment experiment(
                Path out, Case one, PpoConfig config, int seeds, String command) {
            Path folder = out.resolve(one.name());
            PpoRunConfig asked = PpoRunConfig.of(config, Scenario.load(one.scenario()), seeds);
            if (!RunFolder.isOne(folder)) {
                return PpoExperiment.create(folder, asked, command);
            }
            PpoExperiment before = PpoExperiment.open(folder);
            if (!before.config().equals(asked)) {
                throw new InputException(
                        "%s: was started by %s: --resume does not change it to %s"
                                .formatted(folder, before.command(), command));
            }
            return before;
        }
    }
}
