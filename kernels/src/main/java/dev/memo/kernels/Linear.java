package dev.memo.kernels;

import java.util.ArrayList;
import java.util.List;

/**
 * A linear layer with its activation f, weights as PyTorch's nn.Linear has them: y = f(x W^T + b)
 * with x [R][K], W [N][K], b [N] or none, y [R][N].
 *
 * <p>With dh = dy f'(y): dx = dh W, dW = dh^T x, db = sum of dh over rows.
 */
public record Linear(Activation activation) implements Operation {
    @Override
    public String label() {
        return "linear";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Shape x = inputs.get(0);
        Shape weight = inputs.get(1);
        boolean matrices = x.rank() == 2 && weight.rank() == 2 && !weight.batch();
        if (!matrices || x.width() != weight.width()) {
            throw Operation.mismatch(label(), inputs, "input [rows][K] needs a weight [N][K]");
        }
        if (inputs.size() == 3 && !inputs.get(2).equals(Shape.of(weight.height()))) {
            throw Operation.mismatch(label(), inputs, "weight [N][K] needs a bias [N]");
        }
        return new Shape(2, x.batch(), x.height(), weight.height());
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        Matrix x = inputs.get(0);
        Matrix weight = inputs.get(1);
        for (int i = 0; i < out.height(); i++) {
            for (int j = 0; j < out.width(); j++) {
                double sum = inputs.size() == 3 ? inputs.get(2).at(0, j) : 0;
                for (int k = 0; k < x.width(); k++) {
                    sum += x.at(i, k) * weight.at(j, k);
                }
                double h = sum;
                out.set(i, j, activation.function().map(f -> f.of(h)).orElse(h));
            }
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        Node x = y.inputs().get(0);
        Node weight = y.inputs().get(1);
        Node dh = activation.function().map(f -> y.derived(new FunctionSlope(f), dy, y)).orElse(dy);
        List<Node> gradients = new ArrayList<>();
        gradients.add(dh.product(weight));
        gradients.add(dh.transposedProduct(x));
        if (y.inputs().size() == 3) {
            gradients.add(dh.columnSum());
        }
        return gradients;
    }
}
