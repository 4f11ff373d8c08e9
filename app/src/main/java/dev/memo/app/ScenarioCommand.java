package dev.memo.app;

import dev.memo.app.picture.Picture;
import dev.memo.app.picture.ScenePainter;
import dev.memo.app.picture.Track;
import dev.memo.app.picture.View;
import dev.memo.base.AtomicFiles;
import dev.memo.base.ThreadTeam;
import dev.memo.sim.env.Autoreset;
import dev.memo.sim.env.EnvBatch;
import dev.memo.sim.env.PointGoalEnv;
import dev.memo.sim.env.Scene;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What concerns scenario files. */
@Command(
        name = "scenario",
        description = "Scenario files.",
        subcommands = ScenarioCommand.Check.class)
final class ScenarioCommand {

    /** Says what a scenario means, and shows a layout of it. */
    @Command(
            name = "check",
            description = "Checks a scenario, says what it means and draws it.",
            footerHeading = "%nExample:%n",
            footer = "  memo scenario check goal1 --out goal1.png")
    static final class Check implements Runnable {
        @Mixin private CommonOptions common;

        @Parameters(
                paramLabel = "FILE",
                description =
                        "A scenario file, or the name of one that comes with MEMO. The picture is"
                                + " NAME.png here unless --out names a file.")
        private String file;

        /**
         * What a program learns of a scenario.
         *
         * @param scenario its name
         * @param extent half the arena's edge in m, in the layout that was drawn
         * @param hazards how many this layout has
         * @param vases likewise
         * @param picture where the layout was drawn
         */
        record Figures(String scenario, double extent, int hazards, int vases, String picture) {}

        @Override
        public void run() {
            common.refuse("--resume", common.resume(), "a check starts anew");
            Scenario scenario = Scenario.load(file);
            Scene scene = layout(scenario);
            scenario.describe().forEach(common::say);
            Path png = common.out(Path.of(scenario.name() + ".png"));
            draw(scene, png);
            common.say("The layout of seed " + common.seed() + " is drawn in " + png);
            common.figures(
                    new Figures(
                            scenario.name(),
                            scene.extent(),
                            scene.hazards().size(),
                            scene.vases().size(),
                            png.toString()));
        }

        private Scene layout(Scenario scenario) {
            try (ThreadTeam team = new ThreadTeam(1);
                    PointGoalEnv env = new PointGoalEnv(scenario, 1, Autoreset.DISABLED, team)) {
                env.reset(common.seed(), new EnvBatch(env.spec(), 1));
                return env.scene(0);
            }
        }

        private static void draw(Scene scene, Path png) {
            List<Track> still = List.of(Track.of(List.of(scene)));
            Picture picture = ScenePainter.paint(View.of(still), still);
            AtomicFiles.write(png, out -> out.write(picture.png()));
        }
    }
}
