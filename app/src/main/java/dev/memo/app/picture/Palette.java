package dev.memo.app.picture;

import dev.memo.render.scene.Theme;
import java.awt.Color;
import java.awt.Font;

/**
 * The colours of the MEMO blog, goals and hazards moved apart in brightness, for people who see no
 * difference between red and green. Modes have the colours that they have wherever they are shown.
 */
public final class Palette {
    /** The ground. */
    public static final Color GROUND = new Color(0x1C1B4B);

    /** A goal's edge; its disc is the same, see-through. */
    public static final Color GOAL = new Color(0x4FE3FF);

    /** A hazard's edge; its disc is the same, see-through. */
    public static final Color HAZARD = new Color(0xFF5C3A);

    /** A vase. */
    public static final Color VASE = new Color(0xB9C3FF);

    /** The beginning of a path. */
    public static final Color EARLY = new Color(0xFF2BD6);

    /** The end of a path. */
    public static final Color LATE = new Color(0xFFEE4A);

    /** Text and marks. */
    public static final Color INK = new Color(0xFFFFFF);

    static final Color GRID = new Color(255, 255, 255, 34);
    static final Color ARENA = new Color(255, 255, 255, 90);
    static final Color FAINT_INK = new Color(0xC9C8E8);

    private Palette() {}

    /** The colour of a mode. */
    public static Color mode(int mode) {
        return new Color(Theme.DARK.mode(mode));
    }

    /** Between the beginning (0) and the end (1) of a path. */
    static Color alongPath(double share) {
        return new Color(
                between(EARLY.getRed(), LATE.getRed(), share),
                between(EARLY.getGreen(), LATE.getGreen(), share),
                between(EARLY.getBlue(), LATE.getBlue(), share));
    }

    private static int between(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }

    static Color seeThrough(Color color, double opacity) {
        return new Color(
                color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(255 * opacity));
    }

    /** Opaque, because see-through strokes would darken where the pieces of a path overlap. */
    static Color mixIntoGround(Color color, double opacity) {
        return new Color(
                between(GROUND.getRed(), color.getRed(), opacity),
                between(GROUND.getGreen(), color.getGreen(), opacity),
                between(GROUND.getBlue(), color.getBlue(), opacity));
    }

    static Font font(float size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont(size);
    }

    /** As CSS writes it, e.g. {@code #1c1b4b}. */
    public static String css(Color color) {
        return String.format("#%06x", color.getRGB() & 0xFFFFFF);
    }
}
