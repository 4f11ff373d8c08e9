package dev.memo.kernels;

import java.util.Collections;
import java.util.List;

/**
 * Indices as rows of zeros with a one: [R][1] of 0 .. size - 1 to [R][size]. What is no index gives
 * a row of zeros.
 */
public record OneHot(int size) implements Operation {
    @Override
    public String label() {
        return "one hot";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Shape x = inputs.getFirst();
        if (x.rank() != 2 || x.width() != 1) {
            throw Operation.mismatch(label(), inputs, "needs indices [rows][1]");
        }
        return new Shape(2, x.batch(), x.height(), size);
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        Matrix x = inputs.getFirst();
        for (int i = 0; i < out.height(); i++) {
            for (int j = 0; j < size; j++) {
                out.set(i, j, x.at(i, 0) == j ? 1 : 0);
            }
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        return Collections.singletonList(null);
    }
}
