package dev.memo.kernels;

import java.util.List;

/** Columns from (inclusive) to (exclusive); dx is dy in place and 0 elsewhere. */
public record Slice(int from, int to) implements Operation {
    @Override
    public String label() {
        return "slice " + from + " .. " + to;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Shape x = inputs.getFirst();
        if (x.rank() != 2 || from < 0 || to > x.width() || from >= to) {
            throw Operation.mismatch(label(), inputs, "needs rows that have these columns");
        }
        return new Shape(2, x.batch(), x.height(), to - from);
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        for (int i = 0; i < out.height(); i++) {
            for (int j = from; j < to; j++) {
                out.set(i, j - from, inputs.getFirst().at(i, j));
            }
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        return List.of(y.derived(new Place(from, y.inputs().getFirst().shape().width()), dy));
    }
}
