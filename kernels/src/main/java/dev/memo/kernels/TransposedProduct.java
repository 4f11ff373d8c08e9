package dev.memo.kernels;

import java.util.List;

/**
 * The sum over rows of outer products: y = a^T b with a [R][N], b [R][K], y [N][K]; da = b dy^T, db
 * = a dy. The gradient of a weight.
 */
public record TransposedProduct() implements Operation {
    @Override
    public String label() {
        return "transposed product";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Shape a = inputs.getFirst();
        Shape b = inputs.getLast();
        boolean matrices = a.rank() == 2 && b.rank() == 2;
        if (!matrices || a.batch() != b.batch() || a.height() != b.height()) {
            throw Operation.mismatch(label(), inputs, "they must have the same rows");
        }
        return Shape.of(a.width(), b.width());
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        Matrix a = inputs.getFirst();
        Matrix b = inputs.getLast();
        for (int r = 0; r < a.height(); r++) {
            for (int i = 0; i < out.height(); i++) {
                for (int j = 0; j < out.width(); j++) {
                    out.add(i, j, a.at(r, i) * b.at(r, j));
                }
            }
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        Node a = y.inputs().getFirst();
        Node b = y.inputs().getLast();
        return List.of(b.linear(dy), a.product(dy));
    }
}
