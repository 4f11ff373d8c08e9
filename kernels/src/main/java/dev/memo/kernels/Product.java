package dev.memo.kernels;

import java.util.List;

/** The matrix product y = x M with x [R][K], M [K][N], y [R][N]; dx = dy M^T, dM = x^T dy. */
public record Product() implements Operation {
    @Override
    public String label() {
        return "product";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Shape x = inputs.getFirst();
        Shape matrix = inputs.getLast();
        boolean matrices = x.rank() == 2 && matrix.rank() == 2 && !matrix.batch();
        if (!matrices || x.width() != matrix.height()) {
            throw Operation.mismatch(label(), inputs, "[rows][K] needs a matrix [K][N]");
        }
        return new Shape(2, x.batch(), x.height(), matrix.width());
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        Matrix x = inputs.getFirst();
        Matrix matrix = inputs.getLast();
        for (int i = 0; i < out.height(); i++) {
            for (int k = 0; k < x.width(); k++) {
                for (int j = 0; j < out.width(); j++) {
                    out.add(i, j, x.at(i, k) * matrix.at(k, j));
                }
            }
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        Node x = y.inputs().getFirst();
        Node matrix = y.inputs().getLast();
        return List.of(dy.linear(matrix), x.transposedProduct(dy));
    }
}
