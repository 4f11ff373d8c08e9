package dev.memo.app.report;

import dev.memo.app.picture.Track;
import dev.memo.app.picture.View;
import dev.memo.render.scene.Clip;
import dev.memo.render.scene.Shot;
import dev.memo.sim.recording.Recording;
import java.util.ArrayList;
import java.util.List;

/** What the learned policy does, seen from above. */
final class PpoPathsSection {
    /** Episodes that the film shows; one is much like the other. */
    private static final int IN_FILM = 2;

    private PpoPathsSection() {}

    static void write(Html html, PpoFolder run) {
        html.section("paths", "What it does");
        if (run.episodes().isEmpty()) {
            html.element("p", "This run holds no recordings. memo evaluate makes them.").close();
            return;
        }
        List<Track> tracks = Recordings.tracks(run.episodes());
        html.element(
                "p",
                ("Each panel shows an episode of the mean action%s from above, all at the same"
                                + " scale. The dashed square is where objects are placed; there are"
                                + " no walls. An arrow at the border says how far from its start a"
                                + " path ends that is cut there.")
                        .formatted(
                                run.isGroup() ? " of seed " + run.seeds().getFirst().seed() : ""));
        PathsSection.legend(html);
        View view = View.of(tracks);
        html.open("div", "class", "panels");
        for (int i = 0; i < tracks.size(); i++) {
            PathsSection.panel(
                    html,
                    view,
                    List.of(tracks.get(i)),
                    "Path of episode %d from above".formatted(i + 1),
                    "episode %d".formatted(i + 1),
                    outcome(run.episodes().get(i)));
        }
        html.close();
        film(html, run.episodes());
        html.close();
    }

    private static void film(Html html, List<Recording> episodes) {
        List<Clip> clips = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Recording episode : episodes.subList(0, Math.min(IN_FILM, episodes.size()))) {
            String name = "episode %d".formatted(clips.size() + 1);
            names.add(name);
            Recording named =
                    new Recording(
                            episode.scenario(),
                            name,
                            episode.seed(),
                            episode.scenes(),
                            episode.steps());
            clips.add(new Clip(named, Shot.NO_MODE));
        }
        String which = Figures.list(names);
        html.element("h3", "In motion");
        FilmFigure.write(
                html,
                "Mean action",
                clips,
                "Of these, %s side by side and in step".formatted(which),
                "Animation of %s, from above".formatted(which));
    }

    private static String outcome(Recording episode) {
        double earned = episode.steps().stream().mapToDouble(Recording.Step::reward).sum();
        double cost = episode.steps().stream().mapToDouble(Recording.Step::cost).sum();
        return "return %s, cost %s".formatted(Figures.number(earned), Figures.number(cost));
    }
}
