package dev.memo.kernels;

import java.util.Collections;
import java.util.List;

/** y = x; no gradient passes. */
public record StopGradient() implements Operation {
    @Override
    public String label() {
        return "stop gradient";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        return inputs.getFirst();
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        System.arraycopy(inputs.getFirst().data(), 0, out.data(), 0, out.data().length);
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        return Collections.singletonList(null);
    }
}
