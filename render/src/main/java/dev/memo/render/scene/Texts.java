package dev.memo.render.scene;

import dev.memo.render.canvas.Canvas;
import java.util.Locale;

/** Words and numbers as people read them. */
final class Texts {
    private static final String MORE = "\u2026";

    private Texts() {}

    /** So many digits behind the point; what rounds to zero has no sign. */
    static String number(double number, int digits) {
        String text = String.format(Locale.ROOT, "%." + digits + "f", number);
        return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
    }

    /** All of a text, or as much of its beginning as there is room for. */
    static String fitted(Canvas canvas, String text, double size, double room) {
        if (canvas.textWidth(text, size) <= room) {
            return text;
        }
        int length = text.length();
        while (length > 0 && canvas.textWidth(text.substring(0, length) + MORE, size) > room) {
            length--;
        }
        return text.substring(0, length) + MORE;
    }
}
