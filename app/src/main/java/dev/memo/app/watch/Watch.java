package dev.memo.app.watch;

import dev.memo.base.InputException;
import dev.memo.render.canvas.Canvas;
import dev.memo.render.film.Film;
import dev.memo.render.gl.Window;
import dev.memo.render.gl.Window.Key;
import dev.memo.render.scene.Hud;
import dev.memo.render.scene.Screen;
import dev.memo.render.scene.Shot;
import dev.memo.render.scene.Theme;
import dev.memo.render.scene.View;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The window: what it shows, and what its keys do. */
public final class Watch {
    private static final List<List<String>> HELP =
            List.of(
                    List.of("0 .. 9", "choose the mode of that number"),
                    List.of("Space", "pause, go on"),
                    List.of("Right", "one step"),
                    List.of("Up, Down", "faster, slower"),
                    List.of("N, P", "next, previous world"),
                    List.of("R", "a new seed"),
                    List.of("V", "next view: arena, follow, mosaic, modes"),
                    List.of("F", "cameras follow the robots, or stand"),
                    List.of("T", "take the wheel; T again gives it back"),
                    List.of("W A S D", "while driving: ahead, left, back, right"),
                    List.of("S", "save a picture"),
                    List.of("H", "this help"),
                    List.of("Esc", "leave"));

    private static final MathContext TWO_DIGITS = new MathContext(2);
    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS");

    private final Cast cast;
    private final Theme theme;
    private final Path pictures;
    private final Consumer<Map<String, ?>> events;

    private View view;
    private boolean follow;
    private boolean paused;
    private boolean help;
    private boolean driving;
    private boolean savingWanted;
    private double speed;
    private int world;
    private int mode;
    private View drawn;
    private View beforeDriving;
    private String trouble = "";
    private Window window;
    private Pacer pacer;

    /**
     * Who is seen.
     *
     * @param title what the window shows, in a few words
     * @param choices names of the modes that the keys choose from; empty for recordings
     * @param crowd many worlds; views of one world show one of them
     * @param modes one seed under every mode
     * @param driven the same with a world in front that a person drives; empty for recordings
     */
    public record Cast(
            String title, List<String> choices, Show crowd, Show modes, Optional<Show> driven) {}

    /**
     * How it begins.
     *
     * @param view what it shows
     * @param mode who is chosen
     * @param speed seconds that pass in the worlds per second
     * @param theme its colours
     * @param pictures the folder where saved pictures go
     */
    public record Start(View view, int mode, double speed, Theme theme, Path pictures) {}

    /**
     * A window that is not open yet.
     *
     * @param events takes what happens, by name
     */
    public Watch(Cast cast, Start start, Consumer<Map<String, ?>> events) {
        this.cast = cast;
        this.events = events;
        theme = start.theme();
        pictures = start.pictures();
        view = start.view();
        drawn = view;
        beforeDriving = view;
        mode = start.mode();
        speed = start.speed();
    }

