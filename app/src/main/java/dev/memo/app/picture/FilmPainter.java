package dev.memo.app.picture;

import dev.memo.render.canvas.ImageRenderer;
import dev.memo.render.canvas.Renderer;
import dev.memo.render.film.Film;
import dev.memo.render.scene.Clip;
import dev.memo.render.scene.Hud;
import dev.memo.render.scene.Screen;
import dev.memo.render.scene.Shot;
import dev.memo.render.scene.Theme;
import dev.memo.sim.scenario.Scenario;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Draws episodes side by side and in step, as the live window shows them. */
public final class FilmPainter {
    /** Steps from one picture to the next where time passes as it does in the world. */
    private static final int STRIDE = 4;

    /** Pictures per second: 8 hundredths of a second for each, which a GIF can say. */
    private static final double RATE = 1 / (STRIDE * Scenario.STEP_SECONDS);

    /** Seconds of film. Longer episodes pass twice as fast; the rest of them is left out. */
    private static final double LONGEST = 8;

    /** Seconds for which the last picture stands before the film begins again. */
    private static final double PAUSE = 1.5;

    /** CSS pixels of a point. */
    private static final double DENSITY = 1.25;

    /**
     * A world's side in points. From 200 on it shows lidars, whose dots made the file half larger.
     */
    private static final int SIDE = 180;

    /** What a world's label, the line above all and gaps add. */
    private static final int LABEL = 18;

    private static final int BAR = 30;
    private static final int GAP = 4;

    private final String title;
    private final List<Clip> clips;
    private final Screen screen;
    private final int steps;
    private final int speed;

    /**
     * A film of some episodes.
     *
     * @param title stands above them
     * @param clips at least one, all of one scenario
     */
    public FilmPainter(String title, List<Clip> clips) {
        this.title = title;
        this.clips = List.copyOf(clips);
        int longest = clips.stream().mapToInt(Clip::steps).max().orElseThrow();
        int most = (int) Math.round(LONGEST / Scenario.STEP_SECONDS);
        speed = longest > most ? 2 : 1;
        steps = Math.min(longest, speed * most);
        List<Shot> all =
                Stream.concat(moving(), Stream.of(steps))
                        .flatMap(step -> clips.stream().map(clip -> clip.shot(step)))
                        .toList();
        screen = new Screen(clips.getFirst().recording().scenario(), Theme.DARK, all);
    }

    /** Seconds of the episodes that are shown. */
    public double seconds() {
        return steps * Scenario.STEP_SECONDS;
    }

    /** Seconds that pass in the worlds in a second of film. */
    public int speed() {
        return speed;
    }

    /**
     * The film.
     *
     * @param columns worlds side by side, at most; more stand below
     */
    public Animation paint(int columns) {
        int rows = Math.ceilDiv(clips.size(), columns);
        int width = pixels(sum(Math.ceilDiv(clips.size(), rows), SIDE));
        int height = pixels(BAR + sum(rows, SIDE + LABEL));
        try (Renderer renderer = new ImageRenderer(width, height, DENSITY)) {
            BufferedImage last = picture(renderer, steps);
            Stream<BufferedImage> moving = moving().map(step -> picture(renderer, step));
            Stream<BufferedImage> standing =
                    Collections.nCopies((int) Math.round(PAUSE * RATE), last).stream();
            byte[] gif = Film.gif(Stream.concat(moving, standing)::iterator, RATE);
            return new Animation(new Picture(width, height, Canvas.png(last)), gif);
        }
    }

    /** The steps that pictures show before the last. */
    private Stream<Integer> moving() {
        return IntStream.iterate(0, step -> step < steps, step -> step + STRIDE * speed).boxed();
    }

    /** So many of such a length, with gaps around each. */
    private static int sum(int count, int length) {
        return GAP + count * (length + GAP);
    }

    private static int pixels(int points) {
        return (int) Math.round(points * DENSITY);
    }

    private BufferedImage picture(Renderer renderer, int step) {
        List<Shot> shots = clips.stream().map(clip -> clip.shot(step)).toList();
        String time = "%.1f s".formatted(step * Scenario.STEP_SECONDS);
        Hud hud = new Hud(title, List.of(), Shot.NO_MODE, time, "", List.of());
        return renderer.render(
                canvas ->
                        screen.paint(
                                canvas,
                                dev.memo.render.scene.View.MODES,
                                false,
                                shots,
                                1,
                                Optional.of(hud)));
    }
}
