package dev.memo.render.scene;

import dev.memo.render.canvas.Canvas;
import dev.memo.render.canvas.Colors;
import java.util.List;

/** The keys and what they do, over everything else. */
final class Help {
    private static final double TEXT = 14;
    private static final double LINE = 22;
    private static final double INSET = 18;
    private static final double GAP = 20;

    private final Canvas canvas;
    private final Theme theme;

    Help(Canvas canvas, Theme theme) {
        this.canvas = canvas;
        this.theme = theme;
    }

    /**
     * Draws the table in the middle, smaller where it would not fit.
     *
     * @param lines of a key and its meaning
     */
    void paint(Panel panel, List<List<String>> lines) {
        double wantedWidth = column(lines, 0, 1) + GAP + column(lines, 1, 1) + 2 * INSET;
        double wantedHeight = lines.size() * LINE + 2 * INSET;
        double scale =
                Math.min(1, Math.min(panel.width() / wantedWidth, panel.height() / wantedHeight));
        double keys = column(lines, 0, scale);
        double width = keys + (GAP + 2 * INSET) * scale + column(lines, 1, scale);
        double height = wantedHeight * scale;
        canvas.box(
                panel.middleX(),
                panel.middleY(),
                width / 2,
                height / 2,
                0,
                8 * scale,
                Colors.withAlpha(theme.ground(), 0.94),
                1.5,
                theme.border());
        double left = panel.middleX() - width / 2 + INSET * scale;
        double y = panel.middleY() - height / 2 + (INSET + LINE * 0.7) * scale;
        for (List<String> line : lines) {
            canvas.text(line.get(0), left, y, TEXT * scale, theme.ink());
            canvas.text(line.get(1), left + keys + GAP * scale, y, TEXT * scale, theme.faintInk());
            y += LINE * scale;
        }
    }

    private double column(List<List<String>> lines, int column, double scale) {
        return lines.stream()
                .mapToDouble(line -> canvas.textWidth(line.get(column), TEXT * scale))
                .max()
                .orElse(0);
    }
}
