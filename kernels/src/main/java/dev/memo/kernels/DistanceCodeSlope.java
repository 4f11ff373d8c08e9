package dev.memo.kernels;

import java.util.List;

/** de[c][d] = -2 times the sum over r of dy[r][c] (x[r][d] - e[c][d]); inputs dy, x, e. */
public record DistanceCodeSlope() implements Operation {
    @Override
    public String label() {
        return "slope of squared distances by code";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        return inputs.get(2);
    }

    @Override
    public void evaluate(List<Matrix> inputs, Matrix out) {
        Matrix dy = inputs.get(0);
        Matrix x = inputs.get(1);
        Matrix codes = inputs.get(2);
        for (int r = 0; r < dy.height(); r++) {
            for (int c = 0; c < dy.width(); c++) {
                for (int d = 0; d < x.width(); d++) {
                    out.add(c, d, -2 * dy.at(r, c) * (x.at(r, d) - codes.at(c, d)));
                }
            }
        }
    }

    @Override
    public List<Node> gradients(Node y, Node dy) {
        return Operation.noSecondDerivative(this);
    }
}
