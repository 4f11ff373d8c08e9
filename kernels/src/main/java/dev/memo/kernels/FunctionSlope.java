package dev.memo.kernels;

import java.util.List;

/** dx = dy f'(p), where p is the result or the argument of f as {@link Function} says. */
public record FunctionSlope(Function function) implements Operation {
    @Override
    public String label() {
        return "slope of " + function.label();
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        return inputs.getLast();
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        double[] dy = inputs.getFirst().data();
        double[] point = inputs.getLast().data();
        for (int i = 0; i < point.length; i++) {
            out.data()[i] = dy[i] * function.slope(point[i]);
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        return Operation.noSecondDerivative(this);
    }
}
