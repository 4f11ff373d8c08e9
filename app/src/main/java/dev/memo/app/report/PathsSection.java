package dev.memo.app.report;

import dev.memo.app.picture.Palette;
import dev.memo.app.picture.Picture;
import dev.memo.app.picture.ScenePainter;
import dev.memo.app.picture.Track;
import dev.memo.app.picture.View;
import dev.memo.render.scene.Clip;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What experts and modes do from the same starts, seen from above. */
final class PathsSection {
    private PathsSection() {}

    static void write(Html html, RunFolder run) {
        html.section("paths", "What they do");
        List<Track> all =
                Stream.concat(run.experts().values().stream(), run.modes().values().stream())
                        .map(Recordings::tracks)
                        .flatMap(List::stream)
                        .toList();
        if (all.isEmpty()) {
            html.element("p", missing(run)).close();
            return;
        }
        html.element(
                "p",
                "Each panel shows the world from above, all at the same scale and from the same"
                        + " starts: one episode in full, further ones as thin lines. The dashed"
                        + " square is where objects are placed; there are no walls. An arrow at the"
                        + " border says how far from its start a path ends that is cut there.");
        legend(html);
        View view = View.of(all);
        List<String> experts = expertOrder(run);
        if (!experts.isEmpty()) {
            html.element("h3", "Experts").open("div", "class", "panels");
            for (String expert : experts) {
                panel(
                        html,
                        view,
                        Recordings.tracks(run.experts().get(expert)),
                        "Paths of the expert " + Figures.words(expert) + " from above",
                        Figures.words(expert),
                        "expert");
            }
            html.close();
        }
        if (!run.modes().isEmpty()) {
            html.element("h3", "Modes of the learned policy").open("div", "class", "panels");
            Map<Integer, String> modes = modeOrder(run);
            modes.forEach((mode, note) -> modePanel(html, view, run, mode, note));
            html.close();
            film(html, run, modes);
        }
        html.close();
    }

    private static String missing(RunFolder run) {
        boolean foreign = run.evaluation().isPresent() && run.evaluation().get().scenario() == null;
        return foreign
                ? "The data comes from elsewhere and MEMO has no world for it, so neither experts nor"
                        + " modes could be set off in one. What the modes are in the data themselves"
                        + " follows."
                : "This run holds no recordings. memo evaluate makes them.";
    }

    private static void modePanel(Html html, View view, RunFolder run, int mode, String note) {
        panel(
                html,
                view,
                Recordings.tracks(run.modes().get(mode)),
                "Paths of mode " + mode + " from above",
                "mode " + mode,
                note);
    }

    /** The first layout under every mode, in the order of the panels. */
    private static void film(Html html, RunFolder run, Map<Integer, String> modes) {
        List<Clip> clips = new ArrayList<>();
        List<String> names = new ArrayList<>();
        modes.entrySet().stream()
                .limit(FilmFigure.MOST)
                .forEach(
                        entry -> {
                            int mode = entry.getKey();
                            clips.add(new Clip(run.modes().get(mode).getFirst(), mode));
                            names.add(("mode " + mode + " " + entry.getValue()).strip());
                        });
        String which =
                clips.size() < modes.size()
                        ? "%d of %d modes".formatted(clips.size(), modes.size())
                        : "every mode";
        html.element("h3", "Modes in motion");
        FilmFigure.write(
                html,
                "One start under " + which,
                clips,
                "The first of these starts under " + which + ", side by side and in step",
                "Animation of one start, from above: " + String.join("; ", names));
    }

    /** Episodes in one picture, named below it. */
    static void panel(
            Html html, View view, List<Track> tracks, String alt, String name, String note) {
        Picture picture = ScenePainter.paint(view, tracks);
        html.open("figure");
        Pictures.image(html, picture, alt);
        html.open("figcaption").element("strong", name).text(" " + note).close().close();
    }

    /** As the evaluation lists them, so that all tables and rows agree. */
    private static List<String> expertOrder(RunFolder run) {
        List<String> order = new ArrayList<>();
        run.evaluation()
                .map(Evaluation::steering)
                .ifPresent(
                        steering ->
                                steering.experts().stream()
                                        .map(Evaluation.Match::expert)
                                        .filter(run.experts()::containsKey)
                                        .forEach(order::add));
        run.experts().keySet().stream().filter(name -> !order.contains(name)).forEach(order::add);
        return order;
    }

    /** Matched modes stand below their experts, the others follow; with what each matched. */
    private static Map<Integer, String> modeOrder(RunFolder run) {
        Map<Integer, String> order = new LinkedHashMap<>();
        Evaluation.Steering steering = run.evaluation().map(Evaluation::steering).orElse(null);
        if (steering != null) {
            for (Evaluation.Match match : steering.experts()) {
                if (run.modes().containsKey(match.mode())) {
                    List<String> experts =
                            steering.matchedBy(match.mode()).stream().map(Figures::words).toList();
                    order.put(match.mode(), "matches " + Figures.list(experts));
                }
            }
        }
        for (int mode : run.modes().keySet()) {
            order.putIfAbsent(mode, steering == null ? "" : "matches no expert");
        }
        return order;
    }

    /** What stands for what in a panel. */
    static void legend(Html html) {
        html.open("ul", "class", "legend");
        html.open("li");
        html.element(
                "span",
                "",
                "class",
                "swatch ramp",
                "style",
                "background: linear-gradient(90deg, %s, %s)"
                        .formatted(Palette.css(Palette.EARLY), Palette.css(Palette.LATE)));
        html.text("path, from start to end").close();
        swatch(html, "start", "start, pointing ahead", Palette.css(Palette.INK));
        swatch(html, "disc", "end", Palette.css(Palette.LATE));
        swatch(html, "disc", "goal", Palette.css(Palette.GOAL));
        swatch(html, "disc", "hazard", Palette.css(Palette.HAZARD));
        swatch(html, "box", "vase", Palette.css(Palette.VASE));
        html.close();
    }

    private static void swatch(Html html, String shape, String meaning, String color) {
        html.open("li");
        html.element("span", "", "class", "swatch " + shape, "style", "background: " + color);
        html.text(meaning).close();
    }
}
