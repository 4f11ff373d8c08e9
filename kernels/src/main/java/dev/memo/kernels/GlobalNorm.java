package dev.memo.kernels;

import java.util.List;

/**
 * The square root of the sum of squares over all entries of all inputs, which are fixed tensors.
 */
public record GlobalNorm() implements Operation {
    @Override
    public String label() {
        return "global norm";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        if (inputs.stream().anyMatch(Shape::batch)) {
            throw Operation.mismatch(label(), inputs, "needs fixed shapes");
        }
        return Shape.SCALAR;
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        double sum = 0;
        for (Matrix x : inputs) {
            for (double entry : x.data()) {
                sum += entry * entry;
            }
        }
        out.set(0, 0, Math.sqrt(sum));
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        return Operation.noSecondDerivative(this);
    }
}
