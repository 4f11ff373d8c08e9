package dev.memo.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What tests ask of pages. */
final class Pages {
    private static final Pattern TAG = Pattern.compile("<(/?)([a-z][a-z0-9]*)[^<>]*>");
    private static final Pattern PICTURE =
            Pattern.compile("data:image/png;base64,iVBORw0KGgo[A-Za-z0-9+/]*=*");
    private static final Set<String> WITHOUT_END = Set.of("meta", "img");

    private Pages() {}

    /** The page about a run, without the bytes of its pictures. */
    static String report(Path run) throws IOException {
        Path file = run.resolve("report.html");
        Report.write(run, file);
        return PICTURE.matcher(Files.readString(file)).replaceAll("data:image/png;base64,");
    }

    static void requireWellFormed(String page) {
        Deque<String> open = new ArrayDeque<>();
        Matcher tags = TAG.matcher(page);
        while (tags.find()) {
            String tag = tags.group(2);
            if (!tags.group(1).isEmpty()) {
                assertThat(open.pop()).isEqualTo(tag);
            } else if (!WITHOUT_END.contains(tag)) {
                open.push(tag);
            }
        }
        assertThat(open).isEmpty();
    }
}
