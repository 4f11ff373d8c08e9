package dev.memo.app;

import dev.memo.app.watch.LiveShow;
import dev.memo.base.InputException;
import dev.memo.base.Progress;
import dev.memo.base.ThreadTeam;
import dev.memo.learner.expert.ScriptedExpert;
import dev.memo.learner.rollout.Recognition;
import dev.memo.learner.rollout.SwitchedPolicy;
import dev.memo.render.canvas.ImageRenderer;
import dev.memo.render.canvas.Renderer;
import dev.memo.render.gl.EglRenderer;
import dev.memo.render.scene.Hud;
import dev.memo.render.scene.Screen;
import dev.memo.render.scene.Shot;
import dev.memo.render.scene.Theme;
import dev.memo.render.scene.View;
import dev.memo.sim.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures pictures per second. */
@Command(
        name = "render",
        description = "Measures how many pictures per second are drawn, without a screen.",
        footerHeading = "%nExample:%n",
        footer = "  memo bench render --json")
final class BenchRenderCommand implements Runnable {
    private static final PictureOptions.Size USUAL = new PictureOptions.Size(1280, 720);

    /** Steps of the worlds before they are drawn, so that there are paths to draw. */
    private static final int STEPS = 300;

    @Mixin private CommonOptions common;

    @Option(
            names = "--scenario",
            paramLabel = "SCENARIO",
            defaultValue = "goal2",
            description = "A scenario file, or the name of one; default goal2.")
    private String scenario;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = PictureOptions.SizeText.class,
            description = "Width and height; default 1280x720.")
    private PictureOptions.Size size = USUAL;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "1",
            converter = PictureOptions.Positive.class,
            description = "How long one measurement takes; default 1.")
    private double seconds;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "5",
            converter = CommonOptions.AtLeastOne.class,
            description = "Measurements after a warm-up of equal length; default 5.")
    private int repeats;

    /** What is drawn. */
    private record Subject(View view, int worlds) {}

    private static final List<Subject> SUBJECTS =
            List.of(
                    new Subject(View.ARENA, 1),
                    new Subject(View.FOLLOW, 1),
                    new Subject(View.MODES, 4),
                    new Subject(View.MOSAIC, 64),
                    new Subject(View.MOSAIC, 1_024),
                    new Subject(View.MOSAIC, 4_096));

    /**
     * What was measured: a picture is drawn anew and read back.
     *
     * @param renderer what drew: an OpenGL device, or Java2D
     * @param framesPerSecond the median of the measurements
     * @param bestFramesPerSecond the fastest
     */
    record Figures(
            String renderer,
            String view,
            int worlds,
            int width,
            int height,
            double framesPerSecond,
            double bestFramesPerSecond,
            String cpu,
            String jdk) {}

    @Override
    public void run() {
        BenchCommand.refuseWhatMeansNothing(common);
        Scenario world = Scenario.load(scenario);
        Progress progress = common.progress();
        try (ThreadTeam team = new ThreadTeam(common.threads());
                Renderer plain = new ImageRenderer(size.width(), size.height(), 1);
                Renderer gl = gl()) {
            List<Renderer> renderers = gl == null ? List.of(plain) : List.of(gl, plain);
            int all = SUBJECTS.size() * renderers.size() * (1 + repeats);
            progress.begin("render", all, "measurements");
            for (Subject subject : SUBJECTS) {
                List<Shot> shots = shots(world, subject, team);
                for (Renderer renderer : renderers) {
                    measure(world, renderer, subject, shots, progress);
                }
            }
            progress.end();
        }
    }

    /** Null where there is none. */
    private Renderer gl() {
        try {
            return new EglRenderer(size.width(), size.height(), 1);
        } catch (InputException e) {
            common.warn(e.getMessage() + ": only Java2D is measured");
            return null;
        }
    }

    private List<Shot> shots(Scenario world, Subject subject, ThreadTeam team) {
        SwitchedPolicy policy =
                new SwitchedPolicy(List.of(ScriptedExpert.named("goal", 0, team)), 0);
        int[] modes = new int[subject.worlds];
        try (LiveShow show =
                new LiveShow(
                        world,
                        team,
                        policy,
                        Recognition.NONE,
                        List.of("goal"),
                        modes,
                        false,
                        common.seed())) {
            for (int step = 0; step < STEPS; step++) {
                show.step();
            }
            return show.shots();
        }
    }

    private void measure(
            Scenario world,
            Renderer renderer,
            Subject subject,
            List<Shot> shots,
            Progress progress) {
        Screen screen = new Screen(world, Theme.DARK);
        Optional<Hud> hud = Optional.of(Hud.titled(world.name()));
        Runnable picture =
                () ->
                        renderer.render(
                                canvas ->
                                        screen.paint(canvas, subject.view, false, shots, 0.5, hud));
        double[] rates = new double[repeats];
        rate(picture);
        progress.advance(1);
        for (int i = 0; i < repeats && !progress.stopRequested(); i++) {
            rates[i] = rate(picture);
            progress.advance(1);
        }
        if (progress.stopRequested()) {
            return;
        }
        double best = 0;
        for (double rate : rates) {
            best = Math.max(best, rate);
        }
        Figures figures =
                new Figures(
                        renderer.description(),
                        subject.view.toString(),
                        subject.worlds,
                        size.width(),
                        size.height(),
                        BenchCommand.median(rates),
                        best,
                        Machine.cpu(),
                        Runtime.version().toString());
        common.say(
                "%-8s %,6d worlds  %7.1f frames/s (best %.1f)  %s"
                        .formatted(
                                figures.view,
                                figures.worlds,
                                figures.framesPerSecond,
                                figures.bestFramesPerSecond,
                                figures.renderer));
        common.figures(figures);
    }

    private double rate(Runnable picture) {
        long start = System.nanoTime();
        long frames = 0;
        double passed = 0;
        while (passed < seconds) {
            picture.run();
            frames++;
            passed = (System.nanoTime() - start) / 1e9;
        }
        return frames / passed;
    }
}
