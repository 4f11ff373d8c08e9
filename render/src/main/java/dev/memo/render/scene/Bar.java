package dev.memo.render.scene;

import dev.memo.render.canvas.Canvas;
import java.util.List;

/** The line above many worlds: what they are, who is chosen, how they do. */
final class Bar {
    /** Its height in points. */
    static final double HEIGHT = 30;

    private static final double TEXT = 14;
    private static final double GAP = 16;

    private final Canvas canvas;
    private final Theme theme;

    Bar(Canvas canvas, Theme theme) {
        this.canvas = canvas;
        this.theme = theme;
    }

    /** Draws it; what has no room on the right is left out, the last first. */
    void paint(Panel panel, List<Shot> shots, Hud hud) {
        canvas.rectangle(panel.left(), panel.top(), panel.width(), panel.height(), theme.ground());
        double baseline = panel.top() + panel.height() / 2 + TEXT * 0.36;
        double at = panel.left() + GAP / 2;
        String title = Texts.fitted(canvas, hud.title(), TEXT, panel.width() / 3);
        canvas.text(title, at, baseline, TEXT, theme.ink());
        at += canvas.textWidth(title, TEXT) + GAP;
        double right = panel.right() - GAP / 2;
        for (String text : List.of(hud.hint(), hud.state())) {
            double width = canvas.textWidth(text, TEXT);
            if (!text.isEmpty() && right - width > at) {
                canvas.text(text, right - width, baseline, TEXT, theme.faintInk());
                right -= width + GAP;
            }
        }
        double chips = Chips.width(hud, TEXT);
        if (!hud.choices().isEmpty() && at + chips < right) {
            new Chips(canvas, theme).paint(at, panel.middleY(), TEXT, hud, 0, hud.choices().size());
            at += chips + GAP;
        }
        boolean alike = shots.stream().allMatch(shot -> shot.mode() == shots.getFirst().mode());
        String means = alike ? means(shots) : "";
        if (at + canvas.textWidth(means, TEXT) < right) {
            canvas.text(means, at, baseline, TEXT, theme.faintInk());
        }
    }

    /** Of worlds in which the same mode acts; over different ones a mean says nothing. */
    private static String means(List<Shot> shots) {
        double earned = shots.stream().mapToDouble(Shot::episodeReturn).average().orElseThrow();
        double cost = shots.stream().mapToDouble(Shot::episodeCost).average().orElseThrow();
        return "mean return %s, cost %s".formatted(Texts.number(earned, 2), Texts.number(cost, 1));
    }
}
