package dev.memo.kernels;

import java.util.List;

/**
 * Each row as probabilities: y[r][c] = exp(x[r][c]) / sum over c of exp(x[r][c]), with the row's
 * largest entry subtracted first; dx = y (dy - sum over c of dy y).
 */
public record Softmax() implements Operation {
    @Override
    public String label() {
        return "softmax";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        if (inputs.getFirst().rank() != 2) {
            throw Operation.mismatch(label(), inputs, "needs rows");
        }
        return inputs.getFirst();
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        Matrix x = inputs.getFirst();
        for (int i = 0; i < x.height(); i++) {
            double max = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < x.width(); j++) {
                max = Math.max(max, x.at(i, j));
            }
            double sum = 0;
            for (int j = 0; j < x.width(); j++) {
                sum += Math.exp(x.at(i, j) - max);
            }
            for (int j = 0; j < x.width(); j++) {
                out.set(i, j, Math.exp(x.at(i, j) - max) / sum);
            }
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        Node weighted = dy.times(y);
        return List.of(weighted.minus(y.times(weighted.rowSum())));
    }
}