    /**
     * Opens the window and returns when it is closed.
     *
     * @param stop whether to close it
     * @throws InputException if there is no screen, or no OpenGL on it
     */
    public void run(int width, int height, BooleanSupplier stop) {
        try (Window opened = open(width, height);
                Pacer running = new Pacer(wanted(), speed)) {
            window = opened;
            pacer = running;
            event("opened", "view", view.toString());
            Screen screen = new Screen(cast.crowd().scenario(), theme);
            long frames = 0;
            long start = System.nanoTime();
            while (!opened.closing() && !stop.getAsBoolean()) {
                steerByHand();
                Consumer<Canvas> drawing = drawing(screen);
                if (savingWanted) {
                    savingWanted = false;
                    save(opened.picture(drawing));
                }
                opened.show(drawing);
                frames++;
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            event("closed", "frames", frames, "frames_per_second", frames / seconds);
        }
    }

    private Window open(int width, int height) {
        try {
            return new Window("MEMO: " + cast.title(), width, height, this::press);
        } catch (InputException e) {
            throw new InputException(
                    e.getMessage() + "; memo render makes pictures without a screen", e);
        }
    }

    /** The show that the view is of. */
    private Show wanted() {
        if (driving) {
            return cast.driven().orElseThrow();
        }
        return view == View.MODES ? cast.modes() : cast.crowd();
    }

    private Consumer<Canvas> drawing(Screen screen) {
        Pacer.Moment moment = pacer.moment();
        if (moment.show() == wanted()) {
            // Until then the worlds of the view before are there.
            drawn = view;
        }
        View shownView = drawn;
        double share = moment.share(System.nanoTime());
        List<Shot> shots = moment.shots();
        List<Shot> shown = drawn.single() ? List.of(shots.get(world % shots.size())) : shots;
        Hud hud = hud();
        return canvas -> screen.paint(canvas, shownView, follow, shown, share, Optional.of(hud));
    }

    private Hud hud() {
        return new Hud(
                cast.title(),
                driving || view == View.MODES ? List.of() : cast.choices(),
                mode,
                state() + (view.single() ? ", world " + (world + 1) : ""),
                driving ? "W A S D drive, H help" : "H help",
                help ? HELP : List.of());
    }

    private String state() {
        if (!trouble.isEmpty()) {
            return trouble;
        }
        if (paused) {
            return "paused";
        }
        String wanted = times(speed);
        return pacer.reached() < 0.9 * speed
                ? wanted + " (" + times(pacer.reached()) + ")"
                : wanted;
    }

    private static String times(double speed) {
        if (speed < 1 && 1 / speed == Math.rint(1 / speed)) {
            return "x1/" + Math.round(1 / speed);
        }
        return "x" + new BigDecimal(speed).round(TWO_DIGITS).stripTrailingZeros().toPlainString();
    }

    private void press(Key key) {
        trouble = "";
        switch (key) {
            case ZERO, ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN, EIGHT, NINE ->
                    choose(key.ordinal() - Key.ZERO.ordinal());
            case SPACE -> pause(!paused);
            case RIGHT -> {
                pause(true);
                pacer.stepOnce();
            }
            case UP -> go(Math.min(Pacer.FASTEST, 2 * speed));
            case DOWN -> go(Math.max(Pacer.SLOWEST, speed / 2));
            case N -> move(1);
            case P -> move(-1);
            case R -> pacer.request(show -> show.move(show.shots().size()));
            case V -> look(view.next());
            case F -> follow();
            case H -> help = !help;
            case T -> take(!driving);
            case S -> savingWanted = !driving;
            case ESCAPE -> window.requestClose();
            case W, A, D -> {
                // Looked at in every frame, while a person drives.
            }
        }
    }

    private void choose(int chosen) {
        if (chosen >= cast.choices().size() || driving) {
            return;
        }
        mode = chosen;
        // A view of all modes shows the chosen one anyway; the others go on with it.
        pacer.request(_ -> cast.crowd().choose(chosen));
        event("mode", "mode", chosen);
    }

    private void pause(boolean still) {
        paused = still;
        pacer.pause(paused);
        event(paused ? "paused" : "resumed");
    }

    private void go(double next) {
        speed = next;
        pacer.speed(speed);
        event("speed", "speed", speed);
    }

    /** In views of one world the next one, else other seeds. */
    private void move(int by) {
        if (view.single()) {
            int worlds = pacer.moment().shots().size();
            world = Math.floorMod(world + by, worlds);
            event("world", "world", world);
        } else {
            boolean modes = view == View.MODES;
            pacer.request(show -> show.move(modes ? by : by * show.shots().size()));
        }
    }

    private void look(View next) {
        view = next;
        if (driving) {
            driving = false;
            event("steering");
        }
        pacer.show(wanted());
        event("view", "view", view.toString());
    }

    private void follow() {
        if (view.single()) {
            look(view == View.FOLLOW ? View.ARENA : View.FOLLOW);
        } else {
            follow = !follow;
        }
    }

    private void take(boolean wheel) {
        if (cast.driven().isEmpty()) {
            return;
        }
        if (wheel) {
            beforeDriving = view;
        }
        driving = wheel;
        view = wheel ? View.MODES : beforeDriving;
        pacer.show(wanted());
        if (wheel) {
            pacer.request(Show::reset);
        }
        event(wheel ? "driving" : "steering");
    }

    private void steerByHand() {
        if (driving) {
            float thrust = axis(Key.W, Key.S);
            float turn = axis(Key.A, Key.D);
            pacer.request(show -> show.drive(thrust, turn));
        }
    }

    private float axis(Key more, Key less) {
        return (window.held(more) ? 1 : 0) - (window.held(less) ? 1 : 0);
    }

    private void save(BufferedImage picture) {
        Path file = pictures.resolve("memo-" + LocalDateTime.now().format(FILE_TIME) + ".png");
        try (Film still = Film.open(file, picture.getWidth(), picture.getHeight(), 1)) {
            still.add(picture);
            still.finish();
            event("saved", "file", file.toString());
        } catch (InputException e) {
            // A full disk is no reason to end what is watched.
            trouble = "not saved";
            event("not_saved", "why", e.getMessage());
        }
    }

    /** Tells what happened: a name, then keys and values. */
    private void event(String name, Object... more) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", name);
        for (int i = 0; i < more.length; i += 2) {
            event.put((String) more[i], more[i + 1]);
        }
        events.accept(event);
    }
}
