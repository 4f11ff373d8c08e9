package dev.memo.kernels;

import java.util.List;

/**
 * Each row's largest entry: [R][C] to [R][1]. dx is dy, shared evenly by the entries that are the
 * largest, as PyTorch's amax has it.
 */
public record RowMax() implements Operation {
    @Override
    public String label() {
        return "row max";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Shape x = inputs.getFirst();
        if (x.rank() != 2) {
            throw Operation.mismatch(label(), inputs, "needs rows");
        }
        return new Shape(2, x.batch(), x.height(), 1);
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        Matrix x = inputs.getFirst();
        for (int i = 0; i < x.height(); i++) {
            double max = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < x.width(); j++) {
                max = Math.max(max, x.at(i, j));
            }
            out.set(i, 0, max);
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        Node largest = y.atMost(y.inputs().getFirst());
        return List.of(largest.times(dy.over(largest.rowSum())));
    }
}
