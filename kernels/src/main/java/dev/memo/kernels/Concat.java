package dev.memo.kernels;

import java.util.ArrayList;
import java.util.List;

/** Columns side by side: [R][A], [R][B], .. to [R][A + B + ..]; gradients are slices of dy. */
public record Concat() implements Operation {
    @Override
    public String label() {
        return "concat";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Shape first = inputs.getFirst();
        int width = 0;
        for (Shape shape : inputs) {
            boolean sameRows =
                    shape.rank() == 2
                            && shape.batch() == first.batch()
                            && shape.height() == first.height();
            if (!sameRows) {
                throw Operation.mismatch(label(), inputs, "they must have the same rows");
            }
            width += shape.width();
        }
        return new Shape(2, first.batch(), first.height(), width);
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        int offset = 0;
        for (Matrix x : inputs) {
            for (int i = 0; i < out.height(); i++) {
                for (int j = 0; j < x.width(); j++) {
                    out.set(i, offset + j, x.at(i, j));
                }
            }
            offset += x.width();
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        List<Node> gradients = new ArrayList<>();
        int offset = 0;
        for (Node x : y.inputs()) {
            gradients.add(dy.slice(offset, offset + x.shape().width()));
            offset += x.shape().width();
        }
        return gradients;
    }
}
