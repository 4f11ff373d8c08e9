package dev.memo.render.scene;

import dev.memo.render.canvas.Canvas;
import dev.memo.render.canvas.Colors;

/** The choices as numbered squares in their colours; the chosen one is filled. */
final class Chips {
    private static final double GAP = 5;

    private final Canvas canvas;
    private final Theme theme;

    Chips(Canvas canvas, Theme theme) {
        this.canvas = canvas;
        this.theme = theme;
    }

    private static double side(double text) {
        return text * 1.5;
    }

    /** The length of all of them in a row. */
    static double width(Hud hud, double text) {
        return hud.choices().size() * (side(text) + GAP);
    }

    /**
     * Draws some of the choices in a row.
     *
     * @param from the first
     * @param to the one after the last
     */
    void paint(double left, double middleY, double text, Hud hud, int from, int to) {
        double half = side(text) / 2;
        for (int i = from; i < to; i++) {
            double middle = left + (i - from) * (2 * half + GAP) + half;
            int color = theme.mode(i);
            boolean chosen = i == hud.chosen();
            canvas.box(
                    middle,
                    middleY,
                    half,
                    half,
                    0,
                    4,
                    chosen ? color : Colors.withAlpha(color, 0.12),
                    1.5,
                    color);
            String number = Integer.toString(i);
            canvas.text(
                    number,
                    middle - canvas.textWidth(number, text) / 2,
                    middleY + text * 0.36,
                    text,
                    chosen ? 0xFF14162B : theme.ink());
        }
    }
}
