package dev.memo.app.report;

import dev.memo.learner.metrics.Interval;

/** Tables that scroll within a box of their own where the page is too narrow for them. */
final class Tables {
    private Tables() {}

    /** Opens a titled table. */
    static void open(Html html, String title, String style) {
        html.open("div").element("h3", title);
        html.open("div", "class", "scroll", "tabindex", "0");
        html.open("table", "class", style, "aria-label", title);
    }

    /** Writes the row of column titles, the first for the rows' names, and opens the body. */
    static void heads(Html html, Iterable<String> names) {
        html.open("thead").open("tr");
        String style = "";
        for (String name : names) {
            html.element("th", name, "scope", "col", "class", style);
            style = "number";
        }
        html.close().close();
    }

    /** A cell with a mean and its interval, or a dash where there is none. */
    static void interval(Html html, Interval value) {
        html.open("td", "class", "number");
        if (value == null) {
            html.text("–");
        } else {
            html.text(Figures.number(value.mean()) + " ");
            html.element(
                    "span",
                    "%s … %s".formatted(Figures.number(value.low()), Figures.number(value.high())),
                    "class",
                    "interval");
        }
        html.close();
    }

    /** A cell with a number or a share. */
    static void cell(Html html, String text) {
        html.element("td", text, "class", "number");
    }

    /** Closes what {@link #open} opened. */
    static void close(Html html) {
        html.close().close().close();
    }
}
