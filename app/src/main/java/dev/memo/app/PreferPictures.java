package dev.memo.app;

import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.rollout.Episodes;
import dev.memo.learner.rollout.Recognition;
import dev.memo.render.canvas.ImageRenderer;
import dev.memo.render.canvas.Renderer;
import dev.memo.render.film.Film;
import dev.memo.render.scene.Clip;
import dev.memo.render.scene.Hud;
import dev.memo.render.scene.Screen;
import dev.memo.render.scene.Shot;
import dev.memo.render.scene.Theme;
import dev.memo.render.scene.View;
import dev.memo.sim.recording.Recording;
import dev.memo.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Draws what modes do from one start. Nothing in a picture tells which modes they are: labels and
 * colours are those of the sides.
 *
 * @param world with episodes as long as what is shown
 * @param layouts the seed of the layout of round 0; each round has the next
 * @param folder where pictures go
 */
record PreferPictures(Actors actors, Scenario world, long layouts, Path folder, ThreadTeam team) {
    private static final int WORLD_WIDTH = 640;
    private static final int HEIGHT = 688;

    /** The seed of a round's layout. */
    long layout(int round) {
        return layouts + round;
    }

    /**
     * Draws a round.
     *
     * @param modes one or two, from the left
     * @return the file, {@code round-NN.png}
     */
    Path draw(int round, List<Integer> modes) {
        List<String> labels = modes.size() == 1 ? List.of("this") : List.of("left", "right");
        List<Shot> last = new ArrayList<>();
        for (int side = 0; side < modes.size(); side++) {
            List<Recording> recordings =
                    Episodes.record(
                            world,
                            labels.get(side),
                            actors.policy(modes.get(side)),
                            Recognition.NONE,
                            new long[] {layout(round)},
                            team,
                            Progress.SILENT);
            Clip clip = new Clip(recordings.getFirst(), side);
            last.add(clip.shot(clip.steps()));
        }
        Path file = folder.resolve("round-%02d.png".formatted(round));
        int width = WORLD_WIDTH * modes.size();
        Screen screen = new Screen(world, Theme.DARK);
        Optional<Hud> hud = Optional.of(Hud.titled("round " + round));
        // Two still worlds are drawn sooner by Java2D than OpenGL is found.
        try (Renderer renderer = new ImageRenderer(width, HEIGHT, 1);
                Film film = Film.open(file, width, HEIGHT, 1)) {
            film.add(
                    renderer.render(
                            canvas -> screen.paint(canvas, View.MODES, false, last, 1, hud)));
            film.finish();
        }
        return file;
    }
}
