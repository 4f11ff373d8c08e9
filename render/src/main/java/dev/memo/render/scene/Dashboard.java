package dev.memo.render.scene;

import dev.memo.render.canvas.Canvas;
import dev.memo.render.canvas.Colors;
import dev.memo.sim.recording.Recording;
import dev.memo.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/** The column beside one world: who acts, numbers, and what steers as bars. */
final class Dashboard {
    private static final double INSET = 14;
    private static final double TEXT = 13;
    private static final double LINE = 20;
    private static final double BAR = 10;

    /** The widest of texts over numbers, and the narrowest column that holds them. */
    private static final double NARROW = 190;

    private static final double WIDE = 250;
    private static final double WIDE_FROM = 900;

    private final Canvas canvas;
    private final Theme theme;
    private double y;

    Dashboard(Canvas canvas, Theme theme) {
        this.canvas = canvas;
        this.theme = theme;
    }

    /** What it takes of a picture: nothing of one that has no room for world and numbers. */
    static double width(Panel all) {
        if (all.width() < 2 * NARROW) {
            return 0;
        }
        return all.width() >= WIDE_FROM ? WIDE : NARROW;
    }

    /** Draws it from the top; what has no room above the last line is left out. */
    void paint(Panel panel, Scenario scenario, Shot shot, Hud hud) {
        double left = panel.left() + INSET;
        double right = panel.right() - INSET;
        double foot = panel.bottom() - (hud.state().isEmpty() && hud.hint().isEmpty() ? 0 : 56);
        y = panel.top() + 30;
        canvas.clip(panel.left(), panel.top(), panel.width(), panel.height());
        canvas.rectangle(panel.left(), panel.top(), panel.width(), panel.height(), theme.ground());
        canvas.text(Texts.fitted(canvas, hud.title(), 17, right - left), left, y, 17, theme.ink());
        y += 26;
        if (shot.mode() != Shot.NO_MODE) {
            canvas.rectangle(left, y - 10, 11, 11, theme.mode(shot.mode()));
        }
        double indent = shot.mode() == Shot.NO_MODE ? 0 : 18;
        canvas.text(shot.label(), left + indent, y, 15, theme.ink());
        y += 12;
        if (!hud.choices().isEmpty()) {
            for (int from = 0, row = perRow(right - left);
                    from < hud.choices().size();
                    from += row) {
                y += 14;
                chips(left, from, Math.min(hud.choices().size(), from + row), hud);
                y += 14;
            }
        }
        y += 20;
        numbers(left, right, shot, scenario);
        shot.last().ifPresent(step -> bars(left, right, foot, step));
        canvas.text(hud.state(), left, panel.bottom() - 34, 15, theme.ink());
        canvas.text(hud.hint(), left, panel.bottom() - 14, TEXT, theme.faintInk());
        canvas.clipNothing();
    }

    private static int perRow(double width) {
        return Math.max(1, (int) (width / 27));
    }

    private void chips(double left, int from, int to, Hud hud) {
        new Chips(canvas, theme).paint(left, y, 14, hud, from, to);
    }

    private void numbers(double left, double right, Shot shot, Scenario scenario) {
        number(left, right, "return", Texts.number(shot.episodeReturn(), 2), false);
        number(left, right, "cost", Texts.number(shot.episodeCost(), 0), shot.costs());
        number(left, right, "goals", Integer.toString(shot.goals()), false);
        number(
                left,
                right,
                "time",
                "%.1f of %.0f s"
                        .formatted(
                                shot.step() * Scenario.STEP_SECONDS,
                                scenario.episodeSteps() * Scenario.STEP_SECONDS),
                false);
    }

    private void number(double left, double right, String name, String value, boolean alarm) {
        canvas.text(name, left, y, TEXT, theme.faintInk());
        double width = canvas.textWidth(value, 16);
        canvas.text(value, right - width, y, 16, alarm ? theme.cost() : theme.ink());
        y += LINE + 2;
    }

    /** What the policy was given, what the encoder makes of what it does, and what it did. */
    private void bars(double left, double right, double foot, Recording.Step step) {
        group("context", left, right, foot, named(step.context()), step.context(), true);
        group(
                "distance to codes",
                left,
                right,
                foot,
                named(step.distances()),
                step.distances(),
                true);
        group("action", left, right, foot, List.of("thrust", "turn"), step.action(), false);
    }

    private static List<String> named(float[] numbers) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            names.add(Integer.toString(i));
        }
        return names;
    }

    /**
     * A bar for each number.
     *
     * @param modes whether bars have the colours of modes and begin on the left, scaled to the
     *     largest; else they begin in the middle and end at -1 and 1
     */
    private void group(
            String title,
            double left,
            double right,
            double foot,
            List<String> names,
            float[] values,
            boolean modes) {
        double height = 26 + values.length * (BAR + 5);
        if (values.length == 0 || y + height > foot || Float.isNaN(values[0])) {
            return;
        }
        y += 10;
        canvas.text(title, left, y, TEXT, theme.faintInk());
        y += 8;
        double most = modes ? largest(values) : 1;
        double from = left + (modes ? 18 : 46);
        double width = right - from;
        for (int i = 0; i < values.length; i++) {
            canvas.text(names.get(i), left, y + BAR, 12, theme.ink());
            canvas.rectangle(from, y, width, BAR, theme.grid());
            double value = Math.clamp(values[i] / most, -1, 1);
            if (modes) {
                canvas.rectangle(from, y, Math.max(0, value) * width, BAR, theme.mode(i));
            } else {
                double length = Math.abs(value) * width / 2;
                double begin = from + width / 2 - (value < 0 ? length : 0);
                canvas.rectangle(begin, y, length, BAR, theme.ink());
                canvas.rectangle(
                        from + width / 2 - 0.5, y, 1, BAR, Colors.withAlpha(theme.ink(), 0.5));
            }
            y += BAR + 5;
        }
        y += 8;
    }

    private static double largest(float[] values) {
        double largest = 1e-9;
        for (float value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }
}
