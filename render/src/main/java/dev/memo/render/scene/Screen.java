package dev.memo.render.scene;

import dev.memo.render.canvas.Canvas;
import dev.memo.sim.env.SceneLidar;
import dev.memo.sim.scenario.Scenario;
import java.util.List;
import java.util.Optional;

/** Lays out a whole picture: worlds, and what stands beside them. */
public final class Screen {
    /** Between panels, in points. */
    private static final double GAP = 4;

    /** Worlds below this side, in points, have no label. */
    private static final double LEAST_FOR_LABEL = 110;

    /** Labels of panels below this width are short. */
    private static final double NARROW = 220;

    private static final double INSET = 6;

    /** More worlds than these leave no room between panels. */
    private static final int MOST_WITH_GAP = 400;

    private final Scenario scenario;
    private final SceneLidar lidar;
    private final Theme theme;
    private final Optional<Field> fixed;

    /** Pictures of worlds of one scenario. */
    public Screen(Scenario scenario, Theme theme) {
        this(scenario, theme, Optional.empty());
    }

    /**
     * Pictures of worlds of one scenario, in each of which standing cameras see the same: what does
     * not move on a picture costs a film nothing.
     *
     * @param film all shots that will be shown, at least one
     */
    public Screen(Scenario scenario, Theme theme, List<Shot> film) {
        this(scenario, theme, Optional.of(Field.arenaAndPaths(film)));
    }

    private Screen(Scenario scenario, Theme theme, Optional<Field> fixed) {
        this.scenario = scenario;
        this.theme = theme;
        this.fixed = fixed;
        lidar = new SceneLidar(scenario);
    }

    /**
     * Draws the picture.
     *
     * @param view what it shows
     * @param follow whether cameras of many worlds stay with their robots
     * @param shots the worlds, at least one; a view of one world shows the first
     * @param share of the step that has passed, 0 to 1
     * @param hud what stands beside them; empty for the worlds alone
     */
    public void paint(
            Canvas canvas,
            View view,
            boolean follow,
            List<Shot> shots,
            double share,
            Optional<Hud> hud) {
        canvas.clipNothing();
        Panel all = new Panel(0, 0, canvas.width(), canvas.height());
        canvas.clear(theme.floor());
        WorldPainter worlds = new WorldPainter(canvas, theme, scenario, lidar);
        if (view.single()) {
            Shot shot = shots.getFirst();
            double side = hud.isPresent() ? Dashboard.width(all) : 0;
            Panel panel = new Panel(0, 0, all.width() - side, all.height());
            worlds.paint(panel, shot, share, field(view, view == View.FOLLOW, List.of(shot)));
            hud.filter(_ -> side > 0)
                    .ifPresent(
                            shown ->
                                    new Dashboard(canvas, theme)
                                            .paint(
                                                    new Panel(panel.right(), 0, side, all.height()),
                                                    scenario,
                                                    shot,
                                                    shown));
        } else {
            double bar = hud.isPresent() ? Bar.HEIGHT : 0;
            Panel panel = new Panel(0, bar, all.width(), all.height() - bar);
            hud.ifPresent(
                    shown ->
                            new Bar(canvas, theme)
                                    .paint(new Panel(0, 0, all.width(), bar), shots, shown));
            boolean tight = shots.size() > MOST_WITH_GAP;
            double gap = tight ? 0 : GAP;
            List<Panel> cells = panel.inset(gap).cells(shots.size(), gap);
            frame(canvas, panel, cells);
            boolean labelled = hud.isPresent() && cells.getFirst().least() >= LEAST_FOR_LABEL;
            Optional<Field> alike = field(view, follow, shots);
            for (int i = 0; i < shots.size(); i++) {
                double above = labelled ? label(canvas, cells.get(i), shots.get(i), view) : 0;
                Shot shot = shots.get(i);
                Optional<Field> field =
                        view == View.MOSAIC ? field(view, follow, List.of(shot)) : alike;
                worlds.paint(cells.get(i).below(above), shot, share, field);
            }
        }
        hud.filter(shown -> !shown.help().isEmpty())
                .ifPresent(shown -> new Help(canvas, theme).paint(all, shown.help()));
    }

    /** What standing cameras see: worlds that are compared are seen alike. */
    private Optional<Field> field(View view, boolean follow, List<Shot> shots) {
        if (follow || fixed.isPresent()) {
            return follow ? Optional.empty() : fixed;
        }
        boolean many = view == View.MOSAIC;
        return Optional.of(many ? Field.arena(shots.getFirst()) : Field.arenaAndPaths(shots));
    }

    /** The ground around and between cells: far less to fill than the ground under them. */
    private void frame(Canvas canvas, Panel panel, List<Panel> cells) {
        Panel first = cells.getFirst();
        double x = panel.left();
        double y = panel.top();
        for (Panel cell : cells) {
            if (cell.top() == first.top()) {
                fill(canvas, x, panel.top(), cell.left(), panel.bottom());
                x = cell.right();
            }
            if (cell.left() == first.left()) {
                fill(canvas, panel.left(), y, panel.right(), cell.top());
                y = cell.bottom();
            }
        }
        fill(canvas, x, panel.top(), panel.right(), panel.bottom());
        fill(canvas, panel.left(), y, panel.right(), panel.bottom());
        Panel last = cells.getLast();
        fill(canvas, last.right(), last.top(), panel.right(), last.bottom());
    }

    private void fill(Canvas canvas, double left, double top, double right, double bottom) {
        if (right > left && bottom > top) {
            canvas.rectangle(left, top, right - left, bottom - top, theme.ground());
        }
    }

    /**
     * Who acts, where that differs, and what the episode has earned so far.
     *
     * @return how high the label is
     */
    private double label(Canvas canvas, Panel panel, Shot shot, View view) {
        boolean narrow = panel.width() < NARROW;
        double size = narrow ? 11 : 14;
        double height = size * 1.6;
        double baseline = panel.top() + height - size * 0.5;
        double at = panel.left() + INSET;
        canvas.clip(panel.left(), panel.top(), panel.width(), height);
        canvas.rectangle(panel.left(), panel.top(), panel.width(), height, theme.grid());
        if (view == View.MODES) {
            if (shot.mode() != Shot.NO_MODE) {
                double side = size * 0.75;
                canvas.rectangle(at, baseline - side, side, side, theme.mode(shot.mode()));
                at += size;
            }
            canvas.text(shot.label(), at, baseline, size, theme.ink());
            at += canvas.textWidth(shot.label(), size) + INSET;
        }
        String numbers =
                Texts.number(shot.episodeReturn(), 1)
                        + (narrow ? " / " : ", cost ")
                        + Texts.number(shot.episodeCost(), 0);
        double left = panel.right() - INSET - canvas.textWidth(numbers, size);
        if (left >= at) {
            canvas.text(numbers, left, baseline, size, theme.faintInk());
        }
        canvas.clipNothing();
        return height;
    }
}
