package dev.memo.kernels;

import java.util.List;

/** y = scale x + offset with fixed numbers; dx = scale dy. */
public record Affine(double scale, double offset) implements Operation {
    @Override
    public String label() {
        return "affine";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        return inputs.getFirst();
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        double[] x = inputs.getFirst().data();
        for (int i = 0; i < x.length; i++) {
            out.data()[i] = scale * x[i] + offset;
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        return List.of(dy.times(scale));
    }
}
