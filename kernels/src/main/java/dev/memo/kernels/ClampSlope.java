package dev.memo.kernels;

import java.util.List;

/** dx = dy where low &lt;= x &lt;= high, else 0. */
public record ClampSlope(double low, double high) implements Operation {
    @Override
    public String label() {
        return "slope of clamp";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        return inputs.getLast();
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        double[] dy = inputs.getFirst().data();
        double[] x = inputs.getLast().data();
        for (int i = 0; i < x.length; i++) {
            out.data()[i] = low <= x[i] && x[i] <= high ? dy[i] : 0;
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        return Operation.noSecondDerivative(this);
    }
}
