package dev.memo.render.scene;

import java.util.ArrayList;
import java.util.List;

/**
 * A rectangle of the canvas, in points.
 *
 * @param left its left edge
 * @param top its upper edge
 * @param width to the right
 * @param height downwards
 */
record Panel(double left, double top, double width, double height) {
    double middleX() {
        return left + width / 2;
    }

    double middleY() {
        return top + height / 2;
    }

    double right() {
        return left + width;
    }

    double bottom() {
        return top + height;
    }

    /** The lesser side. */
    double least() {
        return Math.min(width, height);
    }

    /** So much smaller on all sides. */
    Panel inset(double by) {
        return new Panel(left + by, top + by, width - 2 * by, height - 2 * by);
    }

    /** Without so much at its upper edge. */
    Panel below(double height) {
        return new Panel(left, top + height, width, this.height - height);
    }

    /** Equal panels that fill this one row by row, as near to squares as that goes. */
    List<Panel> cells(int count, double gap) {
        int columns = 1;
        double most = 0;
        for (int tried = 1; tried <= count; tried++) {
            double least = Math.min(side(width, tried, gap), side(height, rows(count, tried), gap));
            if (least > most) {
                most = least;
                columns = tried;
            }
        }
        double cellWidth = side(width, columns, gap);
        double cellHeight = side(height, rows(count, columns), gap);
        List<Panel> cells = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double x = left + i % columns * (cellWidth + gap);
            double y = top + i / columns * (cellHeight + gap);
            cells.add(new Panel(x, y, cellWidth, cellHeight));
        }
        return cells;
    }

    private static int rows(int count, int columns) {
        return Math.ceilDiv(count, columns);
    }

    /** Of each of so many in a row. */
    private static double side(double all, int count, double gap) {
        return (all - (count - 1) * gap) / count;
    }
}
