package dev.memo.kernels;

import java.util.List;

/**
 * The transpose of {@link Reduce}: every entry of the result is the entry of x that it would be
 * added to, for a mean divided by the count.
 *
 * @param shape of the result
 */
public record Spread(Shape shape, Reduce.Over over, boolean mean) implements Operation {
    @Override
    public String label() {
        return "spread";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        if (!new Reduce(over, mean).shape(List.of(shape)).equals(inputs.getFirst())) {
            throw Operation.mismatch(label(), inputs, "does not spread to " + shape);
        }
        return shape;
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        Matrix x = inputs.getFirst();
        double share = mean ? (double) x.data().length / out.data().length : 1;
        int tall = out.height() / x.height();
        int wide = out.width() / x.width();
        for (int i = 0; i < out.height(); i++) {
            for (int j = 0; j < out.width(); j++) {
                out.set(i, j, share * x.at(i / tall, j / wide));
            }
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        return List.of(y.derived(new Reduce(over, mean), dy));
    }
}
