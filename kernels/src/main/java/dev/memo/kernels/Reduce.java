package dev.memo.kernels;

import java.util.List;
import java.util.Locale;

/**
 * Sums or means. Over all entries: any shape to []. Over the columns of each row: [R][N] to [R][1].
 * Over the rows: [R][N] to [N]. Over the rows of each sample: [rows x T][N] to [rows][N]. The
 * gradient is dy, for a mean divided by the count, at every entry.
 */
public record Reduce(Over over, boolean mean) implements Operation {
    /** What is added up. */
    public enum Over {
        /** Everything. */
        ENTRIES,
        /** Each row's entries. */
        COLUMNS,
        /** Each column's entries. */
        ROWS,
        /** Each column's entries in the rows of one sample. */
        GROUPS
    }

    @Override
    public String label() {
        return (mean ? "mean" : "sum") + " over " + over.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Shape x = inputs.getFirst();
        if (over != Over.ENTRIES && x.rank() != 2) {
            throw Operation.mismatch(label(), inputs, "needs rows");
        }
        if (over == Over.GROUPS && !x.batch()) {
            throw Operation.mismatch(label(), inputs, "needs [rows x T][N]");
        }
        return switch (over) {
            case ENTRIES -> Shape.SCALAR;
            case COLUMNS -> new Shape(2, x.batch(), x.height(), 1);
            case ROWS -> Shape.of(x.width());
            case GROUPS -> Shape.rows(x.width());
        };
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        Matrix x = inputs.getFirst();
        double share = mean ? (double) out.data().length / x.data().length : 1;
        int tall = x.height() / out.height();
        int wide = x.width() / out.width();
        for (int i = 0; i < x.height(); i++) {
            for (int j = 0; j < x.width(); j++) {
                out.add(i / tall, j / wide, share * x.at(i, j));
            }
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        Shape x = y.inputs().getFirst().shape();
        return List.of(y.derived(new Spread(x, over, mean), dy));
    }
}
