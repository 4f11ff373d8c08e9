package dev.memo.kernels;

import java.util.List;

/** y = min(max(x, low), high); no gradient passes outside the limits. */
public record Clamp(double low, double high) implements Operation {
    public Clamp {
        if (!(low < high)) {
            throw new IllegalArgumentException("clamp to [" + low + ", " + high + "]: empty");
        }
    }

    @Override
    public String label() {
        return "clamp";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        return inputs.getFirst();
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        double[] x = inputs.getFirst().data();
        for (int i = 0; i < x.length; i++) {
            out.data()[i] = Math.clamp(x[i], low, high);
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        return List.of(y.derived(new ClampSlope(low, high), dy, y.inputs().getFirst()));
    }
}
