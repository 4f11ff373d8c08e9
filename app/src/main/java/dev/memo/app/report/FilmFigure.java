package dev.memo.app.report;

import dev.memo.app.picture.Animation;
import dev.memo.app.picture.FilmPainter;
import dev.memo.app.picture.Picture;
import dev.memo.render.scene.Clip;
import java.util.List;

/** Episodes in motion, side by side and in step; a still for people who do not want motion. */
final class FilmFigure {
    /** Episodes of a film, at most: a page must not become too large. */
    static final int MOST = 6;

    /** Worlds beside each other, at most; on phones they would become too small. */
    private static final int WIDE = 4;

    private static final int NARROW = 2;
    private static final String PHONE = "(max-width: 600px)";
    private static final String STILL = "(prefers-reduced-motion: reduce)";

    private FilmFigure() {}

    /**
     * Writes the film and what its colours mean.
     *
     * @param title stands in the film
     * @param clips the episodes, from 1 to {@link #MOST}
     * @param what is seen, in a sentence that goes on with how long and how fast
     * @param alt says what is seen to people who do not see it
     */
    static void write(Html html, String title, List<Clip> clips, String what, String alt) {
        FilmPainter film = new FilmPainter(title, clips);
        html.element(
                "p",
                "%s for %.0f s %s."
                                .formatted(
                                        what,
                                        film.seconds(),
                                        film.speed() == 1 ? "in real time" : "at twice the speed")
                        + " Goals are green here, hazards blue and vases cyan; the robot is red, and"
                        + " its path fades. An arrow at the border points to a robot beyond it."
                        + " Numbers are return and cost so far.");
        html.open("figure", "class", "film").open("picture");
        Animation wide = film.paint(WIDE);
        // The first source whose condition holds is shown.
        if (clips.size() > NARROW) {
            Animation narrow = film.paint(NARROW);
            source(html, STILL + " and " + PHONE, narrow.still(), narrow.still().dataUri());
            source(html, STILL, wide.still(), wide.still().dataUri());
            source(html, PHONE, narrow.still(), narrow.dataUri());
        } else {
            source(html, STILL, wide.still(), wide.still().dataUri());
        }
        Pictures.image(html, wide.still(), wide.dataUri(), alt);
        html.close().close();
    }

    private static void source(Html html, String media, Picture size, String uri) {
        html.empty(
                "source",
                "media",
                media,
                "srcset",
                uri,
                "width",
                Integer.toString(size.width()),
                "height",
                Integer.toString(size.height()));
    }
}
