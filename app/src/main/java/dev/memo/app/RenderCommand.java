package dev.memo.app;

import dev.memo.app.watch.Playback;
import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.render.canvas.ImageRenderer;
import dev.memo.render.canvas.Renderer;
import dev.memo.render.film.Film;
import dev.memo.render.gl.EglRenderer;
import dev.memo.render.scene.Hud;
import dev.memo.render.scene.Screen;
import dev.memo.render.scene.View;
import dev.memo.sim.scenario.Scenario;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws recordings without a screen. */
@Command(
        name = "render",
        description = "Makes a video, an animation or a still of recordings; needs no screen.",
        footerHeading = "%nExample:%n",
        footer = "  memo render RECORDING --out episode.mp4")
final class RenderCommand implements Runnable {
    private static final PictureOptions.Size USUAL = new PictureOptions.Size(1280, 720);

    /** Animations for pages, whose files grow with every pixel. */
    private static final PictureOptions.Size SMALL = new PictureOptions.Size(640, 360);

    @Mixin private CommonOptions common;
    @Mixin private PictureOptions pictures;

    @Parameters(
            paramLabel = "RECORDING",
            arity = "1..*",
            description =
                    "Recordings, or folders of them; several are shown together: see memo record.")
    private List<Path> paths;

    @Option(
            names = "--fps",
            paramLabel = "N",
            converter = PictureOptions.Positive.class,
            description = "Pictures per second; default 30, of GIFs 20.")
    private Double rate;

    @Option(
            names = "--from",
            paramLabel = "S",
            description = "Where a film begins, in seconds of the worlds; default 0.")
    private Double from;

    @Option(
            names = "--to",
            paramLabel = "S",
            description = "Where a film ends; a still shows this moment. Default the end.")
    private Double to;

    @Option(
            names = "--scale",
            paramLabel = "X",
            defaultValue = "1",
            converter = PictureOptions.ScaleNumber.class,
            description =
                    "Size of text and lines, 0.25 to 8; 2 for screens of high density; default 1.")
    private double scale;

    @Option(names = "--follow", description = "With many worlds: cameras follow the robots.")
    private boolean follow;

    @Option(names = "--plain", description = "The worlds alone, without numbers and names.")
    private boolean plain;

    @Option(names = "--title", paramLabel = "TEXT", description = "What the picture is called.")
    private String title;

    /**
     * What was made.
     *
     * @param renderer what drew: an OpenGL device, or Java2D
     * @param seconds that drawing and writing took
     */
    record Figures(
            String out, int frames, int width, int height, String renderer, double seconds) {}

    @Override
    public void run() {
        common.refuse("--resume", common.resume(), "a film is made from its beginning");
        Path out = common.out(null);
        if (out == null) {
            throw common.wrong("--out: must name a file that ends in .mp4, .gif or .png");
        }
        boolean gif = Film.ending(out).equals(".gif");
        boolean still = Film.ending(out).equals(".png");
        if (still) {
            String why = "a still shows one moment: --to";
            common.refuse("--from", from != null, why);
            common.refuse("--speed", pictures.hasSpeed(), why);
            common.refuse("--fps", rate != null, why);
        }
        Playback playback = new Playback(Playback.clips(RecordingFiles.read(paths)));
        boolean several = playback.shots().size() > 1;
        View view = pictures.view(several ? View.MODES : View.ARENA);
        if (several && view.single()) {
            throw common.wrong(
                    "--view %s: shows one world, and there are %d recordings"
                            .formatted(view, playback.shots().size()));
        }
        double length = playback.steps() * Scenario.STEP_SECONDS;
        double begin = from == null ? 0 : from;
        double end = to == null ? length : to;
        if (!(begin >= 0 && end >= begin && end <= length)) {
            throw common.wrong(
                    "--from %s --to %s: must be in order and within the recordings' %.2f s"
                            .formatted(begin, end, length));
        }
        double fps = rate == null ? (gif ? 20 : 30) : rate;
        int frames =
                still ? 1 : 1 + (int) Math.floor((end - begin) * fps / pictures.speed() + 1e-9);
        PictureOptions.Size size = pictures.size(gif ? SMALL : USUAL);
        long start = System.nanoTime();
        try (Film film = common.fromFlags(() -> Film.open(out, size.width(), size.height(), fps));
                Renderer renderer = renderer(size)) {
            Screen screen = new Screen(playback.scenario(), pictures.theme());
            int made = 0;
            Progress progress = common.progress();
            progress.begin("rendering", frames, "frames");
            while (made < frames && !progress.stopRequested()) {
                double seconds = still ? end : begin + made * pictures.speed() / fps;
                film.add(picture(screen, view, playback, renderer, seconds));
                progress.advance(1);
                made++;
            }
            progress.end();
            if (made < frames) {
                common.say("Stopped; nothing was written");
                return;
            }
            film.finish();
            report(
                    new Figures(
                            out.toString(),
                            frames,
                            size.width(),
                            size.height(),
                            renderer.description(),
                            (System.nanoTime() - start) / 1e9));
        }
    }

    private void report(Figures figures) {
        common.say(
                "%s: %d frame%s of %dx%d, drawn by %s in %.1f s"
                        .formatted(
                                figures.out,
                                figures.frames,
                                figures.frames == 1 ? "" : "s",
                                figures.width,
                                figures.height,
                                figures.renderer,
                                figures.seconds));
        common.figures(figures);
    }

    /** The picture of a moment: the step under way, drawn as far as it has come. */
    private BufferedImage picture(
            Screen screen, View view, Playback playback, Renderer renderer, double seconds) {
        double steps = seconds / Scenario.STEP_SECONDS;
        int step = (int) Math.ceil(steps - 1e-9);
        double share = step == 0 ? 1 : steps - (step - 1);
        String name = title == null ? String.valueOf(paths.getFirst().getFileName()) : title;
        Optional<Hud> hud = plain ? Optional.empty() : Optional.of(Hud.titled(name));
        return renderer.render(
                canvas -> screen.paint(canvas, view, follow, playback.shots(step), share, hud));
    }

    /** OpenGL, or, because a picture is wanted in any case, Java2D. */
    private Renderer renderer(PictureOptions.Size size) {
        try {
            return new EglRenderer(size.width(), size.height(), scale);
        } catch (InputException e) {
            common.warn(e.getMessage() + ": drawn by Java2D instead");
            return new ImageRenderer(size.width(), size.height(), scale);
        }
    }
}
