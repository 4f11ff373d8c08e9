package dev.memo.kernels;

import java.util.List;

/** Columns put at an offset into rows of zeros of a larger width; dx is that slice of dy. */
public record Place(int offset, int width) implements Operation {
    @Override
    public String label() {
        return "place";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Shape x = inputs.getFirst();
        if (x.rank() != 2 || offset < 0 || offset + x.width() > width) {
            throw Operation.mismatch(label(), inputs, "does not fit a width of " + width);
        }
        return new Shape(2, x.batch(), x.height(), width);
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        Matrix x = inputs.getFirst();
        for (int i = 0; i < x.height(); i++) {
            for (int j = 0; j < x.width(); j++) {
                out.set(i, offset + j, x.at(i, j));
            }
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        return List.of(dy.slice(offset, offset + y.inputs().getFirst().shape().width()));
    }
}
