package dev.memo.kernels;

import java.util.Collections;
import java.util.List;

/** The column of each row's smallest entry, the lowest of equal ones: [R][C] to [R][1]. */
public record ArgMin() implements Operation {
    @Override
    public String label() {
        return "arg min";
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
            int best = 0;
            for (int j = 1; j < x.width(); j++) {
                best = x.at(i, j) < x.at(i, best) ? j : best;
            }
            out.set(i, 0, best);
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        return Collections.singletonList(null);
    }
}
