package dev.memo.app.report;

import dev.memo.app.picture.Picture;

/** Pictures within the page itself. */
final class Pictures {
    private Pictures() {}

    static void image(Html html, Picture picture, String alt) {
        image(html, picture, picture.dataUri(), alt);
    }

    /**
     * What an address holds.
     *
     * @param size a picture of its size
     */
    static void image(Html html, Picture size, String uri, String alt) {
        html.empty(
                "img",
                "src",
                uri,
                "alt",
                alt,
                "width",
                Integer.toString(size.width()),
                "height",
                Integer.toString(size.height()));
    }
}
