package dev.memo.kernels;

import java.util.List;

/**
 * The same numbers with another number of rows per sample: [rows x S][W] to [rows x T][S W / T],
 * the rows of a sample read one after the other. Nothing moves; dx is dy regrouped back.
 *
 * @param perSample T
 */
public record Regroup(int perSample) implements Operation {
    @Override
    public String label() {
        return "regroup to " + perSample;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Shape x = inputs.getFirst();
        int entries = x.height() * x.width();
        if (!x.batch() || perSample < 1 || entries % perSample != 0) {
            throw Operation.mismatch(
                    label(), inputs, "needs [rows], their entries a multiple of " + perSample);
        }
        return Shape.rows(perSample, entries / perSample);
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        System.arraycopy(inputs.getFirst().data(), 0, out.data(), 0, out.data().length);
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        int before = y.inputs().getFirst().shape().height();
        return List.of(y.derived(new Regroup(before), dy));
    }
}
