package dev.memo.app.report;

import dev.memo.app.picture.Picture;

/** Pictures within the page itself. */
final class Pictures {
    private Pictures() {}

    static void image(Html html, Picture picture, String alt) {
        html.empty(
                "img",
                "src",
                picture.dataUri(),
                "alt",
                alt,
                "width",
                Integer.toString(picture.width()),
                "height",
                Integer.toString(picture.height()));
    }
}
