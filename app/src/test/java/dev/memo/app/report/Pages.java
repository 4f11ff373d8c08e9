package dev.memo.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** What tests ask of pages. */
final class Pages {
    private static final Pattern TAG = Pattern.compile("<(/?)([a-z][a-z0-9]*)[^<>]*>");
    private static final Pattern PICTURE =
            Pattern.compile(
                    "(data:image/png;base64,)iVBORw0KGgo[A-Za-z0-9+/]*=*"
                            + "|(data:image/gif;base64,)(R0lGODlh[A-Za-z0-9+/]*=*)");
    private static final Set<String> WITHOUT_END = Set.of("meta", "img", "source");

    private Pages() {}

    /** The page about a run, without the bytes of its pictures. */
    static String report(Path run) throws IOException {
        Path file = run.resolve("report.html");
        Report.write(run, file);
        return PICTURE.matcher(Files.readString(file)).replaceAll("$1$2");
    }

    /** The animations of a page that is written, in their order, as the pictures of each. */
    static List<List<BufferedImage>> animations(Path run) throws IOException {
        Path file = run.resolve("report.html");
        List<List<BufferedImage>> animations = new ArrayList<>();
        for (MatchResult found : PICTURE.matcher(Files.readString(file)).results().toList()) {
            if (found.group(3) != null) {
                animations.add(pictures(Base64.getDecoder().decode(found.group(3))));
            }
        }
        return animations;
    }

    private static List<BufferedImage> pictures(byte[] gif) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(gif))) {
            reader.setInput(in);
            List<BufferedImage> pictures = new ArrayList<>();
            for (int i = 0; i < reader.getNumImages(true); i++) {
                pictures.add(reader.read(i));
            }
            return pictures;
        } finally {
            reader.dispose();
        }
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
