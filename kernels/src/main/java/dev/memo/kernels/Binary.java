package dev.memo.kernels;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * y = a op b, entry by entry. One of the two may be smaller and then stands for all entries: a
 * scalar for everything, a [width] for every row, a [rows][1] for every column. Its gradient is the
 * sum over what it stood for.
 */
public enum Binary implements Operation {
    /** y = a + b; da = dy, db = dy. */
    PLUS {
        @Override
        public double of(double a, double b) {
            return a + b;
        }

        @Override
        List<Node> slopes(Node a, Node b, Node y, Node dy) {
            return List.of(dy, dy);
        }
    },
    /** y = a - b; da = dy, db = -dy. */
    MINUS {
        @Override
        public double of(double a, double b) {
            return a - b;
        }

        @Override
        List<Node> slopes(Node a, Node b, Node y, Node dy) {
            return List.of(dy, dy.negate());
        }
    },
    /** y = a b; da = dy b, db = dy a. */
    TIMES {
        @Override
        public double of(double a, double b) {
            return a * b;
        }

        @Override
        List<Node> slopes(Node a, Node b, Node y, Node dy) {
            return List.of(dy.times(b), dy.times(a));
        }
    },
    /** y = a / b; da = dy / b, db = -dy y / b. */
    OVER {
        @Override
        public double of(double a, double b) {
            return a / b;
        }

        @Override
        List<Node> slopes(Node a, Node b, Node y, Node dy) {
            Node da = dy.over(b);
            return List.of(da, da.times(y).negate());
        }
    },
    /** y = min(a, b); dy goes to the smaller one, to a where they are equal. */
    MIN {
        @Override
        public double of(double a, double b) {
            return Math.min(a, b);
        }

        @Override
        List<Node> slopes(Node a, Node b, Node y, Node dy) {
            Node da = dy.times(a.atMost(b));
            return List.of(da, dy.minus(da));
        }
    },
    /** y = max(a, b); dy goes to the larger one, to a where they are equal. */
    MAX {
        @Override
        public double of(double a, double b) {
            return Math.max(a, b);
        }

        @Override
        List<Node> slopes(Node a, Node b, Node y, Node dy) {
            Node da = dy.times(b.atMost(a));
            return List.of(da, dy.minus(da));
        }
    },
    /** y = 1 where a &lt;= b, else 0; no gradient. */
    AT_MOST {
        @Override
        public double of(double a, double b) {
            return a <= b ? 1 : 0;
        }

        @Override
        List<Node> slopes(Node a, Node b, Node y, Node dy) {
            return Collections.nCopies(2, null);
        }
    };

    /** The operation, plainly. */
    public abstract double of(double a, double b);

    /** The derivatives by a and b, of the result's shape; null where no gradient passes. */
    abstract List<Node> slopes(Node a, Node b, Node y, Node dy);

    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Shape a = inputs.getFirst();
        Shape b = inputs.getLast();
        if (a.equals(b) || spreads(b, a)) {
            return a;
        }
        if (spreads(a, b)) {
            return b;
        }
        throw Operation.mismatch(
                label(),
                inputs,
                "they must be equal, or one a scalar, a [width] or a [rows][1] of the other");
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        for (int i = 0; i < out.height(); i++) {
            for (int j = 0; j < out.width(); j++) {
                out.set(i, j, of(inputs.getFirst().spread(i, j), inputs.getLast().spread(i, j)));
            }
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        Node a = y.inputs().getFirst();
        Node b = y.inputs().getLast();
        List<Node> slopes = slopes(a, b, y, dy);
        return Arrays.asList(
                summedTo(a.shape(), slopes.getFirst()), summedTo(b.shape(), slopes.getLast()));
    }

    private static boolean spreads(Shape small, Shape large) {
        if (small.rank() == 0) {
            return true;
        }
        if (large.rank() != 2) {
            return false;
        }
        boolean everyRow = small.rank() == 1 && small.width() == large.width();
        boolean everyColumn =
                small.rank() == 2
                        && small.width() == 1
                        && small.batch() == large.batch()
                        && small.height() == large.height();
        return everyRow || everyColumn;
    }

    private static Node summedTo(Shape shape, Node slope) {
        if (slope == null || shape.equals(slope.shape())) {
            return slope;
        }
        return switch (shape.rank()) {
            case 0 -> slope.sum();
            case 1 -> slope.columnSum();
            default -> slope.rowSum();
        };
    }
}
