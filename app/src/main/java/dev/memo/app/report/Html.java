package dev.memo.app.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes HTML that is always well-formed: text is escaped, and elements close in order. */
final class Html {
    /** Not to be found in text, where it would be escaped. */
    private static final String CONTENTS = "<nav></nav>\n";

    private final Map<String, String> sections = new LinkedHashMap<>();
    private final StringBuilder page = new StringBuilder("<!DOCTYPE html>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Opens an element.
     *
     * @param tag its name
     * @param attributes names and values in turn
     */
    Html open(String tag, String... attributes) {
        startTag(tag, attributes);
        open.push(tag);
        return this;
    }

    /** Opens a section that the list of contents names. */
    Html section(String id, String title) {
        sections.put(id, title);
        return open("section", "id", id).element("h2", title);
    }

    /** The place of the list of contents: links to all sections, whenever they are written. */
    Html contents() {
        page.append(CONTENTS);
        return this;
    }

    /** Closes the innermost element. */
    Html close() {
        page.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** An element that holds only text. */
    Html element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** An element that holds nothing, such as an image. */
    Html empty(String tag, String... attributes) {
        startTag(tag, attributes);
        page.append('\n');
        return this;
    }

    /** Text. */
    Html text(String text) {
        page.append(escaped(text));
        return this;
    }

    /** The style sheet, which must not be escaped. */
    Html style(String css) {
        page.append("<style>\n").append(css).append("</style>\n");
        return this;
    }

    /** The whole page. */
    String page() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        Html links = new Html();
        links.page.setLength(0);
        links.open("nav");
        sections.forEach((id, title) -> links.element("a", title, "href", "#" + id));
        links.close();
        return page.toString().replace(CONTENTS, links.page);
    }

    private void startTag(String tag, String... attributes) {
        page.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            page.append(' ').append(attributes[i]).append("=\"");
            page.append(escaped(attributes[i + 1])).append('"');
        }
        page.append('>');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
