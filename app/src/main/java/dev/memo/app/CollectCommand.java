package dev.memo.app;

import dev.memo.base.ThreadTeam;
import dev.memo.kernels.Device;
import dev.memo.learner.expert.Demonstrations;
import dev.memo.learner.expert.Expert;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a dataset with experts. */
@Command(
        name = "collect",
        description = "Makes a dataset (Minari's format) with experts.",
        footerHeading = "%nExample:%n",
        footer = "  memo collect open --experts goal,forward --episodes 50 --out data/open")
final class CollectCommand implements Runnable {
    @Mixin private CommonOptions common;

    @Parameters(
            paramLabel = "SCENARIO",
            description = "A scenario file, or the name of one that comes with MEMO.")
    private String scenario;

    @Option(
            names = "--experts",
            required = true,
            split = ",",
            paramLabel = "NAME",
            completionCandidates = ExpertNames.class,
            description =
                    "Who acts, with commas between them: ${COMPLETION-CANDIDATES}, or NAME=RUN for"
                            + " what PPO learned.")
    private List<String> experts;

    @Option(
            names = "--episodes",
            paramLabel = "N",
            defaultValue = "40",
            converter = CommonOptions.AtLeastOne.class,
            description = "Episodes of each expert; default 40.")
    private int episodes;

    @Option(
            names = "--steps",
            paramLabel = "T",
            converter = CommonOptions.AtLeastOne.class,
            description = "Steps of an episode; default the scenario's.")
    private Integer steps;

    @Option(
            names = "--noise",
            paramLabel = "SD",
            defaultValue = "0",
            description = "Standard deviation of noise added to both actions; default 0.")
    private double noise;

    /** The names of the scripted experts. */
    static final class ExpertNames extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        ExpertNames() {
            super(ScriptedExpert.names());
        }
    }

    /**
     * What was collected.
     *
     * @param data the folder
     * @param experts who acted
     * @param episodes how many are whole
     * @param steps of an episode
     */
    record Figures(String data, List<String> experts, int episodes, int steps) {}

    @Override
    public void run() {
        common.refuse("--resume", common.resume(), "collecting starts anew; give another --out");
        Path folder = common.out(Path.of("data", scenario.replaceAll(".*/|\\.json$", "")));
        Scenario loaded = Scenario.load(scenario);
        Scenario world = steps == null ? loaded : loaded.withEpisodeSteps(steps);
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Device device = common.device(team)) {
            List<Expert> acting =
                    common.fromFlags(
                            () -> experts.stream().map(e -> Experts.named(e, device)).toList());
            Demonstrations demonstrations =
                    common.fromFlags(
                            () ->
                                    new Demonstrations(
                                            world, acting, episodes, noise, common.seed()));
            int written = demonstrations.write(folder, team, common.progress());
            common.say(
                    "%d episodes of %d steps by %s are in %s"
                            .formatted(
                                    written,
                                    world.episodeSteps(),
                                    String.join(", ", experts),
                                    folder));
            common.figures(new Figures(folder.toString(), experts, written, world.episodeSteps()));
        }
    }
}
