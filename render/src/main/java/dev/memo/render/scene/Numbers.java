package dev.memo.render.scene;

import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {
    private Numbers() {}

    /** So many digits behind the point; what rounds to zero has no sign. */
    static String text(double number, int digits) {
        String text = String.format(Locale.ROOT, "%." + digits + "f", number);
        return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
    }
}
